import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { metaTitle } from "~/components/meta";
import { SubjectLink } from "~/components/operate/subject-link";
import { Badge, Card, DataTable, DateText, EmptyState, PageHeader } from "~/components/ui";
import { mailLives } from "~/modules/operations/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "operate:mail.title");

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await mailLives(ctxOf(context), params.about ?? "", params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

const TONES = { queued: "info", sending: "info", sent: "success", failed: "danger" } as const;

export default function MailLivesPage() {
  const { subject, mails, more, masked } = useLoaderData<typeof loader>();
  const { t } = useTranslation("operate");
  const kindWords = (kind: string) =>
    t([`notifications:kinds.${kind}.title`, `mailKind.${kind}`], { defaultValue: kind });
  return (
    <>
      <PageHeader
        title={t("mail.title")}
        lead={t("mail.lead")}
        above={<SubjectLink subject={subject} />}
        back={subject.to ? { to: subject.to, label: t("mail.back") } : undefined}
      />
      <Card>
        {mails.length === 0 ? (
          <EmptyState title={t("mail.empty")}>
            <p>{t("mail.emptyText")}</p>
          </EmptyState>
        ) : (
          <DataTable
            caption={t("mail.caption")}
            rows={mails}
            columns={[
              { key: "kind", header: t("mail.kind"), cell: (row) => kindWords(row.kind) },
              {
                key: "to",
                header: t("mail.to"),
                cell: (row) => (
                  <>
                    {row.person ? <span className="block">{row.person}</span> : null}
                    <span className="text-sm break-all text-muted">{row.to}</span>
                  </>
                ),
              },
              {
                key: "state",
                header: t("mail.state"),
                cell: (row) => <Badge tone={TONES[row.state]}>{t(`mailState.${row.state}`)}</Badge>,
              },
              { key: "created", header: t("mail.created"), cell: (row) => <DateText date={row.createdAt} time /> },
              {
                key: "sent",
                header: t("mail.sent"),
                cell: (row) => (row.sentAt ? <DateText date={row.sentAt} time /> : t("mail.waits")),
              },
              { key: "attempts", header: t("mail.attempts"), numeric: true, cell: (row) => row.attempts },
              {
                key: "answer",
                header: t("mail.answer"),
                cell: (row) => (
                  <span className="text-sm break-words">
                    {row.answer ?? (row.state === "sent" ? t("mail.accepted") : "–")}
                    {row.refusals
                      .filter((refusal) => refusal.later)
                      .map((refusal) => (
                        <span key={`${refusal.status}${refusal.at.getTime()}`} className="mt-1 block text-danger">
                          {t("mail.bounced", { at: formatDateTime(refusal.at), status: refusal.status })} {refusal.said}
                        </span>
                      ))}
                    {row.requestId ? (
                      <span className="mt-1 block text-xs break-all text-muted">
                        {t("mail.ref", { id: row.requestId })}
                      </span>
                    ) : null}
                  </span>
                ),
              },
            ]}
          />
        )}
        {more ? <p className="mt-4 text-sm text-muted">{t("mail.more", { count: mails.length })}</p> : null}
        {masked ? <p className="mt-4 text-sm text-muted">{t("mail.masked")}</p> : null}
      </Card>
    </>
  );
}
