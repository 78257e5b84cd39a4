import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NextActionFields, PlaceFields } from "~/components/brokering/case-fields";
import { type Choice, PartyFields } from "~/components/brokering/party-fields";
import { FormErrors, RadioGroup, SubmitRow, TextAreaField, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { openCase, partyChoices, partyName, prepareCase } from "~/modules/brokering/index.server";
import { FREE_ORIGINS, openCaseSchema } from "~/modules/brokering/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse, typedValues } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";
import { isId } from "~/platform/ids";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:new.title");

const SIDES = ["need", "offering"] as const;
const idIn = (url: URL, name: string) => {
  const value = url.searchParams.get(name);
  return value && isId(value) ? value : null;
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const prepared = await prepareCase(ctxOf(context), {
    matchId: idIn(url, "match"),
    interestId: idIn(url, "interest"),
  });
  if (!prepared || prepared === "gone") throw new Response(null, { status: 404 });
  if (prepared.existingId) throw redirect(`/broker/cases/${prepared.existingId}`);
  return prepared;
}

/** Organisations found for what was typed on each side, the one already chosen among them. */
async function choicesOf(
  ctx: Ctx,
  form: FormData,
): Promise<Record<(typeof SIDES)[number], { list: Choice[]; searched: boolean }>> {
  const of = async (side: string) => {
    const text = String(form.get(`${side}.find`) ?? "");
    const chosen = String(form.get(`${side}.organisationId`) ?? "");
    const list = await partyChoices(ctx, text);
    const name = chosen && !list.some((one) => one.id === chosen) ? await partyName(ctx, chosen) : null;
    return { list: name ? [{ id: chosen, name, taxCode: null }, ...list] : list, searched: text.trim().length >= 2 };
  };
  const [need, offering] = await Promise.all(SIDES.map(of));
  const none = { list: [], searched: false };
  return { need: need ?? none, offering: offering ?? none };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const choices = await choicesOf(ctx, form);
  if (form.get("intent") === "find") return data({ failure: null, values: typedValues(form), choices });
  const read = readForm(form, openCaseSchema);
  if (!read.ok) return data({ ...read.answer, choices }, { status: 400 });
  const result = await openCase(ctx, read.value);
  if (!result.ok) return data({ ...refuse(form, result), choices }, { status: 400 });
  throw redirect(`/broker/cases/${result.value.id}`);
}

export default function NewCasePage() {
  const prepared = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("brokering");
  const linked = prepared.matchId !== null || prepared.interestId !== null;
  const form = formValues(answer, {
    title: prepared.title,
    provinceCode: prepared.provinceCode,
    communeCode: prepared.communeCode,
    origin: "phone",
    nextAction: t("new.firstAction"),
    nextActionOn: prepared.today,
  });
  const labels = {
    title: t("field.title"),
    nextAction: t("field.nextAction"),
    nextActionOn: t("field.nextActionOn"),
    "need.organisationId": t("side.need"),
    "offering.organisationId": t("side.offering"),
  };
  return (
    <>
      <PageHeader
        back={{ to: "/broker/cases", label: t("list.title") }}
        title={t("new.title")}
        lead={t(linked ? `new.from.${prepared.origin}` : "new.from.nothing")}
      />
      <FormErrors failure={form.failure} labels={labels} />
      <Form method="post" noValidate className="flex flex-col gap-6">
        <input type="hidden" name="matchId" value={prepared.matchId ?? ""} />
        <input type="hidden" name="interestId" value={prepared.interestId ?? ""} />
        <Card title={t("new.what")}>
          <TextField
            name="title"
            label={t("field.title")}
            hint={t("field.titleHint")}
            error={form.error("title")}
            defaultValue={form.text("title")}
            required
            maxLength={200}
          />
          {linked ? (
            <input type="hidden" name="origin" value={prepared.origin} />
          ) : (
            <>
              <RadioGroup
                name="origin"
                legend={t("field.origin")}
                error={form.error("origin")}
                defaultValue={form.text("origin")}
                options={FREE_ORIGINS.map((value) => ({ value, label: t(`origin.${value}`) }))}
              />
              <TextField
                name="originNote"
                label={t("field.originNote")}
                hint={t("field.originNoteHint")}
                error={form.error("originNote")}
                defaultValue={form.text("originNote")}
                maxLength={500}
              />
            </>
          )}
        </Card>
        <div className="grid gap-6 lg:grid-cols-2">
          {SIDES.map((side) => {
            const given = prepared[side];
            const found = answer?.choices[side];
            return (
              <Card key={side} title={t(`side.${side}`)}>
                {given.listing && !given.organisation ? (
                  <p className="mb-4">
                    {given.listing.reference} {given.listing.title}
                    <span className="block text-muted">{t("party.ownerUnknown")}</span>
                  </p>
                ) : null}
                <PartyFields
                  prefix={`${side}.`}
                  form={form}
                  choices={found?.list ?? []}
                  nothingFound={Boolean(found?.searched && found.list.length === 0)}
                  fixed={
                    given.organisation
                      ? {
                          name: given.organisation.name,
                          listing: given.listing
                            ? `${given.listing.reference ?? ""} ${given.listing.title}`.trim()
                            : null,
                        }
                      : undefined
                  }
                />
              </Card>
            );
          })}
        </div>
        <Card title={t("new.next")}>
          <NextActionFields form={form} />
          <PlaceFields form={form} />
          <TextAreaField
            name="note"
            label={t("field.firstNote")}
            hint={t("field.firstNoteHint")}
            error={form.error("note")}
            defaultValue={form.text("note")}
            maxLength={5000}
            rows={4}
          />
          <SubmitRow>
            <Button name="intent" value="open">
              {t("new.open")}
            </Button>
            <LinkButton to="/broker/cases" variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Card>
      </Form>
    </>
  );
}
