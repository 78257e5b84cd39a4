import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { SessionBadge } from "~/components/sessions/states";
import { WhenText } from "~/components/sessions/when";
import { Badge, DataTable, EmptyState, LinkButton, PageHeader, TabLinks } from "~/components/ui";
import { listSessions, mayWorkSessions } from "~/modules/sessions/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:list.title");

const VIEWS = ["mine", "coming", "past"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const asked = new URL(request.url).searchParams.get("view");
  const works = mayWorkSessions(ctx.actor);
  // a leader runs no sessions
  const view = VIEWS.find((one) => one === asked && (works || one !== "mine")) ?? (works ? "mine" : "coming");
  const list = await listSessions(ctx, { mine: view === "mine", past: view === "past" });
  if (!list) throw new Response(null, { status: 404 });
  return { ...list, view, works };
}

type Row = Awaited<ReturnType<typeof loader>>["rows"][number];

/** What a session waits for, in badges; nothing when all is well. */
function Waiting({ row }: { row: Row }) {
  const { t } = useTranslation("sessions");
  const open = row.state !== "closed" && row.state !== "cancelled";
  if (open && row.meetings === 0) return <Badge tone="warning">{t("list.noMeetings")}</Badge>;
  const badges = [
    row.declined > 0 ? (
      <Badge key="declined" tone="danger">
        {t("list.declined", { count: row.declined })}
      </Badge>
    ) : null,
    row.unanswered > 0 ? (
      <Badge key="unanswered" tone="warning">
        {t("list.unanswered", { count: row.unanswered })}
      </Badge>
    ) : null,
    row.toWrite > 0 ? (
      <Badge key="write" tone="warning">
        {t("list.toWrite", { count: row.toWrite })}
      </Badge>
    ) : null,
  ].filter(Boolean);
  return badges.length > 0 ? (
    <span className="flex flex-wrap gap-1.5">{badges}</span>
  ) : (
    <span className="text-muted">{t("list.nothing")}</span>
  );
}

export default function SessionsPage() {
  const { rows, counts, view, works } = useLoaderData<typeof loader>();
  const { t } = useTranslation("sessions");
  return (
    <>
      <PageHeader
        title={t("list.title")}
        lead={t("list.lead")}
        actions={works ? <LinkButton to="/broker/sessions/new">{t("list.new")}</LinkButton> : null}
      />
      <TabLinks
        label={t("list.views")}
        items={VIEWS.filter((one) => works || one !== "mine").map((one) => ({
          to: `/broker/sessions?view=${one}`,
          label: t(`list.view.${one}`),
          current: one === view,
          count: counts[one],
        }))}
      />
      <DataTable
        caption={t("list.title")}
        rows={rows}
        empty={
          <EmptyState
            title={t(`list.empty.${view}`)}
            action={works ? <LinkButton to="/broker/sessions/new">{t("list.new")}</LinkButton> : null}
          >
            {t("list.emptyText")}
          </EmptyState>
        }
        columns={[
          {
            key: "when",
            header: t("list.column.when"),
            cell: (row) => <WhenText startsAt={row.startsAt} endsAt={row.endsAt} stacked />,
          },
          {
            key: "session",
            header: t("list.column.session"),
            cell: (row) => (
              <>
                <Link className="link font-medium break-words" to={`/broker/sessions/${row.id}`}>
                  {row.title}
                </Link>
                <span className="block text-sm text-muted">
                  {row.place ?? t(row.onlineUrl ? "table.online" : "session.noPlace")}
                </span>
              </>
            ),
          },
          { key: "state", header: t("common:state"), cell: (row) => <SessionBadge state={row.state} /> },
          { key: "meetings", header: t("list.column.meetings"), numeric: true, cell: (row) => row.meetings },
          { key: "waiting", header: t("list.column.waiting"), cell: (row) => <Waiting row={row} /> },
          { key: "owner", header: t("list.column.owner"), cell: (row) => (row.mine ? t("list.me") : row.owner) },
        ]}
      />
    </>
  );
}
