import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import ArrowRight from "lucide-react/icons/arrow-right";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "~/components/format";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { KarstSkyline } from "~/components/public/karst";
import { SearchBox } from "~/components/public/search-box";
import { searchHref } from "~/components/public/search-params";
import { Steps } from "~/components/public/steps";
import { EmptyState, LinkButton, type ListingCardData, ListingCardView, StatTile } from "~/components/ui";
import { listSectors } from "~/modules/listings/index.server";
import { frontPage, searchListings } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { numberRuleAt } from "~/platform/rules.server";

export const handle: RouteHandle & { wide: boolean } = { access: "public", wide: true };

export const meta: MetaFunction = (args) => metaTitle(args, "common:brand.full");

export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const now = ctx.clock.now();
  const [front, facets, tree, review, answer] = await Promise.all([
    frontPage(ctx),
    // counts that agree with what their links open; the page stands without them while the search engine is down
    searchListings(ctx, { q: "", sort: "newest", page: 1 }).then(
      (found) => found.facets,
      (error: unknown) => {
        ctx.log.error({ err: error }, "front page without sector counts");
        return null;
      },
    ),
    listSectors(ctx),
    numberRuleAt(ctx.db, "review.workingDays", now),
    numberRuleAt(ctx.db, "interest.answer.workingDays", now),
  ]);
  return {
    ...front,
    fields: tree.map(({ code }) => ({ code, count: facets?.fields[code] ?? null })),
    usedSectors: facets ? Object.keys(facets.sectors).length : null,
    days: { review: review.value, answer: answer.value },
  };
}

function Band({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section className="page py-8 sm:py-11">
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-2xl font-bold tracking-tight">{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

function More({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="link inline-flex min-h-11 items-center gap-1.5 font-medium">
      {children}
      <ArrowRight size={18} aria-hidden="true" />
    </Link>
  );
}

function Newest({ cards, kind }: { cards: readonly ListingCardData[]; kind: "need" | "offering" }) {
  const { t } = useTranslation("public");
  const need = kind === "need";
  if (cards.length === 0) {
    return (
      <EmptyState
        title={t("front.noneYet")}
        action={
          <LinkButton to={`/my/listings/new?kind=${kind}`}>
            {t(need ? "front.postNeed" : "front.postOffering")}
          </LinkButton>
        }
      >
        {t("front.noneYetText")}
      </EmptyState>
    );
  }
  return (
    <ul className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
      {cards.map((card) => (
        <li key={card.id} className="min-w-0 max-md:nth-[n+4]:hidden">
          <ListingCardView card={card} />
        </li>
      ))}
    </ul>
  );
}

export default function FrontPage() {
  const { counts, newestNeeds, newestOfferings, fields, usedSectors, days } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["public", "sectors", "common"]);
  const locale = useLocale();
  const posts = [
    { kind: "need", label: t("front.postNeed"), text: t("front.postNeedText") },
    { kind: "offering", label: t("front.postOffering"), text: t("front.postOfferingText") },
  ] as const;
  return (
    <>
      <section className="relative overflow-hidden border-b border-line bg-surface">
        <div className="page relative z-10 grid gap-x-12 gap-y-8 pt-9 pb-28 sm:pt-14 sm:pb-36 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0">
            <h1 className="text-3xl font-bold tracking-tight sm:text-4xl">{t("front.title")}</h1>
            <p className="mt-3 mb-7 max-w-text text-lg text-muted">{t("front.lead")}</p>
            <Form method="get" action="/search">
              <SearchBox
                label={t("front.searchLabel")}
                placeholder={t("front.searchPlaceholder")}
                hint={t("front.searchHint")}
              />
            </Form>
          </div>
          <div className="min-w-0 self-end">
            <h2 className="mb-3 font-semibold">{t("front.postTitle")}</h2>
            <ul className="flex flex-col gap-3">
              {posts.map(({ kind, label, text }) => (
                <li key={kind}>
                  <Link
                    to={`/my/listings/new?kind=${kind}`}
                    className="card group flex items-center justify-between gap-3 p-4 hover:border-primary"
                  >
                    <span className="min-w-0">
                      <span className="block font-semibold text-link group-hover:underline">{label}</span>
                      <span className="block text-sm text-muted">{text}</span>
                    </span>
                    <ArrowRight size={22} aria-hidden="true" className="shrink-0 text-accent" />
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        </div>
        <KarstSkyline />
      </section>
      <section aria-label={t("front.countsTitle")} className="page relative z-10 -mt-8">
        <ul className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
          {[
            { key: "needs", value: counts.needs, to: "/search?kind=need" },
            { key: "offerings", value: counts.offerings, to: "/search?kind=offering" },
            { key: "organisations", value: counts.organisations },
            { key: "sectors", value: usedSectors ?? "–", to: "/sectors" },
          ].map(({ key, value, to }) => (
            <li key={key} className="min-w-0">
              <StatTile label={t(`front.counts.${key}`)} value={value} to={to} />
            </li>
          ))}
        </ul>
      </section>
      <Band title={t("front.stepsTitle")}>
        <Steps days={days} />
      </Band>
      <Band title={t("front.newNeeds")} more={<More to="/search?kind=need">{t("front.allNeeds")}</More>}>
        <Newest cards={newestNeeds} kind="need" />
      </Band>
      <Band title={t("front.sectorsTitle")} more={<More to="/sectors">{t("front.allSectors")}</More>}>
        <ul className="grid gap-x-4 gap-y-2.5 sm:grid-cols-2 lg:grid-cols-3">
          {fields.map(({ code, count }) => (
            <li key={code} className="flex">
              <Link
                to={searchHref({ sector: code })}
                className="flex min-h-13 w-full items-center justify-between gap-3 rounded-md border border-line bg-surface px-4 py-2 font-medium hover:border-primary hover:text-primary"
              >
                {t(`sectors:${code}`)}
                {count === null ? null : <span className="text-muted tabular-nums">{formatNumber(count, locale)}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </Band>
      <Band title={t("front.newOfferings")} more={<More to="/search?kind=offering">{t("front.allOfferings")}</More>}>
        <Newest cards={newestOfferings} kind="offering" />
      </Band>
    </>
  );
}
