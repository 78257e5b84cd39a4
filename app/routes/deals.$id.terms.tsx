import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { countryChoices } from "~/components/deals/countries";
import { PartyPicker } from "~/components/deals/party-picker";
import { pickedParties } from "~/components/deals/picked-parties";
import { ChecklistSection, DutySection, MoneySection, TransferSection } from "~/components/deals/terms-sections";
import { storedTerms, ticks } from "~/components/deals/terms-values";
import { FormErrors, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { dealPartyChoices, editTerms, viewDeal } from "~/modules/deals/index.server";
import { PARTY_SIDES, termsSchema } from "~/modules/deals/schemas";
import { formChoices } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse, typedValues } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "deals:terms.edit");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const deal = await viewDeal(ctx, params.id ?? "");
  if (!deal?.may.work) throw new Response(null, { status: 404 });
  const { sectors } = await formChoices(ctx, "");
  return { deal, sectors, countries: countryChoices(ctx.locale) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const choices = await dealPartyChoices(ctx, pickedParties(form));
  if (form.get("intent") === "find") return data({ failure: null, values: typedValues(form), choices });
  const read = readForm(form, termsSchema);
  if (!read.ok) return data({ ...read.answer, choices }, { status: 400 });
  const result = await editTerms(ctx, { dealId: params.id ?? "", ...read.value });
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ ...refuse(form, result), choices }, { status: 400 });
  }
  throw redirect(`/deals/${params.id}?done=terms`);
}

const LABELS = [
  "technologyName",
  "objects",
  "form",
  "methods",
  "right",
  "scope",
  "sectorMain",
  "value",
  "currency",
  "paymentKinds",
  "royaltyPercent",
  "royaltyYears",
  "royaltyMinimum",
  "royaltyCap",
  "improvementRights",
  "transferorCountry",
  "transfereeCountry",
  "stateMoney",
  "taskCertificate",
  "restrictedList",
] as const;

export default function DealTermsPage() {
  const { deal, sectors, countries } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("deals");
  const form = formValues(answer, storedTerms(deal));
  const section = { form, ticked: ticks(deal, answer?.values) };
  const back = `/deals/${deal.id}`;
  return (
    <>
      <PageHeader
        back={{ to: back, label: `${deal.reference} · ${deal.title}` }}
        title={t("terms.edit")}
        lead={t("terms.lead")}
      />
      <FormErrors
        failure={form.failure}
        labels={{
          title: t("field.title"),
          transferorId: t("party.transferor"),
          transfereeId: t("party.transferee"),
          ...Object.fromEntries(LABELS.map((name) => [name, t(`field.${name}`)])),
        }}
      />
      {deal.may.editTerms ? (
        <Form method="post" noValidate className="flex flex-col gap-6" key={deal.revision}>
          {/* Enter in a field saves: the first button of a form answers to it, and the search is another one */}
          <button type="submit" name="intent" value="save" hidden tabIndex={-1} />
          <input type="hidden" name="revision" value={deal.revision} />
          <Card title={t("section.parties")} id="parties">
            <TextField
              name="title"
              label={t("field.title")}
              hint={t("hint.title")}
              error={form.error("title")}
              defaultValue={form.text("title")}
              required
              maxLength={200}
            />
            <div className="grid gap-x-8 lg:grid-cols-2">
              {PARTY_SIDES.map((side) => {
                const party = deal.parties[side];
                const found = answer?.choices[side];
                return (
                  <PartyPicker
                    key={side}
                    side={side}
                    form={form}
                    choices={
                      found?.list ?? (party ? [{ id: party.organisationId, name: party.name, taxCode: null }] : [])
                    }
                    nothingFound={found?.nothingFound ?? false}
                  />
                );
              })}
            </div>
          </Card>
          <TransferSection {...section} sectors={sectors} />
          <MoneySection {...section} />
          <DutySection {...section} countries={countries} />
          <ChecklistSection {...section} />
          <SubmitRow>
            <Button name="intent" value="save">
              {t("terms.save")}
            </Button>
            <LinkButton to={back} variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Form>
      ) : (
        <Alert tone="warning" title={t("terms.locked")}>
          {t("terms.lockedText")}
        </Alert>
      )}
    </>
  );
}
