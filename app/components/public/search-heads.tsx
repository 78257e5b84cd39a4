import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../format";
import { useLocale } from "../locale";
import { Card } from "../ui";
import type { Facets } from "./search-form";
import { useActiveFilters } from "./search-form";
import { type SearchParams, searchHref } from "./search-params";

const TAB =
  "inline-flex min-h-11 items-center gap-1.5 border-b-3 border-transparent px-1 font-medium text-muted hover:text-ink aria-[current=true]:border-primary aria-[current=true]:text-ink";

/** All, needs, offerings: each with its count. */
export function KindTabs({ params, kinds }: { params: SearchParams; kinds: Facets["kinds"] }) {
  const { t } = useTranslation("search");
  const locale = useLocale();
  const { need = 0, offering = 0 } = kinds;
  const tabs = [
    { kind: null, name: t("all"), count: need + offering },
    { kind: "need" as const, name: t("need"), count: need },
    { kind: "offering" as const, name: t("offering"), count: offering },
  ];
  return (
    <nav aria-label={t("kindTabs")} className="no-print border-b border-line">
      <ul className="flex flex-wrap gap-x-6">
        {tabs.map(({ kind, name, count }) => (
          <li key={name}>
            <Link to={searchHref(params, { kind })} aria-current={(params.kind ?? null) === kind} className={TAB}>
              {name} <span className="tabular-nums">({formatNumber(count, locale)})</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Ways to order, as links: the address says which. */
export function SortLinks({ params }: { params: SearchParams }) {
  const { t } = useTranslation("search");
  const ways = (["relevance", "newest", "price"] as const).filter((sort) => sort !== "relevance" || params.q);
  return (
    <nav aria-label={t("sortBy")} className="no-print flex flex-wrap items-center gap-x-4 text-sm">
      <span className="text-muted">{t("sortBy")}:</span>
      {ways.map((sort) => (
        <Link
          key={sort}
          to={searchHref(params, { sort })}
          aria-current={params.sort === sort}
          className="link inline-flex min-h-11 items-center aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline"
        >
          {t(`sort.${sort}`)}
        </Link>
      ))}
    </nav>
  );
}

/** A search close to one that found nothing: `NearSearch` of the matching door fits. */
export type Near = { total: number; capped: boolean } & (
  | { drop: "filter"; filter: string }
  | { drop: "filters" }
  | { drop: "word"; word: string; q: string; unfiltered: boolean }
);

/** What was found by asking for less, and what was left out for it. */
export function NearLinks({ near, params }: { near: readonly Near[]; params: SearchParams }) {
  const { t } = useTranslation(["search", "public"]);
  const locale = useLocale();
  const active = useActiveFilters(params);
  if (near.length === 0) return null;
  const links = near.map((one) => {
    const total = formatNumber(one.total, locale);
    const found = t("near.total", { total: one.capped ? t("public:search.moreThan", { total }) : total });
    if (one.drop === "word") {
      const to = one.unfiltered ? searchHref({ q: one.q }) : searchHref(params, { q: one.q });
      return { key: `word ${one.word}`, to, name: t(one.unfiltered ? "near.wordOpen" : "near.word", one), found };
    }
    if (one.drop === "filters")
      return { key: "filters", to: searchHref({ q: params.q, sort: params.sort }), name: t("clear"), found };
    const names = active.filter(({ key }) => key === one.filter).map(({ name }) => name);
    const param = one.filter === "sectors" ? "sector" : one.filter;
    return {
      key: one.filter,
      to: searchHref(params, { [param]: null }),
      name: t("near.filter", { name: names.join(", ") }),
      found,
    };
  });
  return (
    <Card title={t("near.title")} className="mb-5">
      <ul className="divide-y divide-line">
        {links.map(({ key, to, name, found }) => (
          <li key={key}>
            <Link
              to={to}
              className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 py-1.5 hover:underline"
            >
              <span className="text-link">{name}</span>
              <span className="text-muted tabular-nums">{found}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
