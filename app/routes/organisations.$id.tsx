import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { AskCards, SignInToAsk } from "~/components/accounts/ask-cards";
import { formValues } from "~/components/accounts/form-values";
import { InvitationsCard, MembersCard, RequestsCard } from "~/components/accounts/members";
import { OfficeApprovalCard } from "~/components/accounts/office-approval-card";
import { OrganisationProfile } from "~/components/accounts/organisation-profile";
import { FormErrors } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, LinkButton, PageHeader } from "~/components/ui";
import {
  claimOrganisation,
  decideMembership,
  endMembership,
  inviteColleague,
  requestMembership,
  revokeInvitation,
  setMembershipRole,
  setOfficeApproval,
  viewOrganisation,
} from "~/modules/accounts/index.server";
import { evidenceSchema, inviteSchema, joinSchema } from "~/modules/accounts/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";
import type { Result } from "~/platform/result";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, "accounts:organisation.metaTitle", { name: args.data?.view.nameVi ?? "" });

const DONE = [
  "founded",
  "edit",
  "claim",
  "join",
  "joined",
  "invite",
  "revoke-invitation",
  "accept",
  "decline",
  "end",
  "role",
  "office-approval",
] as const;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const view = await viewOrganisation(ctx, params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  return { view, signedIn: ctx.actor.kind === "person", done: DONE.find((done) => done === asked) ?? null };
}

async function act(
  ctx: Ctx,
  organisationId: string,
  intent: string,
  form: FormData,
): Promise<{ result: Result<unknown> } | { answer: FormAnswer }> {
  const membershipId = String(form.get("membershipId") ?? "");
  switch (intent) {
    case "join": {
      const read = readForm(form, joinSchema);
      return read.ok
        ? { result: await requestMembership(ctx, { organisationId, ...read.value }) }
        : { answer: read.answer };
    }
    case "claim": {
      const read = readForm(form, evidenceSchema);
      return read.ok
        ? { result: await claimOrganisation(ctx, { organisationId, ...read.value }) }
        : { answer: read.answer };
    }
    case "invite": {
      const read = readForm(form, inviteSchema);
      return read.ok
        ? { result: await inviteColleague(ctx, { organisationId, ...read.value }) }
        : { answer: read.answer };
    }
    case "revoke-invitation":
      return { result: await revokeInvitation(ctx, { invitationId: String(form.get("invitationId") ?? "") }) };
    case "accept":
    case "decline":
      return { result: await decideMembership(ctx, { membershipId, decision: intent }) };
    case "role":
      return {
        result: await setMembershipRole(ctx, {
          membershipId,
          role: form.get("role") === "manager" ? "manager" : "member",
        }),
      };
    case "office-approval":
      return { result: await setOfficeApproval(ctx, { organisationId, required: form.get("required") === "yes" }) };
    case "end":
    case "leave":
      return { result: await endMembership(ctx, { membershipId }) };
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const here = `/organisations/${params.id}`;
  if (ctx.actor.kind !== "person") throw redirect(`/sign-in?next=${encodeURIComponent(here)}`);
  const form = await request.formData();
  const intent = String(form.get("intent"));
  const outcome = await act(ctx, params.id ?? "", intent, form);
  if ("answer" in outcome) return data({ intent, ...outcome.answer }, { status: 400 });
  if (!outcome.result.ok) {
    if (outcome.result.code === "notFound") throw new Response(null, { status: 404 });
    return data({ intent, ...refuse(form, outcome.result) }, { status: 400 });
  }
  throw redirect(intent === "leave" ? "/account#organisations" : `${here}?done=${intent}`);
}

const FORMS = ["join", "claim", "invite"];
const TONES = { pending: "warning", verified: "success", rejected: "danger", merged: "neutral" } as const;

export default function OrganisationPage() {
  const { view, signedIn, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["accounts", "common"]);
  const locale = useLocale();
  const of = (intent: string) => formValues(answer?.intent === intent ? answer : undefined);
  const imported = view.origin === "imported" && view.state === "pending";
  return (
    <>
      <PageHeader
        title={(locale === "en" && view.nameEn) || view.nameVi}
        above={<Badge tone={TONES[view.state]}>{t(`organisationState.${view.state}`)}</Badge>}
        actions={
          <>
            {view.may.edit ? (
              <LinkButton to={`/organisations/${view.id}/edit`} variant="secondary">
                {t("organisation.edit")}
              </LinkButton>
            ) : null}
            {view.may.decide ? (
              <LinkButton to={`/broker/organisations/${view.id}`} variant="secondary">
                {t("broker.open")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(`organisation.done.${done}`)}
        </Alert>
      ) : null}
      {answer && !FORMS.includes(answer.intent) ? <FormErrors failure={answer.failure} /> : null}
      {view.state === "pending" && view.may.seeMembers && !imported ? (
        <Alert tone="warning" title={t("organisation.pendingTitle")}>
          {t("organisation.pendingText")}
        </Alert>
      ) : null}
      {imported ? <Alert>{t("organisation.importedText")}</Alert> : null}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-6">
          {view.may.manage ? <RequestsCard requests={view.requests} /> : null}
          <Card title={t("organisation.profile")}>
            <OrganisationProfile row={view} />
          </Card>
        </div>
        <div className="grid min-w-0 gap-6">
          {view.broker ? (
            <Card title={t("organisation.brokerTitle")}>
              <p className="font-medium">{view.broker.fullName}</p>
              {view.broker.phone ? (
                <p>
                  <a className="link" href={`tel:${view.broker.phone.replaceAll(" ", "")}`}>
                    {view.broker.phone}
                  </a>
                </p>
              ) : null}
              <p className="break-all">{view.broker.email}</p>
            </Card>
          ) : null}
          {view.may.manage ? <InvitationsCard invitations={view.invitations} form={of("invite")} /> : null}
          {view.officeApproval === null ? null : (
            <OfficeApprovalCard required={view.officeApproval} maySet={view.may.setApproval} />
          )}
          {view.may.ask ? <AskCards standing={view.standing} join={of("join")} claim={of("claim")} /> : null}
          {signedIn ? null : <SignInToAsk />}
        </div>
        {view.may.seeMembers ? (
          <div className="min-w-0 lg:col-span-2">
            <MembersCard
              members={view.members}
              manage={view.may.manage}
              ownMembershipId={view.may.leave ? (view.standing?.membership?.id ?? null) : null}
            />
          </div>
        ) : null}
      </div>
    </>
  );
}
