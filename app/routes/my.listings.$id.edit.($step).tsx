import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunctionArgs, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DraftForm } from "~/components/listings/draft-form";
import { DuplicateNote } from "~/components/listings/duplicate-list";
import { ReviewStep } from "~/components/listings/review-step";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, LinkButton, PageHeader } from "~/components/ui";
import {
  draftProgress,
  exampleFor,
  formChoices,
  likelyDuplicates,
  loadDraft,
  previewDraft,
  suggestionsFor,
  writeDraft,
} from "~/modules/listings/index.server";
import { bestMissing, nextStep, stepIds } from "~/modules/listings/schemas";
import { fieldWorth } from "~/modules/matching/index.server";
import { isPerson } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) =>
  metaTitle(args, args.data ? `posting:step.${args.data.view.kind}.${args.data.step}` : "listings:edit.need");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const { searchParams } = new URL(request.url);
  const view = await loadDraft(ctx, params.id ?? "");
  // without a step the form begins at its first one
  const step = params.step ?? (view && stepIds(view.kind)[0]) ?? "";
  if (!view || !stepIds(view.kind).includes(step)) throw new Response(null, { status: 404 });
  const movable = isPerson(ctx.actor) && view.state === "draft" && !view.onBehalf;
  const memberships = movable && isPerson(ctx.actor) ? ctx.actor.memberships : [];
  const organisations =
    memberships.length > 1 || (memberships.length === 1 && !view.organisation)
      ? memberships.map((one) => ({ value: one.organisationId, label: one.name }))
      : [];
  const reader = searchParams.get("as") === "partner" ? ("partner" as const) : ("public" as const);
  const suggestions = await suggestionsFor(ctx, view.draft);
  const { steps, problems } = await draftProgress(ctx, view);
  return {
    view,
    step,
    steps,
    organisations,
    suggestions,
    choices: await formChoices(ctx, view.officeProvince),
    example: exampleFor(ctx, view.kind, view.draft.sectorMain || suggestions[0] || ""),
    // who came from the list of what is missing sees it at the fields too
    problems: searchParams.has("check")
      ? Object.fromEntries(problems.filter((one) => one.step === step).map(({ name, messages }) => [name, messages]))
      : {},
    duplicates: step === "review" ? ((await likelyDuplicates(ctx, view.id)) ?? []) : [],
    review:
      step === "review"
        ? {
            problems,
            best: bestMissing(view.kind, view.draft, fieldWorth(view.kind)),
            preview: await previewDraft(ctx, view.id, reader),
            reader,
          }
        : null,
  };
}

/** Two PDFs of ten megabytes, five pictures of five, and the words. */
const LARGEST_BODY = 47 * 1024 * 1024;

async function uploadsOf(form: FormData, name: string) {
  const files = form.getAll(name).filter((file): file is File => file instanceof File && file.size > 0);
  return Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const listingId = params.id ?? "";
  const size = Number(request.headers.get("Content-Length"));
  if (!(size > 0 && size <= LARGEST_BODY)) {
    const view = await loadDraft(ctx, listingId);
    if (!view) throw new Response(null, { status: 404 });
    const { draft: values, revision } = view;
    return data(
      { failure: fail("listings:error.tooLarge"), values, revision, savedAt: null, suggestions: [] },
      { status: 413 },
    );
  }
  const form = await request.formData();
  const pressed = String(form.get("intent") ?? "save");
  const [[pdf], [annex]] = await Promise.all([uploadsOf(form, "pdf"), uploadsOf(form, "annex")]);
  const { result, view, values, revision, step } = await writeDraft(ctx, {
    listingId,
    step: params.step ?? null,
    form,
    uploads: { pictures: await uploadsOf(form, "picture"), ...(pdf ? { pdf } : {}), ...(annex ? { annex } : {}) },
  });
  if (!view || !values || step === null) throw new Response(null, { status: 404 });
  if (!result.ok) return data({ failure: result, values, revision, savedAt: null, suggestions: [] }, { status: 400 });
  const { submitted, savedAt, suggestions } = result.value;
  if (pressed === "autosave")
    return data({ failure: null, values, revision, savedAt: savedAt.toISOString(), suggestions });
  if (submitted) return redirect(`/my/listings/${listingId}?${submitted.versionId ? "sent" : "asked"}=1`);
  if (pressed === "next") return redirect(`/my/listings/${listingId}/edit/${nextStep(view.kind, step)}`);
  const wanted = /^go\.([a-z]+)$/.exec(pressed)?.[1];
  if (wanted && stepIds(view.kind).includes(wanted)) return redirect(`/my/listings/${listingId}/edit/${wanted}`);
  const list = /^(?:add|remove|up)\.([a-zA-Z]+)/.exec(pressed)?.[1];
  const at = list ?? (pressed.startsWith("sector.") ? "sectorMain" : pressed.includes("annex") ? "annex" : null);
  return redirect(`/my/listings/${listingId}/edit/${step}?saved=1${at ? `#${at}` : ""}`);
}

/** An autosave must not bring newer data of another tab under the words being typed. */
export function shouldRevalidate({ formData, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formData?.get("intent") === "autosave" ? false : defaultShouldRevalidate;
}

export default function EditListing() {
  const { view, step, review, duplicates, ...rest } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["listings", "duplicates", "common"]);
  const { organisation } = view;
  return (
    <>
      <PageHeader
        title={t(`edit.${view.kind}`)}
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
          key={`${view.id}.${step}.${answer?.failure ? answer.revision : view.revision}`}
          view={view}
          step={step}
          {...rest}
          answer={
            answer?.failure ? { failure: answer.failure, values: answer.values, revision: answer.revision } : undefined
          }
          review={
            review ? (
              <>
                {duplicates.length > 0 ? (
                  <Card title={t("duplicates:authorTitle")} className="mb-6">
                    <DuplicateNote duplicates={duplicates} />
                  </Card>
                ) : null}
                <ReviewStep view={view} {...review} />
              </>
            ) : undefined
          }
        />
      ) : (
        <Alert tone="warning">{t("edit.locked")}</Alert>
      )}
    </>
  );
}
