import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { AcceptanceCard } from "~/components/deals/acceptance-card";
import { DealBadges } from "~/components/deals/badges";
import { ChecklistCard } from "~/components/deals/checklist-card";
import { countryName } from "~/components/deals/countries";
import { ExitsCard, PartiesCard, PlanCard } from "~/components/deals/deal-aside";
import { DealStory } from "~/components/deals/deal-story";
import { DealTermsCard } from "~/components/deals/deal-terms";
import { DocumentCard } from "~/components/deals/document-list";
import { MilestoneCard } from "~/components/deals/milestone-table";
import { NextStep } from "~/components/deals/next-step";
import { RegistrationBox } from "~/components/deals/registration-box";
import { StageTrack } from "~/components/deals/stage-track";
import { trackOf } from "~/components/deals/track";
import { FormErrors } from "~/components/forms";
import { plainTitle } from "~/components/meta";
import { Alert, Card, LinkButton, PageHeader } from "~/components/ui";
import { confirmAcceptance, planDeal, viewDeal } from "~/modules/deals/index.server";
import { acceptanceSchema, dealPlanSchema, MOVE_COMMANDS } from "~/modules/deals/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) =>
  plainTitle(args.data ? `${args.data.deal.title} (${args.data.deal.reference})` : "");

/** What was just done, as the address says it. */
const DONE = [
  "handed-over",
  ...MOVE_COMMANDS,
  "opened",
  "plan",
  "accept",
  "terms",
  "milestones",
  "document",
  "pause",
  "resume",
  "lose",
  "terminate",
] as const;

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const deal = await viewDeal(ctx, params.id ?? "");
  if (!deal) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  const { transferorCountry, transfereeCountry } = deal.terms;
  return {
    deal,
    done: DONE.find((done) => done === asked) ?? null,
    countries: {
      transferor: transferorCountry && countryName(transferorCountry, ctx.locale),
      transferee: transfereeCountry && countryName(transfereeCountry, ctx.locale),
    },
  };
}

async function act(ctx: Ctx, dealId: string, intent: string, form: FormData): Promise<FormAnswer | null> {
  switch (intent) {
    case "plan": {
      const read = readForm(form, dealPlanSchema);
      if (!read.ok) return read.answer;
      const result = await planDeal(ctx, { dealId, ...read.value });
      return result.ok ? null : refuse(form, result);
    }
    case "accept": {
      const read = readForm(form, acceptanceSchema);
      if (!read.ok) return read.answer;
      const result = await confirmAcceptance(ctx, { dealId, ...read.value });
      return result.ok ? null : refuse(form, result);
    }
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const answer = await act(ctxOf(context), params.id ?? "", intent, form);
  if (!answer) throw redirect(`/deals/${params.id}?done=${intent}`);
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ intent, ...answer }, { status: 400 });
}

export default function DealPage() {
  const { deal, done, countries } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("deals");
  const plan = formValues(answer?.intent === "plan" ? answer : undefined, {
    nextAction: deal.next?.action ?? null,
    nextActionOn: deal.next?.on ?? null,
  });
  return (
    <>
      <PageHeader
        back={{ to: "/deals", label: t("list.title") }}
        above={
          <>
            <span className="font-medium tabular-nums">{deal.reference}</span>
            <DealBadges stage={deal.stage} status={deal.status} />
          </>
        }
        title={deal.title}
        lead={
          <>
            {deal.parties.transferor?.name ?? t("party.missing")} <span aria-hidden="true">→</span>
            <span className="sr-only"> {t("card.to")} </span> {deal.parties.transferee?.name ?? t("party.missing")}
          </>
        }
        actions={
          <>
            {deal.may.readMails ? (
              <LinkButton to={`/broker/mails/deal/${deal.id}`} variant="quiet">
                {t("operate:mail.open")}
              </LinkButton>
            ) : null}
            {deal.may.handOver ? (
              <LinkButton to={`/deals/${deal.id}/hand-over`} variant="secondary">
                {t("handover:open")}
              </LinkButton>
            ) : null}
            <LinkButton to={`/deals/${deal.id}/print`} variant="secondary">
              {t("print.open")}
            </LinkButton>
          </>
        }
      />
      {done ? (
        <Alert tone="success" role="status">
          {done === "handed-over" ? t("handover:done") : t(`done.${done}`)}
        </Alert>
      ) : null}
      {answer?.intent === "accept" ? <FormErrors failure={answer.failure} /> : null}
      <Card className="mb-6">
        <StageTrack items={trackOf(deal)} />
      </Card>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <NextStep deal={deal} />
          <RegistrationBox deal={deal} />
          <DealTermsCard deal={deal} countries={countries} />
          <MilestoneCard deal={deal} />
          <DocumentCard deal={deal} />
          <ChecklistCard deal={deal} />
          <Card title={t("story.title")}>
            <DealStory deal={deal} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <PartiesCard deal={deal} countries={countries} />
          <AcceptanceCard deal={deal} />
          <PlanCard deal={deal} form={plan} />
          <ExitsCard deal={deal} />
        </div>
      </div>
    </>
  );
}
