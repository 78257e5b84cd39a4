import type { LoaderFunctionArgs } from "@remix-run/node";
import { templateFile } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { workbookFile } from "~/platform/http/workbook-file.server";

export const handle: RouteHandle = { access: "broker" };

/** The workbook to fill in for many organisations, in the language asked for. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const { kind } = params;
  if (kind !== "need" && kind !== "offering") throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("lang");
  return workbookFile(await templateFile(ctx, kind, asked === "en" || asked === "vi" ? asked : ctx.locale, true));
}
