import type { DocumentKind, MoveCommand } from "~/modules/deals/schemas";
import * as texts from "./demo-deal-texts";

export type Who = "broker" | "enterprise" | "institute" | "registrar";
export type Sign = { wish?: boolean };
export type Milestone = { label: string; inDays: number; amount?: string };

/** One deal of the demo and what happened to it, oldest first; days count back from today. */
export type DemoDeal = {
  key: string;
  terms: texts.DemoTerms;
  /** where it came from; "talks" takes the demo's meeting or accepted introduction when there is one */
  origin: "talks" | "fair" | "phone" | "other";
  openedDaysAgo: number;
  next: string;
  nextInDays: number;
  life: (deal: Life) => Promise<void>;
};
/** Steps of one deal, each taken once however often the demo is seeded. */
export type Life = {
  terms: (daysAgo: number, over?: Record<string, unknown>) => Promise<void>;
  paper: (who: Who, daysAgo: number, kind: DocumentKind, title: string) => Promise<void>;
  move: (who: Who, daysAgo: number, command: MoveCommand, form?: Record<string, string>) => Promise<void>;
  draft: (daysAgo: number) => Promise<void>;
  sign: (daysAgo: number, how?: Sign) => Promise<void>;
  file: (daysAgo: number) => Promise<void>;
  register: (daysAgo: number, number: string) => Promise<void>;
  milestones: (daysAgo: number, rows: Milestone[]) => Promise<void>;
  /** the first payment comes in so many days, then one a year */
  royalties: (daysAgo: number, inDays: number, times: number) => Promise<void>;
  reached: (daysAgo: number, number: number) => Promise<void>;
  accept: (who: "enterprise" | "institute", daysAgo: number) => Promise<void>;
  end: (kind: "pause" | "lose" | "terminate", daysAgo: number, reasonCode: string, note: string) => Promise<void>;
};

