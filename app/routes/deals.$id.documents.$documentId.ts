import type { LoaderFunctionArgs } from "@remix-run/node";
import { openDealDocument } from "~/modules/deals/index.server";
import { readFile } from "~/modules/documents/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

/** A document of a deal for its readers: the parties and the Department. Absent and hidden answer alike; the name saved is the deal's, never the uploader's. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const open = await openDealDocument(ctx, params.id ?? "", params.documentId ?? "");
  const file = open && (await readFile(ctx, open.fileId, "full"));
  if (!open || !file) throw new Response(null, { status: 404 });
  const ending = file.kind === "pdf" ? "pdf" : "webp";
  // content never changes under an id, but who may see it does: browsers ask again, and mostly hear "not modified"
  const etag = `"${file.sha256.slice(0, 32)}"`;
  const headers = {
    "Content-Type": file.mime,
    "Content-Disposition": `${file.kind === "pdf" ? "attachment" : "inline"}; filename="${open.downloadName}.${ending}"`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
    ETag: etag,
  };
  if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(file.bytes), { headers });
}
