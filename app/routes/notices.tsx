import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Badge, Button, DateText, EmptyState, LinkButton, PageHeader, Pagination } from "~/components/ui";
import { markRead, noticesOf } from "~/modules/notifications/index.server";
import { noticesActionSchema } from "~/modules/notifications/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "notifications:title");

/** The reader's notices. `?open=ID` marks one as read and goes where it leads, so that each stays a plain link. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const { searchParams } = new URL(request.url);
  const open = noticesActionSchema.safeParse({ intent: "read", id: searchParams.get("open") });
  if (open.success && open.data.intent === "read") {
    const result = await markRead(ctx, { id: open.data.id });
    if (!result.ok) throw new Response(null, { status: 404 });
    throw redirect(result.value.path ?? "/notices");
  }
  return noticesOf(ctx, Number(searchParams.get("page") ?? 1));
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const parsed = noticesActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return data({ failure: fail("notifications:error.unknownIntent") }, { status: 400 });
  const result = await markRead(ctx, parsed.data.intent === "read" ? { id: parsed.data.id } : { all: true });
  if (!result.ok) throw new Response(null, { status: 404 });
  return redirect(`/notices${new URL(request.url).search}`);
}

export default function Notices() {
  const { t } = useTranslation("notifications");
  const { notices, unread, page, pages } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        above={
          <Badge tone={unread > 0 ? "info" : "neutral"}>
            {unread > 0 ? t("unreadCount", { count: unread }) : t("noUnread")}
          </Badge>
        }
        actions={
          unread > 0 ? (
            <Form method="post">
              <Button variant="secondary" name="intent" value="read-all">
                {t("markAllRead")}
              </Button>
            </Form>
          ) : null
        }
      />
      <FormErrors failure={answer?.failure} />
      {notices.length === 0 ? (
        <EmptyState title={t("emptyTitle")} action={<LinkButton to="/home">{t("emptyAction")}</LinkButton>}>
          <p>{t("emptyBody")}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t("listCaption")} className="flex flex-col gap-3">
          {notices.map((notice) => {
            const { listingKind, ...words } = notice.params;
            const kind = listingKind ? t(`kind.${listingKind}`) : "";
            const title = t(`kinds.${notice.kind}.title`);
            return (
              <li
                key={notice.id}
                className={`card flex flex-wrap items-start gap-x-6 gap-y-2 p-4 ${notice.read ? "" : "border-l-4 border-l-primary"}`}
              >
                <div className="min-w-0 flex-1 basis-72">
                  <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
                    <DateText date={notice.createdAt} time />
                    {notice.read ? null : <Badge tone="info">{t("new")}</Badge>}
                  </p>
                  <p className={`mt-1 ${notice.read ? "font-medium" : "font-semibold"}`}>
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
                    <Button
                      variant="quiet"
                      size="small"
                      name="intent"
                      value="read"
                      aria-label={t("markReadOf", { title })}
                    >
                      {t("markRead")}
                    </Button>
                  </Form>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefFor={(wanted) => `/notices?page=${wanted}`} />
    </>
  );
}
