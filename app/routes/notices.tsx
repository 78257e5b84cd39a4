import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { isoDay } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { NoticeFilter } from "~/components/notices/notice-filter";
import { NoticeItem } from "~/components/notices/notice-item";
import { Badge, Button, EmptyState, LinkButton, PageHeader, Pagination } from "~/components/ui";
import { markRead, noticesOf } from "~/modules/notifications/index.server";
import { noticesActionSchema, noticesQuerySchema } from "~/modules/notifications/schemas";
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
  const { show, topic, page } = noticesQuerySchema.parse(Object.fromEntries(searchParams));
  return { ...(await noticesOf(ctx, { page, topic, unreadOnly: show === "unread" })), show, topic };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const parsed = noticesActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return data({ failure: fail("notifications:error.unknownIntent") }, { status: 400 });
  const result = await markRead(ctx, parsed.data.intent === "read" ? { id: parsed.data.id } : { all: true });
  if (!result.ok) throw new Response(null, { status: 404 });
  return redirect(`/notices${new URL(request.url).search}`);
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["notices"][number];

/** Notices of one local day follow each other: newest day first. */
function byDay(notices: readonly Shown[]): { day: string; notices: Shown[] }[] {
  const days: { day: string; notices: Shown[] }[] = [];
  for (const notice of notices) {
    const day = isoDay(notice.createdAt);
    const last = days.at(-1);
    if (last?.day === day) last.notices.push(notice);
    else days.push({ day, notices: [notice] });
  }
  return days;
}

export default function Notices() {
  const { t } = useTranslation("notifications");
  const { notices, unread, page, pages, show, topic, topics } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const asked = new URLSearchParams({ ...(show === "unread" ? { show } : {}), ...(topic ? { topic } : {}) });
  const narrowed = show === "unread" || topic !== null;
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
          <>
            {unread > 0 ? (
              <Form method="post">
                <Button variant="secondary" name="intent" value="read-all">
                  {t("markAllRead")}
                </Button>
              </Form>
            ) : null}
            <LinkButton to="/account/notices" variant="quiet">
              {t("mailing:choices.link")}
            </LinkButton>
          </>
        }
      />
      <FormErrors failure={answer?.failure} />
      <NoticeFilter show={show} topic={topic} topics={topics} />
      {notices.length === 0 ? (
        <EmptyState
          title={narrowed ? t("mailing:filter.empty") : t("emptyTitle")}
          action={
            narrowed ? (
              <LinkButton to="/notices">{t("mailing:filter.all")}</LinkButton>
            ) : (
              <LinkButton to="/home">{t("emptyAction")}</LinkButton>
            )
          }
        >
          {narrowed ? null : <p>{t("emptyBody")}</p>}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-6">
          {byDay(notices).map((group) => (
            <section key={group.day} aria-labelledby={`day-${group.day}`}>
              <h2 id={`day-${group.day}`} className="mb-2 text-lg font-semibold">
                {group.day.split("-").reverse().join("/")}
              </h2>
              <ul className="flex flex-col gap-3">
                {group.notices.map((notice) => (
                  <NoticeItem key={notice.id} notice={notice} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      <Pagination
        page={page}
        pages={pages}
        hrefFor={(wanted) => `/notices?${new URLSearchParams([...asked, ["page", String(wanted)]])}`}
      />
    </>
  );
}
