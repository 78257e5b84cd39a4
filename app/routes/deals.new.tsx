import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NextActionFields } from "~/components/brokering/case-fields";
import { PartyPicker } from "~/components/deals/party-picker";
import { pickedParties } from "~/components/deals/picked-parties";
import { FormErrors, RadioGroup, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { dealPartyChoices, openDeal, prepareDeal } from "~/modules/deals/index.server";
import { FREE_DEAL_ORIGINS, openDealSchema, PARTY_SIDES } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse, typedValues } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";
import { isId } from "~/platform/ids";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "deals:new.title");

const idIn = (url: URL, name: string) => {
  const value = url.searchParams.get(name);
  return value && isId(value) ? value : null;
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const prepared = await prepareDeal(ctxOf(context), {
    caseId: idIn(url, "case"),
    introductionId: idIn(url, "introduction"),
    meetingId: idIn(url, "meeting"),
  });
  if (!prepared || prepared === "gone") throw new Response(null, { status: 404 });
  if (prepared.existingId) throw redirect(`/deals/${prepared.existingId}`);
  return prepared;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const choices = await dealPartyChoices(ctx, pickedParties(form));
  if (form.get("intent") === "find") return data({ failure: null, values: typedValues(form), choices });
  const read = readForm(form, openDealSchema);
  if (!read.ok) return data({ ...read.answer, choices }, { status: 400 });
  const result = await openDeal(ctx, read.value);
  if (!result.ok) return data({ ...refuse(form, result), choices }, { status: 400 });
  throw redirect(`/deals/${result.value.id}?done=opened`);
}

export default function NewDealPage() {
  const prepared = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("deals");
  // both sides agreed to talk: the parties are fixed
  const bound = prepared.meetingId !== null || prepared.introductionId !== null;
  const linked = bound || prepared.caseId !== null;
  const from = prepared.meetingId ? "meeting" : prepared.introductionId ? "introduction" : linked ? "case" : "nothing";
  const form = formValues(answer, {
    title: prepared.title,
    origin: linked ? prepared.origin : "phone",
    transferorId: prepared.transferor?.id,
    transfereeId: prepared.transferee?.id,
    nextAction: t("new.firstAction"),
    nextActionOn: prepared.nextActionOn,
  });
  return (
    <>
      <PageHeader back={{ to: "/deals", label: t("list.title") }} title={t("new.title")} lead={t(`new.from.${from}`)} />
      <FormErrors
        failure={form.failure}
        labels={{
          title: t("field.title"),
          origin: t("field.origin"),
          transferorId: t("party.transferor"),
          transfereeId: t("party.transferee"),
          nextAction: t("field.nextAction"),
          nextActionOn: t("field.nextActionOn"),
        }}
      />
      <Form method="post" noValidate className="flex flex-col gap-6">
        {/* Enter in a field opens the deal: the first button of a form answers to it, and the search is another one */}
        <button type="submit" name="intent" value="open" hidden tabIndex={-1} />
        <input type="hidden" name="caseId" value={prepared.caseId ?? ""} />
        <input type="hidden" name="introductionId" value={prepared.introductionId ?? ""} />
        <input type="hidden" name="meetingId" value={prepared.meetingId ?? ""} />
        <Card title={t("new.what")}>
          <TextField
            name="title"
            label={t("field.title")}
            hint={t("hint.title")}
            error={form.error("title")}
            defaultValue={form.text("title")}
            required
            maxLength={200}
          />
          {linked ? (
            <input type="hidden" name="origin" value={prepared.origin} />
          ) : (
            <RadioGroup
              name="origin"
              legend={t("field.origin")}
              error={form.error("origin")}
              defaultValue={form.text("origin")}
              options={FREE_DEAL_ORIGINS.map((value) => ({ value, label: t(`origin.${value}`) }))}
            />
          )}
        </Card>
        <Card title={t("parties.title")}>
          <p className="mb-4 max-w-text text-muted">{t(bound ? "new.partiesFixed" : "new.parties")}</p>
          <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
            {PARTY_SIDES.map((side) => {
              const given = prepared[side];
              const found = answer?.choices[side];
              if (bound)
                return (
                  <div key={side}>
                    <p className="text-sm text-muted">{t(`party.${side}`)}</p>
                    <p className="font-semibold break-words">{given?.name ?? t("party.missing")}</p>
                    <input type="hidden" name={`${side}Id`} value={given?.id ?? ""} />
                  </div>
                );
              return (
                <PartyPicker
                  key={side}
                  side={side}
                  form={form}
                  choices={found?.list ?? (given ? [{ ...given, taxCode: null }] : [])}
                  nothingFound={found?.nothingFound ?? false}
                />
              );
            })}
          </div>
        </Card>
        <Card title={t("new.next")}>
          <NextActionFields form={form} />
          <SubmitRow>
            <Button name="intent" value="open">
              {t("new.open")}
            </Button>
            <LinkButton to="/deals" variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Card>
      </Form>
    </>
  );
}
