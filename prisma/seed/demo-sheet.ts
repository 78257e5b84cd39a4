import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import { importHome, sendSheet } from "~/modules/exchange/index.server";
import type { Ctx } from "~/platform/context";
import { type OutCell, writeWorkbook } from "~/platform/xlsx/write-workbook";
import { demoActing } from "./demo-listings";

const HEAD = ["Tên tin", "Đơn vị đăng", "Mã số thuế", "Mô tả", "Lĩnh vực chính", "Kinh phí hoặc giá từ (đồng)", "TRL"];
/** As an older exchange keeps them: most in order, two organisations that are not here, a few cells to mend. */
const ROWS: OutCell[][] = [
  [
    "Máy ép bùn trục vít đa đĩa cho trạm xử lý nhỏ",
    "Viện trình diễn (demo)",
    null,
    "Ép bùn liên tục, ít điện.",
    "MTR-01",
    "450 triệu",
    8,
  ],
  [
    "Hệ thống sấy bơm nhiệt cho chả mực",
    "Viện trình diễn (demo)",
    null,
    "Sấy ở 35–45 °C, giữ màu.",
    "NNC-01",
    "1,2 tỷ",
    7,
  ],
  [
    "Quy trình ương giống tu hài trong bể composite",
    "Trung tâm Giống biển cũ (demo)",
    null,
    "Tỷ lệ sống trên 60 %.",
    "NNC-01",
    "300 triệu",
    7,
  ],
  [
    "Phần mềm truy xuất nguồn gốc nông sản",
    "Công ty Phần mềm cũ (demo)",
    null,
    "Mã QR theo lô.",
    "NNC-01",
    "120 triệu",
    9,
  ],
  ["Chế phẩm vi sinh xử lý đáy ao", "Công ty Phần mềm cũ (demo)", null, "Dùng định kỳ 7 ngày.", "NNC-01", "500", 9],
  ["Bộ điều khiển máng ăn tự động", null, null, "Cho ăn theo giờ.", "NNC-01", "80 triệu", 8],
];

/** A sheet of an older exchange that a broker has sent and not yet confirmed, so that the room is not empty. Sent once. */
export async function seedDemoSheet(
  ctx: Ctx,
  accounts: Awaited<ReturnType<typeof ensureDemoAccounts>>,
): Promise<number> {
  const broker = await demoActing(ctx, accounts)("broker", 0, "demo.sheet");
  if ((await importHome(broker, true)).uploads.length > 0) return 0;
  const bytes: Buffer[] = [];
  const sheet = { name: "Chào bán", widths: HEAD.map(() => 24), rows: [HEAD, ...ROWS] };
  for await (const block of writeWorkbook([sheet])) bytes.push(block);
  const file = { name: "san-cu-2019-2024.xlsx", bytes: Buffer.concat(bytes) };
  const sent = await sendSheet(broker, { kind: "offering", organisationId: null, forOffice: true, file });
  if (!sent.ok) throw new Error(`The demo's sheet could not be sent: ${sent.code}`);
  return 1;
}
