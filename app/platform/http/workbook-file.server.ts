import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { XLSX_TYPE } from "../xlsx/write-workbook";

/** A workbook as a file to save, sent while it is made. Null → 404. It shows what this reader may see, so nothing keeps a copy on the way. */
export function workbookFile(file: { name: string; content: AsyncGenerator<Buffer> } | null): Response {
  if (!file) throw new Response(null, { status: 404 });
  return new Response(createReadableStreamFromReadable(Readable.from(file.content, { objectMode: false })), {
    headers: {
      "Content-Type": XLSX_TYPE,
      "Content-Disposition": `attachment; filename="${file.name.replace(/[^\w.-]/g, "_")}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
