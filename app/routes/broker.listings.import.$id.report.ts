import type { LoaderFunctionArgs } from "@remix-run/node";
import { errorReport } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { workbookFile } from "~/platform/http/workbook-file.server";

export const handle: RouteHandle = { access: "broker" };

/** The sheet that was sent for many organisations, with what to mend. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  return workbookFile(await errorReport(ctxOf(context), params.id ?? ""));
}
