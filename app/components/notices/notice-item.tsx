import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, Button, DateText } from "~/components/ui";

type Notice = {
  id: string;
  kind: string;
  params: Record<string, string>;
  answer: string | null;
  createdAt: Date | string;
  read: boolean;
};

/** One notice: what happened, a plain link to where it leads, and a button that marks it as read. */
export function NoticeItem({ notice }: { notice: Notice }) {
  const { t } = useTranslation("notifications");
  const { listingKind, ...words } = notice.params;
  const kind = listingKind ? t(`kind.${listingKind}`) : "";
  const title = t(`kinds.${notice.kind}.title`, { ...words, kind });
  return (
    <li
      className={`card flex flex-wrap items-start gap-x-6 gap-y-2 p-4 ${notice.read ? "" : "border-l-4 border-l-primary"}`}
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <DateText date={notice.createdAt} time />
          {notice.read ? null : <Badge tone="info">{t("new")}</Badge>}
        </p>
        <p className={`mt-1 break-words ${notice.read ? "font-medium" : "font-semibold"}`}>
          <Link to={`/notices?open=${notice.id}`} prefetch="none" className="link">
            {title}
          </Link>
        </p>
        <p className="mt-1 break-words">{t(`kinds.${notice.kind}.body`, { ...words, kind })}</p>
        {notice.answer ? (
          <blockquote className="mt-2 max-w-text border-l-4 border-primary-line bg-sunken px-4 py-2 whitespace-pre-line break-words">
            {notice.answer}
          </blockquote>
        ) : null}
      </div>
      {notice.read ? null : (
        <Form method="post">
          <input type="hidden" name="id" value={notice.id} />
          <Button variant="quiet" size="small" name="intent" value="read" aria-label={t("markReadOf", { title })}>
            {t("markRead")}
          </Button>
        </Form>
      )}
    </li>
  );
}
