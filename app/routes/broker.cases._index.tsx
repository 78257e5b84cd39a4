import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { IntroductionBadge } from "~/components/brokering/states";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Badge, DataTable, DateText, EmptyState, LinkButton, PageHeader, Pagination, TabLinks } from "~/components/ui";
import { communeName, provinceName } from "~/modules/accounts/schemas";
import { listCases, mayWorkCases } from "~/modules/brokering/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:list.title");

const VIEWS = ["mine", "all", "closed"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const url = new URL(request.url);
  const works = mayWorkCases(ctx.actor);
  // a leader has no cases of their own
  const view = VIEWS.find((one) => one === url.searchParams.get("view")) ?? (works ? "mine" : "all");
  const list = await listCases(ctx, { view, page: Number(url.searchParams.get("page")) || 1 });
  if (!list) throw new Response(null, { status: 404 });
  return { ...list, view, works };
}

export default function CasesPage() {
  const { rows, page, pages, counts, view, works } = useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const locale = useLocale();
  const place = (row: (typeof rows)[number]) =>
    [communeName(row.communeCode), provinceName(row.provinceCode, locale)].filter(Boolean).join(", ");
  return (
    <>
      <PageHeader
        title={t("list.title")}
        lead={t("list.lead")}
        actions={works ? <LinkButton to="/broker/cases/new">{t("list.new")}</LinkButton> : null}
      />
      <TabLinks
        label={t("list.views")}
        items={VIEWS.filter((one) => works || one !== "mine").map((one) => ({
          to: `/broker/cases?view=${one}`,
          label: t(`list.view.${one}`),
          current: one === view,
          count: counts[one],
        }))}
      />
      {view !== "closed" && counts.overdue > 0 ? (
        <p className="mb-4 font-medium text-danger">{t("list.overdueCount", { count: counts.overdue })}</p>
      ) : null}
      <DataTable
        caption={t("list.title")}
        rows={rows}
        empty={
          <EmptyState
            title={t(`list.empty.${view}`)}
            action={
              works ? (
                <LinkButton to="/broker/listings?kind=need&suggestions=undecided">{t("list.toMatches")}</LinkButton>
              ) : null
            }
          >
            {t("list.emptyText")}
          </EmptyState>
        }
        columns={[
          {
            key: "next",
            header: t(view === "closed" ? "list.column.closed" : "list.column.next"),
            cell: (row) => (
              <span className="flex flex-wrap items-center gap-2">
                <strong>
                  <DateText date={row.state === "closed" ? row.closedAt : row.nextActionOn} />
                </strong>
                {row.overdue ? <Badge tone="danger">{t("list.overdue")}</Badge> : null}
              </span>
            ),
          },
          {
            key: "case",
            header: t("list.column.case"),
            cell: (row) => (
              <>
                <Link className="link font-medium break-words" to={`/broker/cases/${row.id}`}>
                  {row.title}
                </Link>
                <span className="block text-sm text-muted">
                  {row.parties.map((party) => party.organisation).join(" ↔ ")}
                  {place(row) ? ` · ${place(row)}` : ""}
                </span>
              </>
            ),
          },
          { key: "action", header: t("list.column.action"), cell: (row) => row.nextAction ?? "–" },
          {
            key: "introduction",
            header: t("list.column.introduction"),
            cell: (row) => (row.introduction ? <IntroductionBadge state={row.introduction} /> : t("list.none")),
          },
          { key: "broker", header: t("list.column.broker"), cell: (row) => (row.mine ? t("list.me") : row.broker) },
        ]}
      />
      <Pagination page={page} pages={pages} hrefFor={(to) => `/broker/cases?view=${view}&page=${to}`} />
    </>
  );
}
