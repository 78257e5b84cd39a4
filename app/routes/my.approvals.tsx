import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import {
  Alert,
  Card,
  type Column,
  DataTable,
  DateText,
  EmptyState,
  KindBadge,
  LinkButton,
  PageHeader,
} from "~/components/ui";
import { type ApprovalRow, approvalQueue } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "office:queue.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const sentBack = new URL(request.url).searchParams.has("back");
  return { rows: await approvalQueue(ctxOf(context)), sentBack };
}

export default function OfficeQueue() {
  const { rows, sentBack } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["office", "listings"]);
  const columns: Column<ApprovalRow>[] = [
    {
      key: "title",
      header: t("queue.column.title"),
      cell: (row) => (
        <>
          <Link className="link font-medium" to={`/my/listings/${row.id}/approval`}>
            {row.title || t("listings:mine.untitled")}
          </Link>
          <span className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
            <KindBadge kind={row.kind} />
            <span>{row.organisation}</span>
            {row.revision ? <span>{t("queue.revision")}</span> : null}
          </span>
        </>
      ),
    },
    { key: "by", header: t("queue.column.by"), cell: (row) => row.askedBy },
    { key: "at", header: t("queue.column.at"), cell: (row) => <DateText date={row.askedAt} time /> },
    {
      key: "next",
      header: t("queue.column.next"),
      cell: (row) => (
        <Link className="link" to={`/my/listings/${row.id}/approval`}>
          {t("queue.open")}
        </Link>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t("queue.title")}
        lead={t("queue.lead")}
        back={{ to: "/my/listings", label: t("queue.toMine") }}
      />
      {sentBack ? (
        <Alert tone="success" role="status">
          {t("own.sentBack")}
        </Alert>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState
          title={t("queue.empty")}
          action={
            <LinkButton to="/my/listings" variant="secondary">
              {t("queue.toMine")}
            </LinkButton>
          }
        >
          <p>{t("queue.emptyText")}</p>
        </EmptyState>
      ) : (
        <Card>
          <DataTable columns={columns} rows={rows} caption={t("queue.caption")} />
        </Card>
      )}
    </>
  );
}
