import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportReviews } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { workbookFile } from "~/platform/http/workbook-file.server";

export const handle: RouteHandle = { access: "broker" };

/** What waits for review, as a spreadsheet. */
export async function loader({ context }: LoaderFunctionArgs) {
  return workbookFile(await exportReviews(ctxOf(context)));
}
