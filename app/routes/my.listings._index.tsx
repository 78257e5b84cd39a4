import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ExportLink } from "~/components/exchange/export-link";
import { formatDate } from "~/components/format";
import { stateTone } from "~/components/listings/state-tone";
import { metaTitle } from "~/components/meta";
import {
  Badge,
  Card,
  type Column,
  DataTable,
  DateText,
  EmptyState,
  KindBadge,
  LinkButton,
  PageHeader,
  Pagination,
} from "~/components/ui";
import { approvalQueue, type MyListing, myListingsPage } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "listings:mine.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [mine, waiting] = await Promise.all([
    myListingsPage(ctx, Number(new URL(request.url).searchParams.get("page"))),
    approvalQueue(ctx),
  ]);
  return { ...mine, toDecide: waiting.length };
}

/** What its owner should do next with a listing, as a link to where it is done. */
function NextStep({ listing }: { listing: MyListing }) {
  const { t } = useTranslation(["listings", "office"]);
  const own = `/my/listings/${listing.id}`;
  const date = listing.dueOn ? formatDate(listing.dueOn) : "";
  if (listing.onBehalfToConfirm)
    return (
      <Link className="link" to={own}>
        {t("mine.next.confirm")}
      </Link>
    );
  if (listing.office === "decide")
    return (
      <Link className="link" to={`${own}/approval`}>
        {t("office:mine.decide")}
      </Link>
    );
  if (listing.office === "asked") return <span>{t("office:mine.asked")}</span>;
  if (listing.office === "back")
    return (
      <Link className="link" to={own}>
        {t("office:mine.back")}
      </Link>
    );
  if (listing.dueOn && (listing.state === "submitted" || listing.revision === "in-review"))
    return <span>{t("mine.next.review", { date })}</span>;
  if (listing.state === "changes_requested")
    return (
      <Link className="link" to={own}>
        {t("mine.next.changes")}
      </Link>
    );
  if (listing.state === "draft" || listing.revision === "draft") {
    return (
      <Link className="link" to={`${own}/edit`}>
        {t("mine.next.finish", { percent: listing.completeness ?? 0 })}
      </Link>
    );
  }
  if (listing.state === "published")
    return (
      <Link className="link" to={`${own}/matches`}>
        {t("mine.next.matches")}
      </Link>
    );
  if (listing.state === "expired")
    return (
      <Link className="link" to={`${own}/edit`}>
        {t("mine.next.renew")}
      </Link>
    );
  return <span className="text-muted">{t("mine.next.none")}</span>;
}

export default function MyListings() {
  const { listings, page, pages, toDecide } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["listings", "exchange", "office", "common"]);
  const columns: Column<MyListing>[] = [
    {
      key: "title",
      header: t("mine.column.title"),
      cell: (row) => (
        <>
          <Link className="link font-medium" to={`/my/listings/${row.id}`}>
            {row.title || t("mine.untitled")}
          </Link>
          <span className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
            <KindBadge kind={row.kind} />
            {row.reference ? <span className="tabular-nums">{row.reference}</span> : null}
            {row.organisation ? <span>{row.organisation}</span> : null}
          </span>
        </>
      ),
    },
    {
      key: "state",
      header: t("mine.column.state"),
      cell: (row) => (
        <>
          <Badge tone={stateTone(row.state)}>{t(`common:listingState.${row.state}`)}</Badge>
          {row.revision === "none" ? null : (
            <span className="mt-1 block text-sm text-muted">{t(`mine.revision.${row.revision}`)}</span>
          )}
        </>
      ),
    },
    { key: "next", header: t("mine.column.next"), cell: (row) => <NextStep listing={row} /> },
    { key: "updated", header: t("mine.column.updated"), cell: (row) => <DateText date={row.updatedAt} /> },
  ];
  const post = (
    <>
      <LinkButton to="/my/listings/new">{t("mine.new")}</LinkButton>
      {toDecide > 0 ? (
        <LinkButton to="/my/approvals" variant="secondary">
          {t("office:queue.link", { count: toDecide })}
        </LinkButton>
      ) : null}
      <LinkButton to="/my/listings/import" variant="secondary">
        {t("exchange:many.link")}
      </LinkButton>
    </>
  );
  return (
    <>
      <PageHeader title={t("mine.title")} lead={t("mine.lead")} actions={listings.length > 0 ? post : null} />
      {listings.length === 0 ? (
        <EmptyState title={t("mine.empty")} action={post}>
          <p>{t("mine.emptyText")}</p>
        </EmptyState>
      ) : (
        <Card>
          <DataTable columns={columns} rows={listings} caption={t("mine.caption")} />
          <ExportLink to="/my/listings.xlsx" />
          <Pagination page={page} pages={pages} hrefFor={(to) => `/my/listings?page=${to}`} />
        </Card>
      )}
    </>
  );
}
