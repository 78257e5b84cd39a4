import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import {
  Alert,
  Badge,
  Button,
  Card,
  DateText,
  DefinitionList,
  EmptyState,
  LinkButton,
  PageHeader,
  Pagination,
  TabLinks,
} from "~/components/ui";
import {
  type DeadLetterView,
  dropDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from "~/modules/notifications/index.server";
import { deadLetterActionSchema } from "~/modules/notifications/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { type Failure, fail } from "~/platform/result";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "notifications:dead.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const resolved = searchParams.get("show") === "resolved";
  const list = await listDeadLetters(ctxOf(context), { resolved, page: Number(searchParams.get("page") ?? 1) });
  if (!list) throw new Response(null, { status: 404 });
  return { ...list, showResolved: resolved };
}

type Answer = { failure: Failure; id: string | null; note: string } | { done: "replay" | "drop" };

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const parsed = deadLetterActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) {
    return data<Answer>({ failure: fail("notifications:error.unknownIntent"), id: null, note: "" }, { status: 400 });
  }
  const input = parsed.data;
  const result = input.intent === "replay" ? await replayDeadLetter(ctx, input) : await dropDeadLetter(ctx, input);
  if (result.ok) return data<Answer>({ done: input.intent });
  if (result.code === "notFound") throw new Response(null, { status: 404 });
  return data<Answer>(
    { failure: result, id: input.id, note: input.intent === "drop" ? input.note : "" },
    { status: 400 },
  );
}

function DeadLetter({ letter, answer }: { letter: DeadLetterView; answer?: { failure: Failure; note: string } }) {
  const { t } = useTranslation("notifications");
  const resolution =
    letter.resolution === "replayed"
      ? t("dead.replayed")
      : t("dead.dropped", { note: letter.resolution?.replace(/^dropped: /, "") ?? "" });
  return (
    <Card
      title={t(`dead.jobs.${letter.jobName}`, letter.jobName)}
      actions={<Badge tone={letter.resolvedAt ? "neutral" : "danger"}>{letter.errorCode}</Badge>}
    >
      <DefinitionList
        items={[
          { term: t("dead.jobId"), description: <code className="text-sm break-all">{letter.jobId}</code> },
          { term: t("dead.created"), description: <DateText date={letter.createdAt} time /> },
          { term: t("dead.payload"), description: <code className="text-sm break-all">{letter.payload}</code> },
          {
            term: t("dead.error"),
            description: <pre className="text-sm whitespace-pre-wrap break-words">{letter.error}</pre>,
          },
          ...(letter.resolvedAt ? [{ term: t("dead.resolution"), description: resolution }] : []),
        ]}
      />
      {letter.resolvedAt ? null : (
        <div className="no-print mt-4 flex flex-col gap-4 border-t border-line pt-4">
          <Form method="post">
            <input type="hidden" name="id" value={letter.id} />
            <Button name="intent" value="replay">
              {t("dead.replay")}
            </Button>
          </Form>
          <details open={answer !== undefined}>
            <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("dead.dropTitle")}</summary>
            <Form method="post" className="mt-3 max-w-text">
              <input type="hidden" name="id" value={letter.id} />
              <TextField
                id={`note-${letter.id}`}
                name="note"
                label={t("dead.note")}
                hint={t("dead.noteHint")}
                required
                maxLength={500}
                defaultValue={answer?.note}
                error={answer?.failure.fields?.note}
              />
              <Button variant="danger" name="intent" value="drop">
                {t("dead.drop")}
              </Button>
            </Form>
          </details>
        </div>
      )}
    </Card>
  );
}

export default function DeadLetters() {
  const { t } = useTranslation("notifications");
  const { letters, open, resolved, page, pages, showResolved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const failed = answer && "failure" in answer ? answer : undefined;
  const base = `/broker/dead-letters?show=${showResolved ? "resolved" : "open"}`;
  return (
    <>
      <PageHeader
        title={t("dead.title")}
        lead={t("dead.lead")}
        actions={
          <LinkButton to="/broker/suppressions" variant="secondary">
            {t("mailing:suppressed.title")}
          </LinkButton>
        }
      />
      {answer && "done" in answer ? (
        <Alert tone="success" role="status">
          <p>{t(`dead.${answer.done}Done`)}</p>
        </Alert>
      ) : null}
      <FormErrors failure={failed ? { code: failed.failure.code } : null} />
      <TabLinks
        label={t("dead.tabs")}
        items={[
          { to: "/broker/dead-letters?show=open", label: t("dead.open"), current: !showResolved, count: open },
          {
            to: "/broker/dead-letters?show=resolved",
            label: t("dead.resolved"),
            current: showResolved,
            count: resolved,
          },
        ]}
      />
      {letters.length === 0 ? (
        <EmptyState title={t("dead.empty")}>
          <p>{t("dead.emptyBody")}</p>
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-6">
          {letters.map((letter) => (
            <DeadLetter key={letter.id} letter={letter} answer={failed?.id === letter.id ? failed : undefined} />
          ))}
        </div>
      )}
      <Pagination page={page} pages={pages} hrefFor={(wanted) => `${base}&page=${wanted}`} />
    </>
  );
}
