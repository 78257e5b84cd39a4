import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, RadioGroup, SelectField, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { startDraft } from "~/modules/listings/index.server";
import { isPerson } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "listings:new.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { actor } = ctxOf(context);
  const kind = new URL(request.url).searchParams.get("kind") === "offering" ? "offering" : "need";
  const organisations = isPerson(actor)
    ? actor.memberships.map(({ organisationId, name, verified }) => ({ id: organisationId, name, verified }))
    : [];
  return { kind, organisations };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const kind = form.get("kind") === "offering" ? "offering" : "need";
  const organisationId = String(form.get("organisationId") ?? "") || null;
  const result = await startDraft(ctxOf(context), { kind, organisationId });
  if (!result.ok) return data({ failure: result, kind, organisationId }, { status: 400 });
  return redirect(`/my/listings/${result.value.listingId}/edit`);
}

export default function NewListing() {
  const { kind, organisations } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["listings", "common"]);
  const [only] = organisations;
  const options = [
    ...organisations.map((one) => ({
      value: one.id,
      label: one.verified ? one.name : `${one.name} (${t("new.pending")})`,
    })),
    { value: "", label: t("new.later") },
  ];
  return (
    <>
      <PageHeader title={t("new.title")} lead={t("new.lead")} back={{ to: "/my/listings", label: t("mine.title") }} />
      {organisations.length === 0 ? (
        <Alert title={t("edit.notVerifiedTitle")}>
          <p>{t("new.noOrganisation")}</p>
          <p className="mt-3">
            <LinkButton to="/organisations/new" variant="secondary">
              {t("new.register")}
            </LinkButton>
          </p>
        </Alert>
      ) : null}
      <Form method="post" noValidate className="max-w-3xl">
        <FormErrors failure={answer?.failure} />
        <Card>
          <RadioGroup
            legend={t("new.kind")}
            name="kind"
            defaultValue={answer?.kind ?? kind}
            options={[
              { value: "need", label: t("new.need"), hint: t("new.needHint") },
              { value: "offering", label: t("new.offering"), hint: t("new.offeringHint") },
            ]}
          />
          {organisations.length > 0 ? (
            <SelectField
              label={t("new.organisation")}
              name="organisationId"
              defaultValue={answer ? (answer.organisationId ?? "") : only?.id}
              options={options}
              error={answer?.failure.fields?.organisationId}
            />
          ) : null}
          <SubmitRow>
            <Button>{t("new.start")}</Button>
          </SubmitRow>
        </Card>
      </Form>
    </>
  );
}
