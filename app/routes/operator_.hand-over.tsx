import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { FormErrors, SelectField, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, EmptyState, PageHeader } from "~/components/ui";
import { listBrokers } from "~/modules/accounts/index.server";
import { type FileHolder, fileHolders, handOverAll } from "~/modules/operations/index.server";
import { handOverAllSchema } from "~/modules/operations/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "handover:bulk.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const holders = await fileHolders(ctx);
  if (!holders) throw new Response(null, { status: 404 });
  const brokers = (await listBrokers(ctx.db)).map((one) => ({ value: one.personId, label: one.fullName }));
  return { holders, brokers };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const fromId = String(form.get("fromId") ?? "");
  const read = readForm(form, handOverAllSchema);
  if (!read.ok) return data({ ...read.answer, fromId }, { status: 400 });
  const result = await handOverAll(ctxOf(context), read.value);
  if (!result.ok) return data({ ...refuse(form, result), fromId }, { status: 400 });
  return data({ done: result.value });
}

type Brokers = { value: string; label: string }[];
type Refused = { failure: { code: string; fields?: Record<string, string[]> }; fromId: string };

function Holder({ holder, brokers, refused }: { holder: FileHolder; brokers: Brokers; refused: Refused | null }) {
  const { t } = useTranslation("handover");
  const { personId, cases, sessions, deals, dueOn } = holder;
  const others = brokers.filter((one) => one.value !== personId);
  return (
    <Card
      title={holder.fullName}
      actions={
        <Badge tone={holder.broker ? "neutral" : "danger"}>{t(holder.broker ? "bulk.still" : "bulk.gone")}</Badge>
      }
    >
      <p>{t("bulk.open", { cases, sessions, deals })}</p>
      {dueOn ? <p className="text-muted">{t("bulk.deadline", { date: formatDate(dueOn) })}</p> : null}
      {others.length === 0 ? (
        <p className="mt-3 text-muted">{t("nobody")}</p>
      ) : (
        <details open={!holder.broker || refused !== null} className="mt-3">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("open")}</summary>
          <Form method="post" noValidate className="mt-3 max-w-text">
            <input type="hidden" name="fromId" value={personId} />
            <SelectField
              id={`to-${personId}`}
              name="toBrokerId"
              label={t("to")}
              required
              placeholder={t("choose")}
              options={others}
              error={refused?.failure.fields?.toBrokerId}
            />
            <TextAreaField
              id={`note-${personId}`}
              name="note"
              label={t("note")}
              hint={t("noteHint")}
              rows={3}
              required
              maxLength={2000}
              error={refused?.failure.fields?.note}
            />
            <Button>{t("bulk.submit")}</Button>
          </Form>
        </details>
      )}
    </Card>
  );
}

export default function BulkHandOverPage() {
  const { holders, brokers } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("handover");
  const refused = answer && "failure" in answer ? (answer as Refused) : null;
  const gone = holders.filter((holder) => !holder.broker);
  const rest = holders.filter((holder) => holder.broker);
  const card = (holder: FileHolder) => (
    <Holder
      key={holder.personId}
      holder={holder}
      brokers={brokers}
      refused={refused?.fromId === holder.personId ? refused : null}
    />
  );
  return (
    <>
      <PageHeader title={t("bulk.title")} lead={t("bulk.lead")} back={{ to: "/operator", label: t("bulk.back") }} />
      {answer && "done" in answer ? (
        <Alert tone="success" role="status">
          <p>{t("bulk.done", answer.done)}</p>
        </Alert>
      ) : null}
      <FormErrors failure={refused ? { code: refused.failure.code } : null} />
      <div className="flex flex-col gap-6">
        {gone.length === 0 ? (
          <EmptyState title={t("bulk.empty")}>
            <p>{t("bulk.emptyText")}</p>
          </EmptyState>
        ) : (
          gone.map(card)
        )}
      </div>
      {rest.length > 0 ? (
        <section className="mt-8">
          <h2 className="text-xl font-semibold">{t("bulk.others")}</h2>
          <p className="mb-4 text-muted">{t("bulk.othersLead")}</p>
          <div className="flex flex-col gap-6">{rest.map(card)}</div>
        </section>
      ) : null}
    </>
  );
}
