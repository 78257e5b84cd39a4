import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import {
  addCaseNote,
  answerIntroduction,
  closeCase,
  openCase,
  proposeIntroduction,
  sweepIntroductions,
} from "~/modules/brokering/index.server";
import { openCaseSchema } from "~/modules/brokering/schemas";
import { matchesOf, shortlistMatch } from "~/modules/matching/index.server";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import { type DemoActing, demoActing, demoDone } from "./demo-listings";

type Accounts = Awaited<ReturnType<typeof ensureDemoAccounts>>;

function must<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(
    `The demo cases could not be made: ${what}: ${result.code} ${JSON.stringify(result.fields ?? result.params ?? {})}`,
  );
}

const DAY = 86_400_000;
const YES = {
  answer: "accepted",
  cooperation: null,
  unclear: null,
  about: null,
  reasonCode: null,
  note: null,
} as const;

/** One case of the demo: whom it is about, when each step happened (days before today), what became of it. */
type DemoCase = {
  key: string;
  title: string;
  /** the demo listing it is about; the other side is the best imported match with a known owner that no other case uses */
  listing: string;
  openedDaysAgo: number;
  next: string;
  nextInDays: number;
  note?: string;
  after?: (work: Work) => Promise<void>;
};

type Work = {
  caseId: string;
  step: (
    name: string,
    who: "broker" | "enterprise" | "institute",
    daysAgo: number,
    act: (as: Ctx) => Promise<Result<unknown>>,
  ) => Promise<void>;
  introductionId: () => Promise<string>;
  propose: (daysAgo: number, message: string) => Promise<void>;
};

const CASES: DemoCase[] = [
  {
    key: "fresh",
    title: "Xử lý nước ao tôm – tìm giải pháp trong tỉnh",
    listing: "on-behalf-need",
    openedDaysAgo: 0,
    next: "Gọi cho hai bên để xác nhận mối quan tâm",
    nextInDays: 1,
  },
  {
    key: "waiting",
    title: "Phao nuôi biển thay phao xốp",
    listing: "second-need",
    openedDaysAgo: 1,
    next: "Gọi cho hai bên",
    nextInDays: 0,
    note: "Phòng kỹ thuật của bên cần muốn xem mẫu trước khi trao đổi giá.",
    after: ({ propose }) =>
      propose(
        0,
        "Hai bên có thể gặp nhau ngay trong tháng này tại Sở hoặc họp trực tuyến. Xin cho biết điều cần làm rõ trước.",
      ),
  },
  {
    key: "half",
    title: "Lưu trữ điện trên đảo – một bên đã đồng ý",
    listing: "blind-need",
    openedDaysAgo: 2,
    next: "Gọi cho hai bên",
    nextInDays: 0,
    after: async ({ propose, step, introductionId }) => {
      await propose(1, "Bên cần đang chuẩn bị dự án, mong nhận thông số vận hành thực tế.");
      await step("answer", "enterprise", 0, async (as) =>
        answerIntroduction(as, {
          ...YES,
          introductionId: await introductionId(),
          side: "need",
          cooperation: "Mua kèm hợp đồng vận hành, thử nghiệm trước ở một điểm.",
        }),
      );
    },
  },
  {
    key: "declined",
    title: "Nước thải mỏ – phương án thứ hai",
    listing: "published-need",
    openedDaysAgo: 7,
    next: "Gọi cho hai bên",
    nextInDays: 0,
    after: async ({ propose, step, introductionId }) => {
      await propose(6, "Bên cần xử lý mangan trong nước thải mỏ, lưu lượng lớn.");
      await step("answer", "enterprise", 5, async (as) =>
        answerIntroduction(as, {
          ...YES,
          answer: "declined",
          reasonCode: "not_now",
          introductionId: await introductionId(),
          side: "need",
          note: "Đơn vị đang tập trung vào phương án mô-đun lọc, xin chưa trao đổi thêm.",
        }),
      );
    },
  },
  {
    key: "expired",
    title: "Nước thải mỏ – phương án thứ ba",
    listing: "published-need",
    openedDaysAgo: 17,
    next: "Gọi cho hai bên",
    nextInDays: 0,
    after: ({ propose }) => propose(16, "Mời hai bên xem xét khả năng thử nghiệm tại chỗ."),
  },
  {
    key: "closed",
    title: "Phao nuôi biển – nguồn cung thứ hai",
    listing: "second-need",
    openedDaysAgo: 6,
    next: "Gọi lại cho bên có nhu cầu",
    nextInDays: 1,
    note: "Doanh nghiệp đề nghị chỉ theo một nguồn cung, không mở thêm.",
    after: ({ caseId, step }) =>
      step("close", "broker", 3, async (as) =>
        closeCase(as, {
          caseId,
          revision: (await as.db.brokerCase.findUniqueOrThrow({ where: { id: caseId } })).revision,
          reasonCode: "duplicate",
          note: null,
        }),
      ),
  },
];

/**
 * Cases parked at every stage, between the demo organisations and imported listings, through the same commands brokers
 * use, on a clock set back. Only the demo organisations answer: no words are put into a real organisation's mouth. Safe to run again: each step is done once. A case whose match is not there is left out.
 */
export async function seedDemoCases(ctx: Ctx, accounts: Accounts, ids: Map<string, string>): Promise<number> {
  const acting = demoActing(ctx, accounts);
  const done = await demoDone(ctx);
  let made = 0;
  made += await acceptedCase(ctx, acting, done, ids);
  for (const demo of CASES) {
    const opened = done.get(`demo.case.${demo.key}.open`);
    const caseId = opened ?? (await openFromMatch(ctx, acting, demo, ids.get(demo.listing) ?? ""));
    if (!caseId) continue;
    if (!opened) made++;
    await demo.after?.(workOn(ctx, acting, done, demo.key, caseId));
  }
  must(await sweepIntroductions(ctx), "sweep");
  return made;
}

