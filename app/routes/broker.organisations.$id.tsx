import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ClaimsCard } from "~/components/accounts/broker-claims";
import { DecisionForm } from "~/components/accounts/decision-form";
import { formValues } from "~/components/accounts/form-values";
import { RequestsCard } from "~/components/accounts/members";
import { OrganisationList } from "~/components/accounts/organisation-list";
import { OrganisationProfile } from "~/components/accounts/organisation-profile";
import { FormErrors, SelectField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, LinkButton, PageHeader, Timeline } from "~/components/ui";
import {
  assignBroker,
  decideClaim,
  decideMembership,
  decideOrganisation,
  viewOrganisationForBroker,
} from "~/modules/accounts/index.server";
import { decideClaimSchema, decideOrganisationSchema, ORGANISATION_REASONS } from "~/modules/accounts/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";
import type { Result } from "~/platform/result";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, "accounts:organisation.metaTitle", { name: args.data?.view.nameVi ?? "" });

const DONE = ["approve", "reject", "claim-approve", "claim-reject", "accept", "decline", "assign"] as const;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const view = await viewOrganisationForBroker(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  return { view, done: DONE.find((done) => done === asked) ?? null };
}

type Outcome = { result: Result<unknown>; done: string } | { answer: FormAnswer };

async function act(ctx: Ctx, organisationId: string, intent: string, form: FormData): Promise<Outcome> {
  const of = (name: string) => String(form.get(name) ?? "");
  switch (intent) {
    case "organisation": {
      const read = readForm(form, decideOrganisationSchema);
      if (!read.ok) return { answer: read.answer };
      return { result: await decideOrganisation(ctx, { organisationId, ...read.value }), done: read.value.decision };
    }
    case "claim": {
      const read = readForm(form, decideClaimSchema);
      if (!read.ok) return { answer: read.answer };
      return {
        result: await decideClaim(ctx, { claimId: of("claimId"), ...read.value }),
        done: `claim-${read.value.decision}`,
      };
    }
    case "accept":
    case "decline":
      return {
        result: await decideMembership(ctx, { membershipId: of("membershipId"), decision: intent }),
        done: intent,
      };
    case "assign":
      return { result: await assignBroker(ctx, { organisationId, brokerId: of("brokerId") }), done: intent };
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent"));
  const outcome = await act(ctxOf(context), params.id ?? "", intent, form);
  const claimId = String(form.get("claimId") ?? "");
  if ("answer" in outcome) return data({ intent, claimId, ...outcome.answer }, { status: 400 });
  if (!outcome.result.ok) {
    if (outcome.result.code === "notFound") throw new Response(null, { status: 404 });
    return data({ intent, claimId, ...refuse(form, outcome.result) }, { status: 400 });
  }
  throw redirect(`/broker/organisations/${params.id}?done=${outcome.done}`);
}

const TONES = { pending: "warning", verified: "success", rejected: "danger", merged: "neutral" } as const;

export default function BrokerOrganisationPage() {
  const { view, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["accounts", "common"]);
  const failedClaim = answer?.intent === "claim" ? { claimId: answer.claimId, form: formValues(answer) } : null;
  // somebody else decided meanwhile: the form is gone and the message must still be seen
  const stray =
    answer &&
    !(answer.intent === "organisation" && view.state === "pending") &&
    !(failedClaim && view.claims.some((claim) => claim.id === failedClaim.claimId && claim.state === "pending"));
  const requests = view.memberships
    .filter((row) => row.state === "requested")
    .map(({ person, ...row }) => ({ ...row, ...person, id: row.id, personId: person.id, createdAt: row.createdAt }));
  return (
    <>
      <PageHeader
        title={view.nameVi}
        above={<Badge tone={TONES[view.state]}>{t(`organisationState.${view.state}`)}</Badge>}
        back={{ to: "/broker/organisations", label: t("broker.detailBack") }}
        actions={
          <LinkButton to={`/organisations/${view.id}`} variant="secondary">
            {t("broker.publicPage")}
          </LinkButton>
        }
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(`broker.done.${done}`)}
        </Alert>
      ) : null}
      {stray ? <FormErrors failure={answer.failure} /> : null}
      {view.state === "rejected" ? (
        <Alert tone="danger" title={t("organisation.rejectedTitle")}>
          {view.rejectReason ? t(`reason.${view.rejectReason}`) : null} {view.rejectNote}
        </Alert>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-6">
          <Card title={t("organisation.profile")}>
            <OrganisationProfile row={view} />
          </Card>
          <ClaimsCard
            claims={view.claims}
            founderId={view.createdById}
            decidedWithOrganisation={view.state === "pending"}
            failed={failedClaim}
          />
          <RequestsCard requests={requests} />
        </div>
        <div className="grid min-w-0 gap-6">
          {view.state === "pending" ? (
            <Card title={t("broker.decideTitle")} id="decide">
              <DecisionForm
                intent="organisation"
                id={view.id}
                list="organisation.reject"
                reasons={ORGANISATION_REASONS}
                form={formValues(answer?.intent === "organisation" ? answer : undefined)}
                approveLabel={t("broker.verify")}
                rejectLabel={t("broker.reject")}
              />
            </Card>
          ) : null}
          <Card title={t("broker.duplicates")}>
            {view.duplicates.length > 0 ? (
              <OrganisationList rows={view.duplicates} forBroker />
            ) : (
              <p className="text-muted">{t("broker.noDuplicates")}</p>
            )}
          </Card>
          <Card title={t("broker.brokerInCharge")}>
            <Form method="post">
              <SelectField
                name="brokerId"
                label={t("common:broker")}
                defaultValue={view.brokerId ?? ""}
                placeholder={t("broker.noBroker")}
                options={view.brokers.map((row) => ({ value: row.personId, label: row.fullName }))}
              />
              <Button variant="secondary" name="intent" value="assign">
                {t("broker.assign")}
              </Button>
            </Form>
          </Card>
          <Card title={t("broker.history")}>
            <Timeline
              items={view.history.map((row) => ({ key: row.id, at: row.at, title: t(`history.${row.action}`) }))}
            />
          </Card>
        </div>
      </div>
    </>
  );
}
