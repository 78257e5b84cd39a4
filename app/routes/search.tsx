import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "~/components/format";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { SearchEmpty } from "~/components/public/search-empty";
import { ActiveFilters, SearchForm } from "~/components/public/search-form";
import { parseSearchParams, searchHref } from "~/components/public/search-params";
import { useOffice } from "~/components/site/office";
import { ListingCardView, PageHeader, Pagination } from "~/components/ui";
import { listSectors } from "~/modules/listings/index.server";
import { searchListings } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction<typeof loader> = (args) =>
  args.data?.params.q
    ? metaTitle(args, "public:search.titleFor", { q: args.data.params.q })
    : metaTitle(args, "public:search.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const limit = await ctx.limits.consume("search", `address:${context.scope.remoteAddress}`);
  if (!limit.allowed) {
    throw new Response(null, { status: 429, headers: { "Retry-After": String(limit.retryAfterSeconds) } });
  }
  const params = parseSearchParams(new URL(request.url).searchParams);
  const { sector, ...rest } = params;
  const [found, tree] = await Promise.all([
    searchListings(ctx, { ...rest, ...(sector ? { sectors: [sector] } : {}) }),
    listSectors(ctx),
  ]);
  return {
    params,
    found,
    tree: tree.map(({ code, children }) => ({ code, children: children.map((child) => child.code) })),
  };
}

export default function SearchPage() {
  const { params, found, tree } = useLoaderData<typeof loader>();
  const { t } = useTranslation("public");
  const locale = useLocale();
  const office = useOffice();
  const counted = formatNumber(found.total, locale);
  const total = found.capped ? t("search.moreThan", { total: counted }) : counted;
  return (
    <>
      <PageHeader title={t("search.title")} />
      <SearchForm params={params} facets={found.facets} tree={tree} />
      <div className="mt-6 mb-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <h2 className="text-xl font-semibold" aria-live="polite">
          {params.q ? t("search.countFor", { total, q: params.q }) : t("search.count", { total })}
        </h2>
        {found.pages > 1 ? (
          <p className="text-muted">{t("search.pageOf", { page: found.page, pages: found.pages })}</p>
        ) : null}
        <ActiveFilters params={params} />
      </div>
      {found.cards.length > 0 ? (
        <ul className="flex flex-col gap-4">
          {found.cards.map((card) => (
            <li key={card.id}>
              <ListingCardView card={card} />
            </li>
          ))}
        </ul>
      ) : found.total > 0 ? (
        <p>
          {t("search.pastEnd")}{" "}
          <Link className="link" to={searchHref(params)}>
            {t("search.firstPage")}
          </Link>
        </p>
      ) : (
        <SearchEmpty params={params} office={office} />
      )}
      <Pagination page={found.page} pages={found.pages} hrefFor={(page) => searchHref(params, { page })} />
    </>
  );
}
