import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import Rss from "lucide-react/icons/rss";
import { useTranslation } from "react-i18next";
import { ExportLink } from "~/components/exchange/export-link";
import { formatNumber } from "~/components/format";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { SaveSearch } from "~/components/public/save-search";
import { SearchEmpty } from "~/components/public/search-empty";
import { ActiveFilters, SearchForm } from "~/components/public/search-form";
import { KindTabs, NearLinks, SortLinks } from "~/components/public/search-heads";
import { parseSearchParams, searchHref, searchInput, searchText } from "~/components/public/search-params";
import { useOffice } from "~/components/site/office";
import { Alert, ListingCardView, PageHeader, Pagination } from "~/components/ui";
import { currentSectors, taxonomy } from "~/modules/listings/index.server";
import { nearSearches, searchListings } from "~/modules/matching/index.server";
import { isPerson } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction<typeof loader> = (args) => {
  const params = args.data?.params;
  const feed = params ? searchText({ ...params, sort: "newest" }) : "";
  return [
    ...(params?.q
      ? metaTitle(args, "public:search.titleFor", { q: params.q })
      : metaTitle(args, "public:search.title")),
    { tagName: "link", rel: "alternate", type: "application/atom+xml", href: `/search.atom${feed ? `?${feed}` : ""}` },
  ];
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const limit = await ctx.limits.consume("search", `address:${context.scope.remoteAddress}`);
  if (!limit.allowed) {
    throw new Response(null, { status: 429, headers: { "Retry-After": String(limit.retryAfterSeconds) } });
  }
  const asked = parseSearchParams(new URL(request.url).searchParams);
  // a sector that was merged into another one: the page says which one now
  const [sector] = asked.sector ? await currentSectors(ctx, [asked.sector]) : [];
  const params = sector ? { ...asked, sector } : asked;
  const input = searchInput(params);
  const [found, { tree, retired }] = await Promise.all([searchListings(ctx, input), taxonomy(ctx)]);
  // what nobody can choose any longer is still looked for while listings stand in it
  const kept = retired.filter(({ code }) => found.facets.sectors[code] || code === sector);
  return {
    params,
    signedIn: isPerson(ctx.actor),
    found,
    near: found.total === 0 ? await nearSearches(ctx, input) : [],
    tree: tree.map(({ code, children }) => ({
      code,
      children: [
        ...children.map((child) => child.code),
        ...kept.filter(({ parentCode }) => parentCode === code).map((one) => one.code),
      ],
    })),
  };
}

export default function SearchPage() {
  const { params, signedIn, found, near, tree } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["public", "search"]);
  const locale = useLocale();
  const office = useOffice();
  const counted = formatNumber(found.total, locale);
  const total = found.capped ? t("search.moreThan", { total: counted }) : counted;
  return (
    <>
      <PageHeader title={t("search.title")} />
      <SearchForm params={params} facets={found.facets} tree={tree}>
        <KindTabs params={params} kinds={found.facets.kinds} />
        <div className="mt-3 mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
          <h2 className="text-xl font-semibold" aria-live="polite">
            {params.q ? t("search.countFor", { total, q: params.q }) : t("search.count", { total })}
            {found.pages > 1 ? (
              <span className="text-base font-normal text-muted">
                {" "}
                · {t("search.pageOf", { page: found.page, pages: found.pages })}
              </span>
            ) : null}
          </h2>
          {found.total > 1 ? <SortLinks params={params} /> : null}
        </div>
        <div className="mb-4">
          <ActiveFilters params={params} />
          {found.capped ? <p className="text-sm text-muted">{t("search:capped", { most: counted })}</p> : null}
        </div>
        {found.loose ? <Alert>{t("search:loose", { q: params.q })}</Alert> : null}
        {found.cards.length > 0 ? (
          <ul className="flex flex-col gap-4">
            {found.cards.map((card) => (
              <li key={card.id}>
                <ListingCardView card={card} marks={found.marks[card.id]} />
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
          <>
            <NearLinks near={near} params={params} />
            <SearchEmpty params={params} office={office} />
          </>
        )}
        <SaveSearch params={params} signedIn={signedIn} />
        {found.total > 0 ? <ExportLink to={`/search.xlsx?${searchText(params)}`} /> : null}
        <p className="no-print text-sm">
          <a className="link inline-flex min-h-11 items-center gap-2" href={`/search.atom?${searchText(params)}`}>
            <Rss size={16} aria-hidden="true" />
            {t("search:feed")}
          </a>
        </p>
        <Pagination page={found.page} pages={found.pages} hrefFor={(page) => searchHref(params, { page })} />
      </SearchForm>
    </>
  );
}
