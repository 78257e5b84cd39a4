import type { LoaderFunctionArgs } from "@remix-run/node";
import { listSectors, publicAddresses } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { LISTINGS_PER_MAP } from "~/platform/http/site-map";
import { xml, xmlResponse, xmlTime } from "~/platform/xml";

export const handle: RouteHandle = { access: "public" };

type Place = { path: string; changedAt?: Date };

/** "pages.xml": what does not come and go; "1.xml", "2.xml" …: listings that anybody may see. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [, name = ""] = /^(pages|[1-9]\d{0,3})\.xml$/.exec(params.part ?? "") ?? [];
  const places: Place[] =
    name === "pages"
      ? [
          ...["/", "/search", "/search?kind=need", "/search?kind=offering", "/sectors", "/challenges"].map((path) => ({
            path,
          })),
          ...(await listSectors(ctx))
            .flatMap((field) => [field, ...field.children])
            .map(({ code }) => ({ path: `/search?sector=${code}` })),
        ]
      : name
        ? await publicAddresses(ctx, (Number(name) - 1) * LISTINGS_PER_MAP, LISTINGS_PER_MAP)
        : [];
  if (places.length === 0) throw new Response(null, { status: 404 });
  const site = new URL(ctx.env.PUBLIC_URL).origin;
  const lines = places.map(
    ({ path, changedAt }) =>
      `<url><loc>${xml(site + path)}</loc>${changedAt ? `<lastmod>${xmlTime(changedAt)}</lastmod>` : ""}</url>`,
  );
  return xmlResponse(
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join("\n")}\n</urlset>`,
    "application/xml",
  );
}
