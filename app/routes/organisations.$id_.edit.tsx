import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { OrganisationFields } from "~/components/accounts/organisation-fields";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { editOrganisation, viewOrganisation } from "~/modules/accounts/index.server";
import { organisationProfileSchema } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:organisation.editTitle");

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await viewOrganisation(ctxOf(context), params.id ?? "");
  if (!view?.may.edit) throw new Response(null, { status: 404 });
  const { id, nameVi, nameEn, shortName, type, countryCode, provinceCode, communeCode, address, website, about } = view;
  return {
    id,
    stored: { nameVi, nameEn, shortName, type, countryCode, provinceCode, communeCode, address, website, about },
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, organisationProfileSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await editOrganisation(ctxOf(context), { ...read.value, organisationId: params.id ?? "" });
  if (!result.ok && result.code === "notFound") throw new Response(null, { status: 404 });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/organisations/${params.id}?done=edit`);
}

export default function EditOrganisationPage() {
  const { id, stored } = useLoaderData<typeof loader>();
  const form = formValues(useActionData<typeof action>(), stored);
  const { t } = useTranslation(["accounts", "common"]);
  const back = `/organisations/${id}`;
  return (
    <>
      <PageHeader
        title={t("organisation.editTitle")}
        lead={stored.nameVi}
        back={{ to: back, label: t("organisation.page") }}
      />
      <FormErrors
        failure={form.failure}
        labels={{
          nameVi: t("organisation.nameVi"),
          type: t("organisation.type"),
          provinceCode: t("organisation.province"),
          communeCode: t("organisation.commune"),
          countryCode: t("organisation.country"),
          website: t("organisation.website"),
        }}
      />
      <Card>
        <Form method="post" noValidate>
          <OrganisationFields form={form} withTaxCode={false} />
          <SubmitRow>
            <Button>{t("common:save")}</Button>
            <LinkButton to={back} variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
