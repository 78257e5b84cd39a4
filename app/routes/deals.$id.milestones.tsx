import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { MilestoneEditor, storedMilestones } from "~/components/deals/milestone-editor";
import { RoyaltyPlan, royaltyDefaults } from "~/components/deals/royalty-plan";
import { SettleMilestones } from "~/components/deals/settle-milestones";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { completeMilestone, planRoyalties, saveMilestones, viewDeal } from "~/modules/deals/index.server";
import { completeMilestoneSchema, MAX_MILESTONES, milestonesSchema, royaltyPlanSchema } from "~/modules/deals/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "deals:milestone.pageTitle");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const deal = await viewDeal(ctxOf(context), params.id ?? "");
  if (!deal?.may.work) throw new Response(null, { status: 404 });
  return { deal, settled: new URL(request.url).searchParams.get("done") === "settle" };
}

async function act(ctx: Ctx, dealId: string, intent: string, form: FormData): Promise<FormAnswer | null> {
  if (intent === "settle") {
    const read = readForm(form, completeMilestoneSchema);
    if (!read.ok) return read.answer;
    const result = await completeMilestone(ctx, { dealId, ...read.value });
    return result.ok ? null : refuse(form, result);
  }
  if (intent === "royalties") {
    const read = readForm(form, royaltyPlanSchema);
    if (!read.ok) return read.answer;
    const result = await planRoyalties(ctx, { dealId, ...read.value });
    return result.ok ? null : refuse(form, result);
  }
  const read = readForm(form, milestonesSchema);
  if (!read.ok) return read.answer;
  const result = await saveMilestones(ctx, { dealId, ...read.value });
  return result.ok ? null : refuse(form, result);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "save");
  const answer = await act(ctxOf(context), params.id ?? "", intent, form);
  if (!answer) {
    const at = `/deals/${params.id}`;
    throw redirect(intent === "settle" ? `${at}/milestones?done=settle` : `${at}?done=milestones#milestones`);
  }
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ intent, ...answer }, { status: 400 });
}

/** How many rows came back with the form. */
function rowsIn(values: Record<string, string | string[]> | undefined): number {
  return Object.keys(values ?? {}).filter((name) => /^milestones\[\d+\]\.label$/.test(name)).length;
}

export default function DealMilestonesPage() {
  const { deal, settled } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("deals");
  const saving = answer?.intent === "save" ? answer : undefined;
  const form = formValues(saving, storedMilestones(deal));
  const settle = formValues(answer?.intent === "settle" ? answer : undefined, { on: deal.today });
  const royalties = formValues(answer?.intent === "royalties" ? answer : undefined, royaltyDefaults(deal, t));
  const back = `/deals/${deal.id}`;
  const done = deal.milestones.filter((row) => row.doneOn || row.waivedOn).length;
  const rowLabels = Object.fromEntries(
    Array.from({ length: MAX_MILESTONES * 2 }, (_, at) => at).flatMap((at) =>
      (["label", "dueOn", "amount"] as const).map((name) => [
        `milestones[${at}].${name}`,
        `${t("milestone.row", { number: done + at + 1 })}, ${t(`milestone.${name}`)}`,
      ]),
    ),
  );
  return (
    <>
      <PageHeader
        back={{ to: back, label: `${deal.reference} · ${deal.title}` }}
        title={t("milestone.pageTitle")}
        lead={t("milestone.lead")}
      />
      {settled ? (
        <Alert tone="success" role="status">
          {t("milestone.settled")}
        </Alert>
      ) : null}
      <FormErrors
        failure={form.failure ?? settle.failure ?? royalties.failure}
        labels={{
          ...rowLabels,
          milestoneId: t("milestone.which"),
          on: t("milestone.doneOn"),
          amount: t("milestone.paidAmount", { currency: deal.terms.currency }),
          note: t("common:note"),
          label: t("milestone.royalties.label"),
          firstOn: t("milestone.royalties.firstOn"),
          everyMonths: t("milestone.royalties.everyMonths"),
          times: t("milestone.royalties.times"),
        }}
      />
      <div className="flex flex-col gap-6">
        {deal.may.completeMilestone ? <SettleMilestones deal={deal} form={settle} /> : null}
        {deal.may.saveMilestones ? (
          <Card title={t("milestone.plan")}>
            <p className="mb-4 max-w-text text-muted">{t("milestone.planText")}</p>
            <Form method="post" noValidate key={deal.revision}>
              <input type="hidden" name="revision" value={deal.revision} />
              <input type="hidden" name="currency" value={deal.terms.currency} />
              <MilestoneEditor deal={deal} form={form} typedRows={rowsIn(saving?.values)} maximum={MAX_MILESTONES} />
              <SubmitRow>
                <Button name="intent" value="save">
                  {t("milestone.save")}
                </Button>
                <LinkButton to={back} variant="quiet">
                  {t("common:cancel")}
                </LinkButton>
              </SubmitRow>
            </Form>
          </Card>
        ) : (
          <Alert tone="warning">{t("milestone.locked")}</Alert>
        )}
        {deal.may.saveMilestones ? <RoyaltyPlan deal={deal} form={royalties} /> : null}
      </div>
    </>
  );
}
