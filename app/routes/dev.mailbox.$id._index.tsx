import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { metaTitle } from "~/components/meta";
import { Badge, Card, DateText, DefinitionList, PageHeader } from "~/components/ui";
import { mailboxMail } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public", demoOnly: true };

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, "notifications:mailbox.mailTitle", { subject: args.data?.mail.subject ?? "" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const mail = await mailboxMail(ctx, params.id ?? "");
  if (!mail) throw new Response(null, { status: 404 });
  const { written, ...rest } = mail;
  const { text, calendar = null } = written;
  return { mail: { ...rest, text, calendar }, ownAddress: new URL(ctx.env.PUBLIC_URL).origin };
}

/** The text as it went out; addresses of this site become links, whatever else a mail may say stays words. */
function MailText({ text, ownAddress }: { text: string; ownAddress: string }) {
  return (
    <pre className="font-sans whitespace-pre-wrap break-words">
      {text.split(/(\s+)/).map((part, index) =>
        part === ownAddress || part.startsWith(`${ownAddress}/`) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text never move
          <a key={index} className="link break-all" href={part.slice(ownAddress.length) || "/"}>
            {part}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </pre>
  );
}

/** The invitation that the mail carries, to read and to try in a calendar program. */
function MailCalendar({ id, calendar }: { id: string; calendar: { method: string; text: string; filename: string } }) {
  const { t } = useTranslation("notifications");
  return (
    <Card
      title={t("mailbox.calendar")}
      actions={
        <a className="link inline-flex min-h-11 items-center" href={`/dev/mailbox/${id}/calendar.ics`}>
          {t("mailbox.calendarDownload", { filename: calendar.filename })}
        </a>
      }
    >
      <p>{t("mailbox.calendarLead")}</p>
      <DefinitionList items={[{ term: t("mailbox.calendarMethod"), description: <code>{calendar.method}</code> }]} />
      <pre className="text-sm whitespace-pre-wrap break-all">{calendar.text}</pre>
    </Card>
  );
}

export default function MailboxMail() {
  const { t } = useTranslation("notifications");
  const { mail, ownAddress } = useLoaderData<typeof loader>();
  const facts = [
    { term: t("mailbox.to"), description: <span className="break-all">{mail.to}</span> },
    { term: t("mailbox.created"), description: <DateText date={mail.createdAt} time /> },
    {
      term: t("mailbox.state"),
      description: (
        <Badge>
          {mail.heldUntil
            ? t("mailing:held", { at: formatDateTime(mail.heldUntil) })
            : t(`mailbox.states.${mail.state}`)}
        </Badge>
      ),
    },
    { term: t("mailbox.messageId"), description: <code className="text-sm break-all">{mail.messageId}</code> },
    ...(mail.lastError ? [{ term: t("mailbox.error"), description: mail.lastError }] : []),
  ];
  return (
    <>
      <PageHeader title={mail.subject} back={{ to: "/dev/mailbox", label: t("mailbox.back") }} />
      <div className="flex flex-col gap-6">
        <Card
          title={t("mailbox.text")}
          actions={
            <a
              className="link inline-flex min-h-11 items-center"
              href={`/dev/mailbox/${mail.id}/html`}
              target="_blank"
              rel="noreferrer"
            >
              {t("mailbox.html")}
            </a>
          }
        >
          <div lang={mail.locale}>
            <MailText text={mail.text} ownAddress={ownAddress} />
          </div>
        </Card>
        {mail.calendar && <MailCalendar id={mail.id} calendar={mail.calendar} />}
        <Card>
          <DefinitionList items={facts} />
        </Card>
      </div>
    </>
  );
}
