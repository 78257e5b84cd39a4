import type { LoaderFunctionArgs } from "@remix-run/node";
import { openDealDocument } from "~/modules/deals/index.server";
import { readFile } from "~/modules/documents/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { storedFile } from "~/platform/http/stored-file.server";

export const handle: RouteHandle = { access: "signed-in" };

/** A document of a deal for its readers: the parties and the Department. Absent and hidden answer alike; the name saved is the deal's, never the uploader's. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const open = await openDealDocument(ctx, params.id ?? "", params.documentId ?? "");
  const file = open && (await readFile(ctx, open.fileId, "full"));
  if (!open || !file) throw new Response(null, { status: 404 });
  return storedFile(request, file, open.downloadName);
}