function workOn(ctx: Ctx, acting: DemoActing, done: Map<string, string>, key: string, caseId: string): Work {
  const step: Work["step"] = async (name, who, daysAgo, act) => {
    const requestId = `demo.case.${key}.${name}`;
    if (!done.has(requestId)) must(await act(await acting(who, daysAgo, requestId)), `${key} ${name}`);
  };
  const introductionId = async () =>
    (
      await ctx.db.introduction.findFirstOrThrow({
        where: { caseId },
        orderBy: { proposedAt: "asc" },
        select: { id: true },
      })
    ).id;
  const propose: Work["propose"] = (daysAgo, message) =>
    step("propose", "broker", daysAgo, async (as) => {
      const { revision } = await as.db.brokerCase.findUniqueOrThrow({
        where: { id: caseId },
        select: { revision: true },
      });
      return proposeIntroduction(as, { caseId, revision, message, nextAction: "Theo dõi trả lời của hai bên" });
    });
  return { caseId, step, introductionId, propose };
}

/** The best imported match of a demo listing that no case uses yet, shortlisted and opened as a case. */
async function openFromMatch(ctx: Ctx, acting: DemoActing, demo: DemoCase, listingId: string): Promise<string | null> {
  const view = await matchesOf(await acting("broker", 0, "demo.read"), listingId);
  const used = await ctx.db.brokerCase.findMany({ where: { matchId: { not: null } }, select: { matchId: true } });
  const owned = await ctx.db.listing.findMany({
    where: { id: { in: (view?.matches ?? []).map((one) => one.other.id) }, organisationId: { not: null } },
    select: { id: true },
  });
  const match = (view?.matches ?? []).find(
    (one) =>
      one.decision !== "dismissed" &&
      one.other.origin === "imported" &&
      owned.some((row) => row.id === one.other.id) &&
      !used.some((row) => row.matchId === one.id),
  );
  if (!match) return null;
  const key = `demo.case.${demo.key}`;
  if (match.decision === "none") {
    must(
      await shortlistMatch(await acting("broker", demo.openedDaysAgo, `${key}.shortlist`), { matchId: match.id }),
      `${demo.key} shortlist`,
    );
  }
  const as = await acting("broker", demo.openedDaysAgo, `${key}.open`);
  // imported owners have no contact on the exchange: the demo calls nobody
  return must(await openCase(as, caseForm(as, demo, { origin: "match", matchId: match.id })), demo.key).id;
}

function caseForm(
  as: Ctx,
  demo: Pick<DemoCase, "title" | "next" | "nextInDays" | "note">,
  from: Record<string, string>,
) {
  return openCaseSchema.parse({
    title: demo.title,
    nextAction: demo.next,
    nextActionOn: localDay(new Date(as.clock.now().getTime() + demo.nextInDays * DAY)),
    note: demo.note,
    need: {},
    offering: {},
    ...from,
  });
}

/** From "we can solve this" to open contacts: both demo logins see each other's. */
async function acceptedCase(
  ctx: Ctx,
  acting: DemoActing,
  done: Map<string, string>,
  ids: Map<string, string>,
): Promise<number> {
  const opened = done.get("demo.case.accepted.open");
  let caseId = opened;
  if (!caseId) {
    const interest = await ctx.db.interest.findFirst({
      where: { listingId: ids.get("published-need") ?? "", kind: "can_solve", case: null },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    });
    if (!interest) return 0;
    const as = await acting("broker", 14, "demo.case.accepted.open");
    const demo = {
      title: "Khử mangan nước thải mỏ – mô-đun lọc hấp phụ",
      next: "Gọi cho hai bên",
      nextInDays: 0,
      note: "Viện chủ động nhận giải quyết; doanh nghiệp đề nghị xem số liệu vận hành.",
    };
    caseId = must(
      await openCase(as, caseForm(as, demo, { origin: "interest", interestId: interest.id })),
      "accepted",
    ).id;
  }
  const { step, introductionId, propose } = workOn(ctx, acting, done, "accepted", caseId);
  const id = caseId;
  await propose(13, "Hai bên cùng quan tâm xử lý mangan; đề nghị trao đổi số liệu vận hành ở buổi gặp đầu tiên.");
  await step("answer.offering", "institute", 12, async (as) =>
    answerIntroduction(as, {
      ...YES,
      introductionId: await introductionId(),
      side: "offering",
      cooperation: "Chuyển giao quyền sử dụng kèm đào tạo vận hành; sẵn sàng chạy thử tại hiện trường.",
      about: "Viện có nhóm nghiên cứu xử lý nước mỏ và xưởng chế tạo mô-đun.",
    }),
  );
  await step("answer.need", "enterprise", 11, async (as) =>
    answerIntroduction(as, {
      ...YES,
      introductionId: await introductionId(),
      side: "need",
      cooperation: "Thử nghiệm một mô-đun trước khi đầu tư toàn hệ thống.",
      unclear: "Chi phí vật liệu hấp phụ thay thế mỗi năm.",
    }),
  );
  await step("note", "broker", 10, (as) =>
    addCaseNote(as, {
      caseId: id,
      kind: "call",
      body: "Hai bên đã nói chuyện qua điện thoại, đề nghị Sở bố trí buổi gặp.",
    }),
  );
  return opened ? 0 : 1;
}
