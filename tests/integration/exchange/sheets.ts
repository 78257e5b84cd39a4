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
