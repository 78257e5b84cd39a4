import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseSearchParams, searchHref, searchInput, searchText } from "~/components/public/search-params";
import { getOffice } from "~/modules/accounts/index.server";
import { type FeedEntry, searchFeed } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { xml, xmlResponse, xmlTime } from "~/platform/xml";

export const handle: RouteHandle = { access: "public" };

/** One listing; its id never changes, whatever its address (RFC 4287, 4.2.6). */
function entryOf(site: string, { id, kind, address, title, summary, organisation, lang, ...at }: FeedEntry): string {
  const author = organisation ? `<author><name>${xml(organisation)}</name></author>` : "";
  return `<entry xml:lang="${lang}"><id>urn:uuid:${id}</id><title>${xml(title)}</title>
<link rel="alternate" type="text/html" href="${xml(site + address)}"/>
<published>${xmlTime(at.publishedAt)}</published><updated>${xmlTime(at.changedAt)}</updated>${author}
<category term="${kind}"/>${at.sectors.map((code) => `<category term="${xml(code)}"/>`).join("")}
<summary>${xml(summary ?? title)}</summary></entry>`;
}

/** Any search as an Atom feed (RFC 4287): the newest that anybody may see, also for who is signed in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const limit = await ctx.limits.consume("search", `address:${context.scope.remoteAddress}`);
  if (!limit.allowed) {
    throw new Response(null, { status: 429, headers: { "Retry-After": String(limit.retryAfterSeconds) } });
  }
  const params = parseSearchParams(new URL(request.url).searchParams);
  const entries = await searchFeed(ctx, searchInput(params));
  const site = new URL(ctx.env.PUBLIC_URL).origin;
  const asked = searchText({ ...params, sort: "newest" });
  const self = `${site}/search.atom${asked ? `?${asked}` : ""}`;
  const title = params.q ? `“${params.q}” – Cungcau` : "Cungcau";
  const office = await getOffice(ctx.db);
  const updated = new Date(Math.max(0, ...entries.map(({ changedAt }) => changedAt.getTime())));
  return xmlResponse(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${ctx.locale}">
<id>${xml(self)}</id><title>${xml(title)}</title><updated>${xmlTime(updated)}</updated>
<author><name>${xml(ctx.locale === "en" ? office.nameEn : office.nameVi)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(`${site}${searchHref(params)}`)}"/>
${entries.map((entry) => entryOf(site, entry)).join("\n")}
</feed>`,
    "application/atom+xml",
  );
}
