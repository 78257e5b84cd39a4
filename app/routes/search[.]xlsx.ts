import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseSearchParams, searchInput } from "~/components/public/search-params";
import { exportSearch } from "~/modules/exchange/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { workbookFile } from "~/platform/http/workbook-file.server";

export const handle: RouteHandle = { access: "public" };

/** Any search as a spreadsheet, with what this reader may see. Costs more than a page, so it counts ten times. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const address = `address:${context.scope.remoteAddress}`;
  for (let weight = 0; weight < 10; weight++) {
    const limit = await ctx.limits.consume("search", address);
    if (!limit.allowed)
      throw new Response(null, { status: 429, headers: { "Retry-After": String(limit.retryAfterSeconds) } });
  }
  return workbookFile(await exportSearch(ctx, searchInput(parseSearchParams(new URL(request.url).searchParams))));
}
