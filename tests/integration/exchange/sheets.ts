import { readWorkbook } from "~/platform/xlsx/read-workbook";
import { type OutCell, writeWorkbook } from "~/platform/xlsx/write-workbook";

export async function bytesOf(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const block of blocks) all.push(block);
  return Buffer.concat(all);
}

/** Rows of a file's sheet as texts, by the words of its first row. */
export async function rowsOf(
  file: { content: AsyncIterable<Buffer> } | Buffer,
  sheet?: string,
): Promise<Record<string, string>[]> {
  const bytes = Buffer.isBuffer(file) ? file : await bytesOf(file.content);
  const read = await readWorkbook(bytes, { mostRows: 20_000 }, sheet);
  if (!read.ok) throw new Error(read.problem);
  const [head, ...rows] = read.rows;
  return rows.map(({ cells }) =>
    Object.fromEntries((head?.cells ?? []).map((cell, at) => [cell?.text ?? "", cells[at]?.text ?? ""])),
  );
}

/** A workbook with one sheet. */
export const sheet = (rows: OutCell[][], name = "Trang 1"): Promise<Buffer> =>
  bytesOf(writeWorkbook([{ name, widths: rows[0]?.map(() => 20) ?? [20], rows }]));

/** A row of a complete offering, by the headings of the form. */
export const COMPLETE: Record<string, OutCell> = {
  "Tên tin": "",
  "Đơn vị đăng": "",
  "Tóm tắt công khai": "Sấy lạnh tuần hoàn, giữ màu.",
  "Mô tả": "Bơm nhiệt tuần hoàn kín, điều khiển ẩm theo mẻ.",
  "Vấn đề giải quyết được": "Nông sản mất màu khi sấy nóng.",
  "Ưu điểm": "Tiết kiệm 40 % điện.",
  "Lĩnh vực chính": "NNC-01",
  "Chỉ tiêu kỹ thuật": "Công suất: 500 kg/mẻ",
  TRL: 8,
  "Đối tượng chuyển giao": "Thiết kế",
  "Hình thức chuyển giao": "Chuyển giao công nghệ độc lập",
  "Phương thức chuyển giao": "Chuyển giao tài liệu; Đào tạo",
  "Quyền được chuyển giao": "Chuyển quyền sử dụng không độc quyền",
  "Loại quyền sở hữu trí tuệ": "Sáng chế",
  "Tình trạng sở hữu trí tuệ": "Đã cấp văn bằng",
  "Cách tính giá": "Khoảng giá",
  "Kinh phí hoặc giá từ (đồng)": 800_000_000,
  "Kinh phí hoặc giá đến (đồng)": "1,5 tỷ",
  "Người liên hệ": "Phòng Kế hoạch",
  "Điện thoại liên hệ": "0203 383 5124",
  "Thư điện tử liên hệ": "phong@donvi.example",
};
export const complete = (title: string, organisation: string) =>
  Object.values({ ...COMPLETE, "Tên tin": title, "Đơn vị đăng": organisation });
