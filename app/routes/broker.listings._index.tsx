import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ExportLink } from "~/components/exchange/export-link";
import { SelectField } from "~/components/forms";
import {
  BROKER_KINDS,
  BROKER_STATES,
  BROKER_SUGGESTIONS,
  brokerFilterText,
  parseBrokerFilter,
} from "~/components/matching/broker-filter";
import { metaTitle } from "~/components/meta";
import {
  Badge,
  Button,
  type Column,
  DataTable,
  DateText,
  EmptyState,
  KindBadge,
  LinkButton,
  PageHeader,
  Pagination,
  ScoreBar,
} from "~/components/ui";
import { type BrokerListingRow, brokerListings } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "matching:listings.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const filter = parseBrokerFilter(query);
  const page = Math.max(1, Math.min(10_000, Math.trunc(Number(query.get("page"))) || 1));
  const { suggestions: matches, ...rest } = filter;
  const found = await brokerListings(ctxOf(context), { ...rest, matches, page });
  if (!found) throw new Response(null, { status: 404 });
  return { filter, ...found };
}

export default function BrokerListingsPage() {
  const { filter, rows, total, page, pages } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["matching", "quality", "imports"]);
  const href = (to: number) => `/broker/listings?${brokerFilterText(filter, to)}`;
  const columns: Column<BrokerListingRow>[] = [
    {
      key: "listing",
      header: t("listings.listing"),
      cell: ({ card }) => (
        <div className="flex flex-col gap-1">
          <span className="flex flex-wrap items-center gap-2 text-sm text-muted">
            <KindBadge kind={card.kind} />
            <span className="tabular-nums">{card.reference}</span>
            {card.state === "published" ? null : <Badge tone="warning">{t(`listingState.${card.state}`)}</Badge>}
          </span>
          <Link className="link font-medium" to={`/broker/listings/${card.id}`} lang={card.lang}>
            {card.title}
          </Link>
          <span className="text-sm text-muted">{card.organisation}</span>
        </div>
      ),
    },
    { key: "published", header: t("listings.published"), cell: ({ card }) => <DateText date={card.publishedAt} /> },
    {
      key: "fitting",
      header: t("listings.fitting"),
      cell: ({ fitting, undecided, shortlisted, computed }) =>
        computed ? (
          <span className="flex flex-wrap gap-2">
            {fitting === 0 ? <Badge tone="warning">{t("listings.noneFits")}</Badge> : null}
            {undecided > 0 ? <Badge tone="info">{t("listings.undecided", { count: undecided })}</Badge> : null}
            {shortlisted > 0 ? <Badge tone="success">{t("listings.shortlisted", { count: shortlisted })}</Badge> : null}
          </span>
        ) : (
          <span className="text-muted">{t("listings.notComputed")}</span>
        ),
    },
    { key: "best", header: t("listings.best"), cell: ({ best }) => (best === null ? "–" : <ScoreBar score={best} />) },
  ];
  const all = { value: "", label: t("common:all") };
  return (
    <>
      <PageHeader
        title={t("listings.title")}
        lead={t("listings.lead")}
        actions={
          <>
            <LinkButton variant="secondary" to="/broker/listings/import">
              {t("imports:link")}
            </LinkButton>
            <LinkButton variant="secondary" to="/broker/agreement">
              {t("quality:agreement.link")}
            </LinkButton>
          </>
        }
      />
      <Form method="get" className="card no-print mb-6 grid items-end gap-x-4 p-4 sm:grid-cols-4">
        <SelectField
          name="kind"
          label={t("listings.kind")}
          defaultValue={filter.kind ?? ""}
          options={[all, ...BROKER_KINDS.map((value) => ({ value, label: t(`common:kindLong.${value}`) }))]}
        />
        <SelectField
          name="state"
          label={t("common:state")}
          defaultValue={filter.state ?? ""}
          options={[all, ...BROKER_STATES.map((value) => ({ value, label: t(`listingState.${value}`) }))]}
        />
        <SelectField
          // not "matches": a control of that name hides the form's own method of matching selectors
          name="suggestions"
          label={t("listings.matches")}
          defaultValue={filter.suggestions ?? ""}
          options={[all, ...BROKER_SUGGESTIONS.map((value) => ({ value, label: t(`listings.filter.${value}`) }))]}
        />
        <div className="mb-5">
          <Button variant="secondary">{t("common:filter")}</Button>
        </div>
      </Form>
      <p className="mb-3 text-muted" aria-live="polite">
        {t("listings.total", { count: total })}
      </p>
      <DataTable
        caption={t("listings.title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.card.id}
        empty={<EmptyState title={t("listings.empty.title")}>{t("listings.empty.text")}</EmptyState>}
      />
      {rows.length > 0 ? <ExportLink to={`/broker/listings.xlsx?${brokerFilterText(filter)}`} /> : null}
      <Pagination page={page} pages={pages} hrefFor={href} />
    </>
  );
}
