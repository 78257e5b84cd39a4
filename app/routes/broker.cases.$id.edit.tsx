import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { PlaceFields } from "~/components/brokering/case-fields";
import { type Choice, PartyFields } from "~/components/brokering/party-fields";
import { FormErrors, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, Card, PageHeader } from "~/components/ui";
import { editCaseDetails, partyChoices, partyName, setCaseParty, viewCase } from "~/modules/brokering/index.server";
import { detailsSchema, partySchema } from "~/modules/brokering/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse, typedValues } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:edit.title");

const SIDES = ["need", "offering"] as const;

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await viewCase(ctxOf(context), params.id ?? "");
  if (!view?.may.edit) throw new Response(null, { status: 404 });
  const { id, title, provinceCode, communeCode, revision, parties, listings, may } = view;
  return { id, title, provinceCode, communeCode, revision, parties, listings, mayMove: may.moveParties };
}

async function choicesOf(ctx: Ctx, form: FormData): Promise<{ list: Choice[]; searched: boolean }> {
  const text = String(form.get("find") ?? "");
  const chosen = String(form.get("organisationId") ?? "");
  const list = await partyChoices(ctx, text);
  const name = chosen && !list.some((one) => one.id === chosen) ? await partyName(ctx, chosen) : null;
  return { list: name ? [{ id: chosen, name, taxCode: null }, ...list] : list, searched: text.trim().length >= 2 };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const caseId = params.id ?? "";
  const form = await request.formData();
  const part = String(form.get("part") ?? "");
  const none = { list: [], searched: false };
  if (part === "details") {
    const read = readForm(form, detailsSchema);
    if (!read.ok) return data({ part, ...read.answer, choices: none }, { status: 400 });
    const result = await editCaseDetails(ctx, { caseId, ...read.value });
    if (!result.ok) return data({ part, ...refuse(form, result), choices: none }, { status: 400 });
    throw redirect(`/broker/cases/${caseId}?done=edited`);
  }
  const side = SIDES.find((one) => one === part);
  if (!side) throw new Response(null, { status: 400 });
  const choices = await choicesOf(ctx, form);
  if (form.get("intent") === "find") return data({ part, failure: null, values: typedValues(form), choices });
  const read = readForm(form, partySchema);
  if (!read.ok) return data({ part, ...read.answer, choices }, { status: 400 });
  const result = await setCaseParty(ctx, { caseId, side, ...read.value });
  if (!result.ok) return data({ part, ...refuse(form, result), choices }, { status: 400 });
  throw redirect(`/broker/cases/${caseId}?done=edited`);
}

export default function EditCasePage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("brokering");
  const formOf = (part: string, stored: Record<string, string | null>) =>
    formValues(answer?.part === part ? answer : undefined, stored);
  const details = formOf("details", {
    title: view.title,
    provinceCode: view.provinceCode,
    communeCode: view.communeCode,
  });
  return (
    <>
      <PageHeader back={{ to: `/broker/cases/${view.id}`, label: view.title }} title={t("edit.title")} />
      <div className="flex flex-col gap-6">
        <Card title={t("edit.details")}>
          <FormErrors failure={details.failure} labels={{ title: t("field.title") }} />
          <Form method="post" noValidate>
            <input type="hidden" name="part" value="details" />
            <input type="hidden" name="revision" value={view.revision} />
            <TextField
              name="title"
              label={t("field.title")}
              error={details.error("title")}
              defaultValue={details.text("title")}
              required
              maxLength={200}
            />
            <PlaceFields form={details} />
            <Button>{t("common:save")}</Button>
          </Form>
        </Card>
        {SIDES.map((side) => {
          const party = view.parties.find((one) => one.side === side);
          const listing = view.listings[side];
          const form = formOf(side, {
            organisationId: party?.organisation.id ?? null,
            reference: listing?.reference ?? null,
            contactName: party?.contact?.name ?? null,
            contactPhone: party?.contact?.phone ?? null,
            contactEmail: party?.contact?.email ?? null,
          });
          const found = answer?.part === side ? answer.choices : null;
          const present: Choice[] = party
            ? [{ id: party.organisation.id, name: party.organisation.name, taxCode: null }]
            : [];
          const list = found?.list.length ? found.list : present;
          return (
            <Card key={side} title={t(`side.${side}`)} id={`party-${side}`}>
              <FormErrors failure={form.failure} />
              <Form method="post" noValidate>
                <input type="hidden" name="part" value={side} />
                <input type="hidden" name="revision" value={view.revision} />
                {view.mayMove ? null : (
                  <>
                    <p className="mb-4 text-muted">{t("edit.fixed")}</p>
                    <input type="hidden" name="organisationId" value={party?.organisation.id ?? ""} />
                    <input type="hidden" name="reference" value={listing?.reference ?? ""} />
                  </>
                )}
                <PartyFields
                  prefix=""
                  id={side}
                  form={form}
                  choices={list}
                  nothingFound={Boolean(found?.searched && found.list.length === 0)}
                  fixed={
                    view.mayMove
                      ? undefined
                      : {
                          name: party?.organisation.name ?? null,
                          listing: listing ? `${listing.reference ?? ""} ${listing.title}`.trim() : null,
                        }
                  }
                />
                <Button name="intent" value="save">
                  {t("common:save")}
                </Button>
              </Form>
            </Card>
          );
        })}
      </div>
    </>
  );
}
