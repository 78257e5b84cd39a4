import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunctionArgs, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DraftForm } from "~/components/listings/draft-form";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, LinkButton, PageHeader } from "~/components/ui";
import { formChoices, loadDraft, suggestionsFor, writeDraft } from "~/modules/listings/index.server";
import { draftFromForm, readDraft } from "~/modules/listings/schemas";
import { isPerson } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, `listings:edit.${args.data?.view.kind ?? "need"}`);

export async function loader({ context, params }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const view = await loadDraft(ctx, params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  const movable = isPerson(ctx.actor) && view.state === "draft" && !view.onBehalf;
  const memberships = movable && isPerson(ctx.actor) ? ctx.actor.memberships : [];
  const organisations =
    memberships.length > 1 || (memberships.length === 1 && !view.organisation)
      ? memberships.map((one) => ({ value: one.organisationId, label: one.name }))
      : [];
  return {
    view,
    organisations,
    choices: await formChoices(ctx, view.officeProvince),
    suggestions: await suggestionsFor(ctx, view.draft),
  };
}

/** Ten megabytes of PDF, five of picture, and the words. */
const LARGEST_BODY = 17 * 1024 * 1024;

async function uploadOf(form: FormData, name: string) {
  const file = form.get(name);
  return file instanceof File && file.size > 0
    ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
    : undefined;
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const listingId = params.id ?? "";
  const size = Number(request.headers.get("Content-Length"));
  if (!(size > 0 && size <= LARGEST_BODY)) {
    const view = await loadDraft(ctx, listingId);
    if (!view) throw new Response(null, { status: 404 });
    return data(
      {
        failure: fail("listings:error.tooLarge"),
        values: view.draft,
        revision: view.revision,
        savedAt: null,
        suggestions: [],
      },
      { status: 413 },
    );
  }
  const form = await request.formData();
  const pressed = String(form.get("intent") ?? "save");
  const overwrite = pressed === "overwrite";
  const organisationId = String(form.get("organisationId") ?? "");
  const [picture, pdf] = [await uploadOf(form, "picture"), await uploadOf(form, "pdf")];
  const { result, values, revision } = await writeDraft(ctx, {
    listingId,
    revision: Number(form.get(overwrite ? "newRevision" : "revision")) || 0,
    values: draftFromForm(form, readDraft({})),
    intent: overwrite ? "save" : pressed,
    uploads: { ...(picture ? { picture } : {}), ...(pdf ? { pdf } : {}) },
    ...(organisationId ? { organisationId } : {}),
  });
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ failure: result, values, revision, savedAt: null, suggestions: [] }, { status: 400 });
  }
  const { submitted, savedAt, suggestions } = result.value;
  if (pressed === "autosave")
    return data({ failure: null, values, revision, savedAt: savedAt.toISOString(), suggestions });
  if (submitted) return redirect(`/my/listings/${listingId}?sent=1`);
  const jump = pressed.includes("line") ? "#lines" : pressed.startsWith("sector.") ? "#sectorMain" : "";
  return redirect(`/my/listings/${listingId}/edit?saved=1${jump}`);
}

/** An autosave must not bring newer data of another tab under the words being typed. */
export function shouldRevalidate({ formData, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formData?.get("intent") === "autosave" ? false : defaultShouldRevalidate;
}

export default function EditListing() {
  const { view, choices, suggestions, organisations } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["listings", "common"]);
  const { organisation } = view;
  return (
    <>
      <PageHeader
        title={t(`edit.${view.kind}`)}
        lead={t("edit.lead")}
        back={{ to: `/my/listings/${view.id}`, label: t("edit.backToListing") }}
        above={
          <>
            {view.reference ? <span className="font-medium tabular-nums">{view.reference}</span> : null}
            <Badge>{t(`common:listingState.${view.state}`)}</Badge>
            {organisation ? <span>{organisation.name}</span> : null}
          </>
        }
      />
      {view.state === "published" ? <Alert>{t("edit.revisionNote")}</Alert> : null}
      {view.onBehalf && organisation ? <Alert>{t("edit.onBehalfNote", { name: organisation.name })}</Alert> : null}
      {view.maySubmit || view.onBehalf ? null : (
        <Alert tone="warning" title={t("edit.notVerifiedTitle")}>
          <p>{organisation ? t("edit.notVerified", { name: organisation.name }) : t("edit.noOrganisation")}</p>
          {organisation ? null : (
            <p className="mt-3">
              <LinkButton to="/organisations/new" variant="secondary">
                {t("new.register")}
              </LinkButton>
            </p>
          )}
        </Alert>
      )}
      {view.mayEdit ? (
        <DraftForm
          // a refused answer makes the form anew at once, not when the loader has come back: by then somebody types again
          key={`${view.id}.${answer?.failure ? answer.revision : view.revision}`}
          view={view}
          choices={choices}
          suggestions={suggestions}
          organisations={organisations}
          answer={
            answer?.failure ? { failure: answer.failure, values: answer.values, revision: answer.revision } : undefined
          }
        />
      ) : (
        <Alert tone="warning">{t("edit.locked")}</Alert>
      )}
    </>
  );
}
