import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ExportLink } from "~/components/exchange/export-link";
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
import { type QueuedReview, reviewQueuePage } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "listings:reviews.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  return reviewQueuePage(ctxOf(context), Number(new URL(request.url).searchParams.get("page")));
}

export default function ReviewQueue() {
  const { reviews, page, pages } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["listings", "review", "common"]);
  const columns: Column<QueuedReview>[] = [
    {
      key: "title",
      header: t("reviews.column.title"),
      cell: (row) => (
        <>
          <Link className="link font-medium" to={`/broker/reviews/${row.id}`}>
            {row.title}
          </Link>
          <span className="mt-1 flex flex-wrap items-center gap-2 text-sm">
            <KindBadge kind={row.kind} />
            {row.revision ? <Badge>{t("reviews.revision", { reference: row.reference })}</Badge> : null}
            {row.onBehalf ? <Badge>{t("reviews.onBehalf")}</Badge> : null}
            {row.halfApproved ? <Badge tone="info">{t("review:second.badge")}</Badge> : null}
            {row.mayDecide || row.halfApproved ? null : <Badge tone="warning">{t("reviews.own")}</Badge>}
          </span>
        </>
      ),
    },
    {
      key: "organisation",
      header: t("reviews.column.organisation"),
      cell: (row) => row.organisation ?? t("common:notStated"),
    },
    {
      key: "age",
      header: t("reviews.column.age"),
      cell: (row) => (row.days > 0 ? t("reviews.days", { days: row.days }) : t("reviews.today")),
    },
    {
      key: "due",
      header: t("reviews.column.due"),
      cell: (row) => (
        <>
          <DateText date={row.dueOn} /> {row.overdue ? <Badge tone="danger">{t("reviews.overdue")}</Badge> : null}
        </>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t("reviews.title")}
        lead={t("reviews.lead")}
        actions={
          <LinkButton to="/broker/post" variant="secondary">
            {t("post.title")}
          </LinkButton>
        }
      />
      {reviews.length === 0 ? (
        <EmptyState
          title={t("reviews.empty")}
          action={
            <LinkButton to="/broker/listings" variant="secondary">
              {t("common:nav.brokerListings")}
            </LinkButton>
          }
        >
          <p>{t("reviews.emptyText")}</p>
        </EmptyState>
      ) : (
        <Card>
          <DataTable columns={columns} rows={reviews} caption={t("reviews.caption")} />
          <ExportLink to="/broker/reviews.xlsx" />
          <Pagination page={page} pages={pages} hrefFor={(to) => `/broker/reviews?page=${to}`} />
        </Card>
      )}
    </>
  );
}
