import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { metaTitle } from "~/components/meta";
import { AttentionList } from "~/components/operate/attention-list";
import { FailuresTable } from "~/components/operate/failures-table";
import { FilesCard } from "~/components/operate/files-card";
import { SweepsTable } from "~/components/operate/sweeps-table";
import { QueuesCard, RetriesCard, WorkersCard } from "~/components/operate/workers-tables";
import { Card, DataTable, LinkButton, PageHeader, StatTile } from "~/components/ui";
import { RETRIES } from "~/modules/notifications/index.server";
import { operatorOverview } from "~/modules/operations/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "operate:title");

export async function loader({ context }: LoaderFunctionArgs) {
  const view = await operatorOverview(ctxOf(context));
  if (!view) throw new Response(null, { status: 404 });
  // what is tried again is no state of the exchange but a part of its jobs
  return { ...view, retries: RETRIES };
}

const MAIL_STATES = ["queued", "sending", "sent", "failed"] as const;

export default function OperatorPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("operate");
  const oldest = (at: Date | null) => (at ? t("oldest", { at: formatDateTime(at) }) : t("none"));
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        above={t("asOf", { at: formatDateTime(view.now) })}
        actions={
          <>
            <LinkButton variant="secondary" to="/operator" reloadDocument>
              {t("refresh")}
            </LinkButton>
            <LinkButton variant="secondary" to="/broker/dead-letters">
              {t("openDead")}
            </LinkButton>
            <LinkButton variant="secondary" to="/operator/hand-over">
              {t("openHandOver")}
            </LinkButton>
          </>
        }
      />
      <AttentionList attention={view.attention} />
      <div className="flex flex-col gap-6">
        <section aria-label={t("waiting")} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <StatTile label={t("waitingEvents")} value={view.waiting.events} hint={oldest(view.waiting.oldestEvent)} />
          <StatTile label={t("waitingMails")} value={view.waiting.mails} hint={oldest(view.waiting.oldestMail)} />
          <StatTile
            label={t("indexBehind")}
            value={view.index.behind}
            hint={view.index.since ? oldest(view.index.since) : t("indexOf", { count: view.index.published })}
          />
          <StatTile label={t("dead.title")} value={view.deadLetters} to="/broker/dead-letters" />
        </section>
        <Card title={t("failures")}>
          <FailuresTable failures={view.failures} />
        </Card>
        <div className="grid gap-6 lg:grid-cols-2">
          <Card title={t("figures")}>
            <DataTable
              caption={t("figures")}
              rows={view.throughput}
              rowKey={(row) => row.key}
              columns={[
                { key: "what", header: t("throughput.what"), cell: (row) => t(`throughput.${row.key}`) },
                { key: "hour", header: t("throughput.hour"), numeric: true, cell: (row) => row.hour },
                { key: "day", header: t("throughput.day"), numeric: true, cell: (row) => row.day },
              ]}
            />
          </Card>
          <Card title={t("mails")}>
            <DataTable
              caption={t("mails")}
              rows={MAIL_STATES.map((state) => ({ state, count: view.mails[state] }))}
              rowKey={(row) => row.state}
              columns={[
                { key: "state", header: t("mail.state"), cell: (row) => t(`mailState.${row.state}`) },
                { key: "count", header: t("failure.count"), numeric: true, cell: (row) => row.count },
              ]}
            />
          </Card>
        </div>
        <Card title={t("sweeps")}>
          <SweepsTable sweeps={view.sweeps} />
        </Card>
        <FilesCard files={view.files} />
        <WorkersCard workers={view.workers} />
        <QueuesCard kind={view.queueKind} queues={view.queues} />
        <RetriesCard retries={view.retries} />
      </div>
    </>
  );
}
