import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { MyInvitations } from "~/components/accounts/account-sections";
import { formValues } from "~/components/accounts/form-values";
import { OrganisationFields } from "~/components/accounts/organisation-fields";
import { OrganisationList } from "~/components/accounts/organisation-list";
import { FormErrors, SubmitRow, TextAreaField, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import {
  findOrganisations,
  foundOrganisation,
  listMyInvitations,
  mayDecideOrganisations,
} from "~/modules/accounts/index.server";
import { foundOrganisationSchema, parseTaxCode } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:found.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const { searchParams } = new URL(request.url);
  const q = (searchParams.get("q") ?? "").trim().slice(0, 200);
  const [found, invitations] = await Promise.all([q ? findOrganisations(ctx, q) : [], listMyInvitations(ctx)]);
  return { q, found, invitations, filling: searchParams.has("new"), forBroker: mayDecideOrganisations(ctx.actor) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const read = readForm(form, foundOrganisationSchema);
  if (!read.ok) return data({ ...read.answer, similar: [], takenBy: null }, { status: 400 });
  const result = await foundOrganisation(ctx, read.value);
  if (!result.ok) {
    const similar =
      result.code === "accounts:error.maybeDuplicate" ? await findOrganisations(ctx, read.value.nameVi, 8) : [];
    const takenBy = typeof result.params?.id === "string" ? result.params.id : null;
    return data({ ...refuse(form, result), similar, takenBy }, { status: 400 });
  }
  const { id, state } = result.value;
  throw redirect(state === "verified" ? `/broker/organisations/${id}` : `/organisations/${id}?done=founded`);
}

/** Step 1: most organisations are here already. */
function SearchStep() {
  const { q, found, forBroker, invitations } = useLoaderData<typeof loader>();
  const { t } = useTranslation("accounts");
  const fill = `/organisations/new?new&q=${encodeURIComponent(q)}`;
  return (
    <>
      <PageHeader title={t("found.title")} lead={t("found.lead")} />
      <div className="grid gap-6">
        <MyInvitations invitations={invitations} />
        <Card>
          <Form method="get" role="search">
            <TextField
              name="q"
              label={t("found.searchLabel")}
              hint={t("found.searchHint")}
              defaultValue={q}
              type="search"
              maxLength={200}
            />
            <Button>{t("found.search")}</Button>
          </Form>
        </Card>
        {q && found.length > 0 ? (
          <Card title={t("found.resultsTitle")}>
            <OrganisationList rows={found} forBroker={forBroker} />
            <p className="mt-6">
              <LinkButton to={fill} variant="secondary">
                {t("found.none")}
              </LinkButton>
            </p>
          </Card>
        ) : null}
        {q && found.length === 0 ? (
          <EmptyState
            title={t("found.nothingTitle")}
            action={<LinkButton to={fill}>{t("found.formTitle")}</LinkButton>}
          >
            {t("found.nothingText")}
          </EmptyState>
        ) : null}
      </div>
    </>
  );
}

/** Step 2: the form, with what was searched for already in it. */
function FoundingForm() {
  const { q, forBroker } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("accounts");
  const code = parseTaxCode(q);
  const form = formValues(
    answer,
    code.ok ? { taxCode: code.code, provinceCode: "22" } : { nameVi: q, provinceCode: "22" },
  );
  const similar = answer?.similar ?? [];
  return (
    <>
      <PageHeader
        title={t("found.formTitle")}
        lead={t(forBroker ? "found.brokerLead" : "found.formLead")}
        back={{ to: `/organisations/new?q=${encodeURIComponent(q)}`, label: t("found.back") }}
      />
      <FormErrors
        failure={form.failure}
        labels={{
          nameVi: t("organisation.nameVi"),
          type: t("organisation.type"),
          taxCode: t("organisation.taxCode"),
          provinceCode: t("organisation.province"),
          communeCode: t("organisation.commune"),
          countryCode: t("organisation.country"),
          website: t("organisation.website"),
          evidence: t("organisation.evidence"),
        }}
      />
      {answer?.takenBy ? (
        <Alert>
          <LinkButton to={`${forBroker ? "/broker" : ""}/organisations/${answer.takenBy}`} variant="secondary">
            {t("found.takenLink")}
          </LinkButton>
        </Alert>
      ) : null}
      <Form method="post" noValidate>
        {similar.length > 0 ? (
          <Alert tone="warning" title={t("found.duplicatesTitle")}>
            <p>{t("found.duplicatesText")}</p>
            <OrganisationList rows={similar} forBroker={forBroker} />
            <p className="mt-3">
              <Button variant="secondary" name="notDuplicate" value="yes">
                {t("found.anyway")}
              </Button>
            </p>
          </Alert>
        ) : null}
        <Card>
          <OrganisationFields form={form} withTaxCode />
          {forBroker ? null : (
            <TextAreaField
              name="evidence"
              label={t("organisation.evidence")}
              hint={t("organisation.evidenceHint")}
              error={form.error("evidence")}
              defaultValue={form.text("evidence")}
              required
              maxLength={2000}
              rows={4}
            />
          )}
          <SubmitRow>
            <Button>{t(forBroker ? "found.submitBroker" : "found.submit")}</Button>
          </SubmitRow>
        </Card>
      </Form>
    </>
  );
}

export default function FindOrFoundPage() {
  const { filling } = useLoaderData<typeof loader>();
  return filling ? <FoundingForm /> : <SearchStep />;
}
