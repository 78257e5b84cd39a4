import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { DeadLetterCard } from "~/components/operate/dead-letter-card";
import { DeadLetterGroups } from "~/components/operate/dead-letter-groups";
import { Alert, EmptyState, LinkButton, PageHeader, Pagination, TabLinks } from "~/components/ui";
import {
  dropDeadLetter,
  dropDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from "~/modules/notifications/index.server";
import { deadLetterActionSchema } from "~/modules/notifications/schemas";
import { listDeadLetters } from "~/modules/operations/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { type Failure, fail } from "~/platform/result";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "operate:dead.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const resolved = searchParams.get("show") === "resolved";
  const cause = { jobName: searchParams.get("job") ?? undefined, errorCode: searchParams.get("code") ?? undefined };
  const page = Number(searchParams.get("page") ?? 1);
  const list = await listDeadLetters(ctxOf(context), { resolved, page, ...cause });
  if (!list) throw new Response(null, { status: 404 });
  return { ...list, showResolved: resolved, cause };
}

type Answer =
  | { failure: Failure; id: string | null; cause: { jobName: string; errorCode: string } | null; note: string }
  | { done: "replay" | "drop" | "replay-all" | "drop-all"; count: number };

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const parsed = deadLetterActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) {
    const failure = fail("notifications:error.unknownIntent");
    return data<Answer>({ failure, id: null, cause: null, note: "" }, { status: 400 });
  }
  const input = parsed.data;
  const result =
    input.intent === "replay"
      ? await replayDeadLetter(ctx, input)
      : input.intent === "drop"
        ? await dropDeadLetter(ctx, input)
        : input.intent === "replay-all"
          ? await replayDeadLetters(ctx, input)
          : await dropDeadLetters(ctx, input);
  if (result.ok) return data<Answer>({ done: input.intent, count: result.value ?? 1 });
  if (result.code === "notFound") throw new Response(null, { status: 404 });
  const cause = "jobName" in input ? { jobName: input.jobName, errorCode: input.errorCode } : null;
  return data<Answer>(
    { failure: result, id: "id" in input ? input.id : null, cause, note: "note" in input ? input.note : "" },
    { status: 400 },
  );
}

export default function DeadLetters() {
  const { t } = useTranslation("operate");
  const { t: say } = useTranslation("notifications");
  const { letters, groups, open, resolved, page, pages, showResolved, cause } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const failed = answer && "failure" in answer ? answer : undefined;
  const query = new URLSearchParams({ show: showResolved ? "resolved" : "open" });
  if (cause.jobName) query.set("job", cause.jobName);
  if (cause.errorCode) query.set("code", cause.errorCode);
  const said = {
    replay: () => say("dead.replayDone"),
    drop: () => say("dead.dropDone"),
    "replay-all": (count: number) => t("dead.replayedAll", { count }),
    "drop-all": (count: number) => t("dead.droppedAll", { count }),
  };
  return (
    <>
      <PageHeader
        title={t("dead.title")}
        lead={t("dead.lead")}
        back={{ to: "/operator", label: t("dead.back") }}
        actions={
          <LinkButton to="/broker/suppressions" variant="secondary">
            {t("mailing:suppressed.title")}
          </LinkButton>
        }
      />
      {answer && "done" in answer ? (
        <Alert tone="success" role="status">
          <p>{said[answer.done](answer.count)}</p>
        </Alert>
      ) : null}
      <FormErrors failure={failed ? { code: failed.failure.code } : null} />
      {showResolved ? null : <DeadLetterGroups groups={groups} answer={failed} />}
      <TabLinks
        label={say("dead.tabs")}
        items={[
          { to: "/broker/dead-letters?show=open", label: say("dead.open"), current: !showResolved, count: open },
          {
            to: "/broker/dead-letters?show=resolved",
            label: say("dead.resolved"),
            current: showResolved,
            count: resolved,
          },
        ]}
      />
      {cause.jobName || cause.errorCode ? (
        <p className="mb-4">
          <Link className="link inline-flex min-h-11 items-center" to="/broker/dead-letters">
            {t("dead.all")}
          </Link>
        </p>
      ) : null}
      {letters.length === 0 ? (
        <EmptyState title={say("dead.empty")}>
          <p>{say("dead.emptyBody")}</p>
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-6">
          {letters.map((letter) => (
            <DeadLetterCard
              key={letter.id}
              letter={letter}
              answer={failed?.id === letter.id ? { failure: failed.failure, note: failed.note } : undefined}
            />
          ))}
        </div>
      )}
      <Pagination page={page} pages={pages} hrefFor={(wanted) => `/broker/dead-letters?${query}&page=${wanted}`} />
    </>
  );
}
