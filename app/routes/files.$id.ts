import type { LoaderFunctionArgs } from "@remix-run/node";
import { readFile } from "~/modules/documents/index.server";
import { mayOpenFile, type OpenedAnnex, openAnnex } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A picture or document of a listing the reader may see; absent and hidden answer alike. The name saved is the reference, never the uploader's. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const id = params.id ?? "";
  const open = UUID.test(id) ? await mayOpenFile(ctx, id) : null;
  const size = new URL(request.url).searchParams.get("size") === "thumbnail" ? "thumbnail" : "full";
  const file = open && (await readFile(ctx, id, size));
  if (!open || !file) return annex(await openAnnex(ctx, id));
  // content never changes under an id, but who may see it does: browsers ask again, and mostly hear "not modified"
  const etag = `"${file.sha256.slice(0, 32)}-${size}"`;
  const headers = {
    "Content-Type": file.mime,
    "Content-Disposition": `${file.kind === "pdf" ? "attachment" : "inline"}; filename="${open.downloadName}.${file.kind === "pdf" ? "pdf" : "webp"}"`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-cache",
    ETag: etag,
  };
  if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(file.bytes), { headers });
}

/** A confidential annex is written down each time it is handed out, so no copy of it may answer in between. */
function annex(opened: OpenedAnnex | null): Response {
  if (!opened) throw new Response(null, { status: 404 });
  return new Response(Buffer.from(opened.file.bytes), {
    headers: {
      "Content-Type": opened.file.mime,
      "Content-Disposition": `attachment; filename="${opened.downloadName}.pdf"`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cache-Control": "private, no-store",
    },
  });
}