/** One deal at each stage. */
export const DEALS: DemoDeal[] = [
  {
    key: "negotiation",
    terms: texts.MINE_WATER,
    origin: "talks",
    openedDaysAgo: 0,
    next: "Xin số liệu chạy thử và dự toán vật liệu hấp phụ",
    nextInDays: 5,
    // value, money and country facts are still open: the page shows what is missing
    life: ({ terms }) => terms(0, { value: "", checklist: [] }),
  },
  {
    key: "mou",
    terms: texts.FLOATS,
    origin: "fair",
    openedDaysAgo: 24,
    next: "Thống nhất tỷ lệ trả theo doanh thu",
    nextInDays: 3,
    async life({ terms, paper, move }) {
      await terms(18, { checklist: [] });
      await paper("broker", 9, "mou", "Biên bản ghi nhớ hợp tác phao nuôi biển");
      await move("broker", 9, "agree_mou");
    },
  },
  {
    key: "drafting",
    terms: texts.TRACEABILITY,
    origin: "phone",
    openedDaysAgo: 41,
    next: "Rà soát điều khoản bảo hành, phạt vi phạm",
    nextInDays: 2,
    async life({ terms, paper, move }) {
      await terms(30, { checklist: ["1", "2", "3", "4", "5", "6", "7", "9"], restrictedList: "" });
      await move("broker", 20, "start_drafting");
      await paper("institute", 12, "draft_contract", "Dự thảo hợp đồng, bản 1");
    },
  },
  {
    key: "signed",
    terms: texts.METHANE,
    origin: "phone",
    openedDaysAgo: 120,
    next: "Đôn đốc bên nhận hoàn thiện hồ sơ đăng ký",
    nextInDays: 0,
    // the ninety days end in about two weeks
    async life({ draft, sign }) {
      await draft(95);
      await sign(77);
    },
  },
  {
    key: "filed",
    terms: texts.BRICKS,
    origin: "fair",
    openedDaysAgo: 90,
    next: "Theo dõi kết quả đăng ký",
    nextInDays: 4,
    async life({ draft, sign, royalties, file }) {
      await draft(60);
      await sign(35);
      await royalties(34, 330, 3);
      await file(1);
    },
  },
  {
    key: "registered",
    terms: texts.DUST,
    origin: "other",
    openedDaysAgo: 110,
    next: "Hẹn hai bên ngày khởi công",
    nextInDays: 6,
    async life({ draft, sign, file, register }) {
      await draft(80);
      await sign(60);
      await file(24);
      await register(19, "DEMO-021/GCN-CGCN");
    },
  },
  {
    key: "performing",
    terms: texts.SHRIMP,
    origin: "fair",
    openedDaysAgo: 190,
    next: "Kiểm tra tiến độ lắp đặt nhà nuôi số 2",
    nextInDays: 7,
    async life({ draft, sign, file, register, move, milestones, reached }) {
      await draft(170);
      await sign(150);
      await file(120);
      await register(114, "DEMO-014/GCN-CGCN");
      await move("broker", 110, "start_performing");
      await milestones(110, [
        { label: "Thanh toán đợt 1 khi bàn giao tài liệu", inDays: -80, amount: "2 tỷ" },
        { label: "Đào tạo vận hành nhà nuôi số 1", inDays: -4 },
        { label: "Thanh toán đợt 2 sau vụ nuôi đầu", inDays: 12, amount: "2,2 tỷ" },
        { label: "Chuyển giao nhà nuôi số 2", inDays: 75 },
      ]);
      await reached(78, 1);
    },
  },
  {
    key: "accepting",
    terms: texts.DRYING,
    origin: "phone",
    openedDaysAgo: 140,
    next: "Chờ bên nhận xác nhận nghiệm thu",
    nextInDays: 2,
    // one side has confirmed: the other sees it waiting
    async life({ draft, sign, paper, move, accept }) {
      await draft(120);
      await sign(100);
      await move("broker", 98, "start_performing");
      await paper("institute", 5, "handover", "Biên bản bàn giao thiết bị và quy trình");
      await accept("institute", 3);
    },
  },
  {
    key: "accepted",
    terms: texts.AUDIO_GUIDE,
    origin: "other",
    openedDaysAgo: 160,
    next: "Chuẩn bị biên bản thanh lý",
    nextInDays: 8,
    async life({ draft, sign, move, paper, accept }) {
      await draft(140);
      await sign(125);
      await move("broker", 120, "start_performing");
      await paper("broker", 12, "acceptance_record", "Biên bản nghiệm thu");
      await accept("institute", 11);
      await accept("enterprise", 10);
    },
  },
  {
    key: "liquidated",
    terms: texts.LANDSLIDE,
    origin: "fair",
    openedDaysAgo: 200,
    next: "Đánh giá hiệu quả sau 6 tháng",
    nextInDays: 30,
    async life({ draft, sign, file, register, move, milestones, reached, accept, paper }) {
      await draft(192);
      await sign(180);
      await file(160);
      await register(154, "DEMO-009/GCN-CGCN");
      await move("broker", 150, "start_performing");
      await milestones(150, [
        { label: "Lắp đặt bốn trạm", inDays: -90 },
        { label: "Thanh toán toàn bộ", inDays: -40, amount: "3,4 tỷ" },
      ]);
      await reached(92, 1);
      await reached(41, 2);
      await accept("enterprise", 36);
      await accept("institute", 35);
      await paper("broker", 22, "liquidation_record", "Biên bản thanh lý hợp đồng");
      await move("broker", 20, "liquidate", {});
    },
  },
  {
    key: "paused",
    terms: texts.STORAGE,
    origin: "phone",
    openedDaysAgo: 70,
    next: "Hỏi lại kế hoạch vốn của bên nhận",
    nextInDays: 21,
    async life({ draft, end }) {
      await draft(50);
      await end("pause", 15, "finance", "Bên nhận chờ phê duyệt kế hoạch vốn năm sau.");
    },
  },
  {
    key: "lost",
    terms: texts.VIBRATION,
    origin: "fair",
    openedDaysAgo: 85,
    next: "Giữ liên hệ, hỏi lại khi có dây chuyền mới",
    nextInDays: 60,
    async life({ terms, end }) {
      await terms(70, { checklist: [] });
      await end("lose", 33, "technical", "Dây chuyền của bên nhận không gắn được cảm biến như mô tả.");
    },
  },
  {
    key: "terminated",
    terms: texts.EXTRACTION,
    origin: "phone",
    openedDaysAgo: 150,
    next: "Lưu hồ sơ",
    nextInDays: 30,
    async life({ draft, sign, end }) {
      await draft(130);
      await sign(105, { wish: true });
      await end("terminate", 48, "mutual", "Hai bên thống nhất dừng vì thay đổi kế hoạch sản phẩm.");
    },
  },
];
