import type { LoaderFunctionArgs } from "@remix-run/node";
import { readFile } from "~/modules/documents/index.server";
import { mayOpenFile, type OpenedAnnex, openAnnex } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { storedFile } from "~/platform/http/stored-file.server";

export const handle: RouteHandle = { access: "public" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A picture or document of a listing the reader may see; absent and hidden answer alike. The name saved is the reference, never the uploader's. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const id = params.id ?? "";
  const open = UUID.test(id) ? await mayOpenFile(ctx, id) : null;
  const size = new URL(request.url).searchParams.get("size") === "thumbnail" ? "thumbnail" : "full";
  const file = open && (await readFile(ctx, id, size));
  return open && file ? storedFile(request, file, open.downloadName, size) : annex(await openAnnex(ctx, id));
}

/** A confidential annex is written down each time it is handed out, so no copy of it may answer in between. */
function annex(opened: OpenedAnnex | null): Response {
  if (!opened) throw new Response(null, { status: 404 });
  return new Response(opened.content.stream, {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Length": String(opened.content.bytes),
      "Content-Disposition": `attachment; filename="${opened.downloadName}.pdf"`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cache-Control": "private, no-store",
    },
  });
}
