import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NarrowPage } from "~/components/accounts/narrow-page";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, DateText, DefinitionList, LinkButton } from "~/components/ui";
import { acceptInvitation, viewInvitation } from "~/modules/accounts/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:invitation.title");

export function loader({ params, context }: LoaderFunctionArgs) {
  return viewInvitation(ctxOf(context), params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const result = await acceptInvitation(ctxOf(context), { token: params.token ?? "" });
  if (!result.ok) return data(refuse(await request.formData(), result), { status: 400 });
  throw redirect(`/organisations/${result.value.organisationId}?done=joined`);
}

export default function InvitationPage() {
  const view = useLoaderData<typeof loader>();
  const { failure } = formValues(useActionData<typeof action>());
  const { pathname } = useLocation();
  const { t } = useTranslation(["accounts", "common"]);
  if (view.state !== "ready") {
    return (
      <NarrowPage title={t(`invitation.${view.state}Title`)}>
        <FormErrors failure={failure} />
        <p className="mb-4">{t(`invitation.${view.state}Text`)}</p>
        <LinkButton to="/" variant="secondary">
          {t("common:error.toHome")}
        </LinkButton>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title={t("invitation.title")} lead={t("invitation.lead", { organisation: view.organisation })}>
      <FormErrors failure={failure} />
      <DefinitionList
        items={[
          { term: t("invitation.by"), description: view.invitedBy },
          { term: t("invitation.for"), description: view.email },
          { term: t("invitation.until"), description: <DateText date={view.expiresAt} /> },
        ]}
      />
      <div className="mt-6">
        {view.mine === "yes" ? (
          <Form method="post">
            <Button>{t("invitation.accept", { organisation: view.organisation })}</Button>
          </Form>
        ) : null}
        {view.mine === "no" ? (
          <Alert tone="warning" title={t("invitation.otherTitle")}>
            {t("invitation.otherText", { email: view.email })}
          </Alert>
        ) : null}
        {view.mine === "signed-out" ? (
          <>
            <p className="mb-4">{t("invitation.signInFirst")}</p>
            <div className="flex flex-wrap gap-3">
              <LinkButton to={`/sign-in?next=${encodeURIComponent(pathname)}`}>{t("signIn.submit")}</LinkButton>
              <LinkButton to="/sign-up" variant="secondary">
                {t("signUp.submit")}
              </LinkButton>
            </div>
          </>
        ) : null}
      </div>
    </NarrowPage>
  );
}
