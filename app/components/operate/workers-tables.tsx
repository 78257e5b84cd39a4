import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { Badge, Card, DataTable, DateText } from "~/components/ui";
import type { QueueView, WorkerView } from "~/modules/operations/index.server";

type RetryData = { name: string; attempts: number; backoffMs: number; codes: readonly string[] };

function WorkerState({ worker }: { worker: WorkerView }) {
  const { t } = useTranslation("operate");
  if (worker.alive && worker.listening) return <Badge tone="success">{t("worker.alive")}</Badge>;
  if (worker.alive) return <Badge tone="warning">{t("worker.deaf")}</Badge>;
  return worker.stopped ? <Badge>{t("worker.stopped")}</Badge> : <Badge tone="danger">{t("worker.dead")}</Badge>;
}

/** The workers of all machines. */
export function WorkersCard({ workers }: { workers: readonly WorkerView[] }) {
  const { t } = useTranslation("operate");
  return (
    <Card title={t("workers")}>
      <DataTable
        caption={t("workers")}
        rows={workers}
        empty={<p className="text-muted">{t("workersEmpty")}</p>}
        columns={[
          { key: "where", header: t("worker.where"), cell: (row) => `${row.host} (${row.pid})` },
          { key: "state", header: t("worker.state"), cell: (row) => <WorkerState worker={row} /> },
          { key: "since", header: t("worker.since"), cell: (row) => <DateText date={row.startedAt} time /> },
          { key: "seen", header: t("worker.seen"), cell: (row) => <DateText date={row.seenAt} time /> },
        ]}
      />
    </Card>
  );
}

/** What waits in the queues, as the worker that was heard last saw it. */
export function QueuesCard({
  kind,
  queues,
}: {
  kind: string | null;
  queues: { seenAt: Date; rows: QueueView[] } | null;
}) {
  const { t } = useTranslation("operate");
  return (
    <Card title={t("queues")}>
      {queues === null || kind === null ? (
        <p className="text-muted">{t("queuesNone")}</p>
      ) : (
        <>
          <p className="mb-3 text-sm text-muted">
            {t("queuesAsOf", { kind: t(`queuesKind.${kind}`), at: formatDateTime(queues.seenAt) })}
          </p>
          <DataTable
            caption={t("queues")}
            rows={queues.rows}
            rowKey={(row) => row.name}
            columns={[
              { key: "name", header: t("queue.name"), cell: (row) => t(`jobName.${row.name}`, row.name) },
              { key: "waiting", header: t("queue.waiting"), numeric: true, cell: (row) => row.waiting },
              {
                key: "oldest",
                header: t("queue.oldest"),
                cell: (row) => (row.oldest ? <DateText date={row.oldest} time /> : "–"),
              },
              { key: "active", header: t("queue.active"), numeric: true, cell: (row) => row.active },
              { key: "delayed", header: t("queue.delayed"), numeric: true, cell: (row) => row.delayed },
              { key: "failed", header: t("queue.failed"), numeric: true, cell: (row) => row.failed },
            ]}
          />
        </>
      )}
    </Card>
  );
}

/** Which errors of which job are tried again, how often and after how long: the definitions of the jobs themselves. */
export function RetriesCard({ retries }: { retries: readonly RetryData[] }) {
  const { t } = useTranslation("operate");
  return (
    <Card title={t("retries")} id="retries">
      <p className="mb-3 max-w-text text-sm text-muted">{t("retriesText")}</p>
      <details>
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("retry.open")}</summary>
        <DataTable
          caption={t("retries")}
          rows={retries}
          rowKey={(row) => row.name}
          columns={[
            { key: "name", header: t("queue.name"), cell: (row) => t(`jobName.${row.name}`, row.name) },
            { key: "attempts", header: t("retry.attempts"), numeric: true, cell: (row) => row.attempts },
            {
              key: "first",
              header: t("retry.first"),
              numeric: true,
              cell: (row) => t("retry.seconds", { count: Math.round(row.backoffMs / 100) / 10 }),
            },
            {
              key: "codes",
              header: t("retry.codes"),
              cell: (row) => (row.codes.length > 0 ? <code className="break-words">{row.codes.join(", ")}</code> : "–"),
            },
          ]}
        />
      </details>
    </Card>
  );
}
