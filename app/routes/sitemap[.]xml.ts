import type { LoaderFunctionArgs } from "@remix-run/node";
import { countPublicListings } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { LISTINGS_PER_MAP } from "~/platform/http/site-map";
import { xmlResponse } from "~/platform/xml";

export const handle: RouteHandle = { access: "public" };

/** The index of site maps (sitemaps.org): pages of the site, then listings in parts of at most 40,000. */
export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const parts = Math.ceil((await countPublicListings(ctx)) / LISTINGS_PER_MAP);
  const site = new URL(ctx.env.PUBLIC_URL).origin;
  const names = ["pages", ...Array.from({ length: parts }, (_, at) => String(at + 1))];
  return xmlResponse(
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${names.map((name) => `<sitemap><loc>${site}/sitemaps/${name}.xml</loc></sitemap>`).join("\n")}
</sitemapindex>`,
    "application/xml",
  );
}
