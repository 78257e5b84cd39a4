import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DealBoard } from "~/components/deals/deal-board";
import { DealTable } from "~/components/deals/deal-table";
import { metaTitle } from "~/components/meta";
import { EmptyState, LinkButton, PageHeader, Pagination, TabLinks } from "~/components/ui";
import { type DealRow, listDeals, mayWorkDeals, openDealsOf } from "~/modules/deals/index.server";
import { DEAL_STATUSES } from "~/modules/deals/schemas";
import { hasGrant } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "deals:list.title");

/** Lists by how deals stand; "live" is the default, "to-register" the registrar's own. */
const FILTERS = ["live", "to-register", ...DEAL_STATUSES.filter((status) => status !== "active")] as const;

/** Contracts whose file is awaited or lies with the registrars, the most pressing first. */
function toRegister(rows: readonly DealRow[]): DealRow[] {
  const day = (row: DealRow) => (row.stage === "registration_filed" ? "" : (row.deadline?.dueOn ?? ""));
  return rows
    .filter((row) => row.deadline !== null || row.stage === "registration_filed")
    .sort((one, other) => day(one).localeCompare(day(other)));
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const url = new URL(request.url);
  const asked = url.searchParams.get("status");
  const filter = FILTERS.find((one) => one === asked) ?? "live";
  const mine = url.searchParams.get("mine") === "1" && mayWorkDeals(ctx.actor);
  const staff = hasGrant(ctx.actor, "broker", "registrar", "leader");
  const board = staff && url.searchParams.get("view") !== "list";
  const status = DEAL_STATUSES.find((one) => one === filter);
  const [list, waiting] = await Promise.all([
    listDeals(ctx, {
      view: board || filter === "to-register" ? "board" : "list",
      mine,
      page: Number(url.searchParams.get("page")) || 1,
      ...(status && !board ? { status } : {}),
    }),
    staff ? [] : openDealsOf(ctx),
  ]);
  if (!list) throw new Response(null, { status: 404 });
  const rows = filter === "to-register" ? toRegister(list.columns.flatMap((column) => column.rows)) : list.rows;
  return {
    list,
    rows,
    board,
    filter,
    mine,
    works: mayWorkDeals(ctx.actor),
    // a milestone that is still to come is no move yet
    yours: waiting
      .filter((item) => item.kind !== "follow" && (item.kind !== "milestone" || item.overdue))
      .map((item) => item.dealId),
  };
}

export default function DealsPage() {
  const { list, rows, board, filter, mine, works, yours } = useLoaderData<typeof loader>();
  const { t } = useTranslation("deals");
  const staff = list.reader === "staff";
  const to = (ask: { view: string; status?: string; mine?: boolean; page?: number }) => {
    const query = new URLSearchParams({ view: ask.view });
    if (ask.status && ask.status !== "live") query.set("status", ask.status);
    if (ask.mine) query.set("mine", "1");
    if (ask.page && ask.page > 1) query.set("page", String(ask.page));
    return `/deals?${query}`;
  };
  const create = works ? <LinkButton to="/deals/new">{t("list.new")}</LinkButton> : null;
  const empty = (
    <EmptyState
      title={t(`list.empty.${staff ? filter : filter === "live" ? "member" : filter}`)}
      action={filter === "live" ? create : null}
    >
      {filter === "live" ? t(staff ? "list.emptyText" : "list.emptyMember") : null}
      {filter === "to-register" ? t("list.emptyRegister") : null}
    </EmptyState>
  );
  const shown = FILTERS.filter((one) => staff || one !== "to-register");
  return (
    <>
      <PageHeader
        title={t(staff ? "list.title" : "list.titleMember")}
        lead={t(staff ? "list.lead" : "list.leadMember")}
        actions={create}
      />
      {staff ? (
        <div className="no-print mb-4 flex flex-wrap items-center gap-3">
          <LinkButton
            to={to({ view: "board", mine })}
            variant={board ? "primary" : "secondary"}
            aria-current={board ? "page" : undefined}
          >
            {t("list.board")}
          </LinkButton>
          <LinkButton
            to={to({ view: "list", mine })}
            variant={board ? "secondary" : "primary"}
            aria-current={board ? undefined : "page"}
          >
            {t("list.list")}
          </LinkButton>
          {works ? (
            <LinkButton
              to={to({ view: board ? "board" : "list", status: board ? undefined : filter, mine: !mine })}
              variant="quiet"
            >
              {t(mine ? "list.everybody" : "list.mine", { count: list.counts.mine })}
            </LinkButton>
          ) : null}
        </div>
      ) : null}
      {board ? null : (
        <TabLinks
          label={t("list.filters")}
          items={shown.map((one) => ({
            to: to({ view: "list", status: one, mine }),
            label: t(`list.filter.${one}`),
            current: one === filter,
            ...(one === "to-register"
              ? {}
              : { count: one === "live" ? list.counts.active + list.counts.paused : list.counts[one] }),
          }))}
        />
      )}
      {board ? (
        list.total === 0 ? (
          empty
        ) : (
          <>
            <DealBoard list={list} />
            <p className="no-print mt-4 flex flex-wrap gap-x-6">
              {(["closed", "lost", "terminated"] as const).map((status) => (
                <LinkButton key={status} to={to({ view: "list", status, mine })} variant="quiet" size="small">
                  {t(`list.filter.${status}`)} ({list.counts[status]})
                </LinkButton>
              ))}
            </p>
          </>
        )
      ) : (
        <>
          <DealTable rows={rows} reader={list.reader} empty={empty} yours={yours} />
          {filter === "to-register" ? null : (
            <Pagination
              page={list.page}
              pages={list.pages}
              hrefFor={(page) => to({ view: "list", status: filter, mine, page })}
            />
          )}
        </>
      )}
    </>
  );
}
