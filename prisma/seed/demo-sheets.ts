import type { ensureDemoAccounts } from "~/modules/accounts/index.server";
import { type ExchangeSheet, importHome, matchColumns, sendSheet } from "~/modules/exchange/index.server";
import type { Ctx } from "~/platform/context";
import type { Result } from "~/platform/result";
import { type OutCell, writeWorkbook } from "~/platform/xlsx/write-workbook";
import { demoActing } from "./demo-listings";

const FILE = "danh-muc-cong-nghe-2026.xlsx";
const NAME = "Danh mục công nghệ của viện";

/** An institute's own list, as it lies on somebody's desk: a banner, headings of its own, and things that want mending. */
const ROWS: OutCell[][] = [
  ["DANH MỤC CÔNG NGHỆ SẴN SÀNG CHUYỂN GIAO NĂM 2026"],
  [],
  ["STT", "Tên công nghệ", "Mô tả", "Ưu điểm nổi bật", "Lĩnh vực", "TRL", "Giá chào bán", "Điện thoại"],
  [
    1,
    "Sấy bơm nhiệt cho dược liệu trà hoa vàng",
    "Sấy tuần hoàn kín ở 40–50 °C, giữ màu và hoạt chất.",
    "Tiết kiệm 35 % điện so với sấy điện trở.",
    "Chế biến thủy sản",
    7,
    "650 triệu",
    "0203 383 5200",
  ],
  [
    2,
    "Ương giống hàu sữa bằng hệ thống nước tuần hoàn",
    "Bể ương nước tuần hoàn, cấp vi tảo tự động.",
    "Tỷ lệ sống cao hơn 20 %.",
    "Nuôi biển",
    "TRL 8",
    "1,2 tỷ",
    "0203 383 5200",
  ],
  [
    3,
    "Màng bọc phân hủy sinh học từ rong biển",
    "Tạo màng từ alginate rong mơ.",
    "Phân hủy trong 60 ngày.",
    "Vật liệu",
    "phòng thí nghiệm",
    "500",
    "gọi cô Lan",
  ],
];

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`The demo's sheet could not be sent: ${result.code}`);
}

/** A sheet that the demo institute sent and matched once, checked and not yet entered. Safe to run again. */
export async function seedDemoSheets(
  ctx: Ctx,
  accounts: Awaited<ReturnType<typeof ensureDemoAccounts>>,
): Promise<number> {
  const institute = await demoActing(ctx, accounts)("institute", 1, "demo.sheet.send");
  const { organisationId } = accounts.institute;
  const { uploads, mappings } = await importHome(institute);
  if (mappings.some(({ name }) => name === NAME)) return 0;
  const blocks: Buffer[] = [];
  for await (const block of writeWorkbook([{ name: "Công nghệ", widths: [6, 44, 44, 36, 20, 12, 16, 18], rows: ROWS }]))
    blocks.push(block);
  const file = { name: FILE, bytes: Buffer.concat(blocks) };
  // a run that was broken off may have sent it already
  const uploadId =
    uploads.find(({ fileName }) => fileName === FILE)?.id ??
    must(await sendSheet(institute, { kind: "offering", organisationId, file })).uploadId;
  const columns: ExchangeSheet = {
    sheet: "Công nghệ",
    headRow: 3,
    columns: [
      { at: 1, field: "title" },
      { at: 2, field: "description" },
      { at: 3, field: "advantages" },
      { at: 4, field: "sectorMain" },
      { at: 5, field: "trl" },
      { at: 6, field: "moneyMin" },
      { at: 7, field: "contactPhone" },
    ],
  };
  must(await matchColumns(institute, { uploadId, kind: "offering", columns, keepAs: NAME }));
  return 1;
}
