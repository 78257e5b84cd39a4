import type { LoaderFunctionArgs } from "@remix-run/node";
import { suggestWhileTyping } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

/** What the search box proposes; read by its script only. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const limit = await ctx.limits.consume("search", `address:${context.scope.remoteAddress}`);
  if (!limit.allowed) return Response.json({ terms: [], sectors: [], listings: [] });
  const typed = new URL(request.url).searchParams.get("q")?.slice(0, 200) ?? "";
  return Response.json(await suggestWhileTyping(ctx, typed));
}
