import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { ConflictCard } from "~/components/outcomes/conflict-card";
import { Alert, Badge, DataTable, DateText, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { outcomesToResolve, resolveOutcome } from "~/modules/deals/index.server";
import { resolveOutcomeSchema } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "outcomes:broker.title");

// when another broker was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const view = await outcomesToResolve(ctxOf(context));
  if (!view) throw new Response(null, { status: 404 });
  return { ...view, done: new URL(request.url).searchParams.has("done") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, resolveOutcomeSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await resolveOutcome(ctxOf(context), read.value);
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data(refuse(form, result), { status: 400 });
  }
  throw redirect("/broker/outcomes?done");
}

export default function OutcomesPage() {
  const { conflicts, agreements, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("outcomes");
  const refused = answer?.values.questionId;
  const shown = conflicts.some(({ step }) => step.questionId === refused);
  return (
    <>
      <PageHeader
        back={{ to: "/broker", label: t("common:nav.brokerDesk") }}
        title={t("broker.title")}
        lead={t("broker.lead")}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t("broker.done")}
        </Alert>
      ) : null}
      {/* somebody was quicker: its form is gone */}
      {answer && !shown ? <FormErrors failure={answer.failure} /> : null}
      <section className="mb-8">
        <h2 className="mb-3 text-xl font-semibold">{t("broker.conflicts")}</h2>
        {conflicts.length === 0 ? (
          <EmptyState title={t("broker.conflictsNone")}>{t("broker.conflictsNoneText")}</EmptyState>
        ) : (
          <div className="flex flex-col gap-6">
            {conflicts.map((conflict) => (
              <ConflictCard
                key={conflict.step.questionId}
                conflict={conflict}
                form={formValues(refused === conflict.step.questionId ? answer : undefined)}
              />
            ))}
          </div>
        )}
      </section>
      <section>
        <h2 className="mb-3 text-xl font-semibold">{t("broker.agreements")}</h2>
        <DataTable
          caption={t("broker.agreements")}
          rows={agreements}
          rowKey={(row) => row.caseId}
          empty={<EmptyState title={t("broker.agreementsNone")}>{t("broker.agreementsNoneText")}</EmptyState>}
          columns={[
            {
              key: "case",
              header: t("brokering:list.column.case"),
              cell: (row) => (
                <>
                  <span className="block font-medium break-words">{row.caseTitle}</span>
                  <Badge tone={row.mine ? "info" : "neutral"}>
                    {row.mine ? t("broker.mine") : t("broker.of", { name: row.broker })}
                  </Badge>
                </>
              ),
            },
            { key: "what", header: t("page.answerOurs"), cell: (row) => t(`broker.agreement.${row.answer}`) },
            { key: "since", header: t("page.answeredAt"), cell: (row) => <DateText date={row.since} /> },
            {
              key: "do",
              header: t("common:actions"),
              cell: (row) => (
                <span className="flex flex-wrap gap-2">
                  <LinkButton size="small" to={row.dealId ? `/deals/${row.dealId}` : `/deals/new?case=${row.caseId}`}>
                    {row.dealId ? t("broker.toDeal") : t("broker.openDeal")}
                  </LinkButton>
                  <LinkButton variant="secondary" size="small" to={`/broker/cases/${row.caseId}`}>
                    {t("broker.toCase")}
                  </LinkButton>
                </span>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}
