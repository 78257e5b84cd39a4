import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseBrokerFilter } from "~/components/matching/broker-filter";
import { exportBrokerListings } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { workbookFile } from "~/platform/http/workbook-file.server";

export const handle: RouteHandle = { access: "broker" };

/** The brokers' list of listings as it is filtered, as a spreadsheet. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { suggestions: matches, ...rest } = parseBrokerFilter(new URL(request.url).searchParams);
  return workbookFile(await exportBrokerListings(ctxOf(context), { ...rest, matches }));
}
