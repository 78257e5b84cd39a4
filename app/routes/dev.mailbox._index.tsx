import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { metaTitle } from "~/components/meta";
import { Badge, DataTable, DateText, EmptyState, PageHeader, type Tone } from "~/components/ui";
import { mailbox } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public", demoOnly: true };

export const meta: MetaFunction = (args) => metaTitle(args, "notifications:mailbox.title");

export async function loader({ context }: LoaderFunctionArgs) {
  return { mails: await mailbox(ctxOf(context)) };
}

const TONES: Record<string, Tone> = { queued: "info", sending: "info", sent: "success", failed: "danger" };

export default function Mailbox() {
  const { t } = useTranslation("notifications");
  const { mails } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={t("mailbox.title")} lead={t("mailbox.lead")} />
      <DataTable
        caption={t("mailbox.caption")}
        rows={mails}
        empty={
          <EmptyState title={t("mailbox.empty")}>
            <p>{t("mailbox.emptyBody")}</p>
          </EmptyState>
        }
        columns={[
          {
            key: "subject",
            header: t("mailbox.subject"),
            cell: (mail) => (
              <Link to={`/dev/mailbox/${mail.id}`} className="link inline-block py-1.5" lang={mail.locale}>
                {mail.subject}
              </Link>
            ),
          },
          { key: "to", header: t("mailbox.to"), cell: (mail) => <span className="break-all">{mail.to}</span> },
          { key: "created", header: t("mailbox.created"), cell: (mail) => <DateText date={mail.createdAt} time /> },
          {
            key: "state",
            header: t("mailbox.state"),
            cell: (mail) => (
              <Badge tone={TONES[mail.state]}>
                {mail.heldUntil
                  ? t("mailing:held", { at: formatDateTime(mail.heldUntil) })
                  : t(`mailbox.states.${mail.state}`)}
              </Badge>
            ),
          },
        ]}
      />
    </>
  );
}
