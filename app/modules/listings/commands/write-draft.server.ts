import type { Ctx } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import { MAX_PICTURES } from "../domain/choices";
import { type Draft, draftFromForm, editRows, overlongFields } from "../domain/draft";
import { stepIds, stepOfField } from "../domain/steps";
import { type DraftView, loadDraft } from "../queries/load-draft.server";
import { suggestSectors } from "../queries/suggest-sectors.server";
import { storeListingFile, type Upload } from "./attach-files.server";
import { addAnnex, removeAnnex } from "./change-annexes.server";
import { checkDraft } from "./check-draft.server";
import { type SavedDraft, saveDraft } from "./save-draft.server";
import { type Submitted, submitListing } from "./submit-listing.server";

export type WriteDraftInput = {
  listingId: string;
  /** the step of the form that was sent; null for the first one */
  step: string | null;
  /** the posted form: `intent` is its button (save, autosave, overwrite, next, go.STEP, submit, add.LIST, remove.LIST.N, up.pictures.N, remove-pdf, remove-annex.ID, sector.CODE) */
  form: FormData;
  uploads: { pictures: Upload[]; pdf?: Upload; annex?: Upload };
};
/** `revision` is also the new one when a later step failed: the draft is kept then. */
export type WrittenDraft = SavedDraft & { values: Draft; suggestions: string[]; submitted: Submitted | null };
export type WriteDraftAnswer = {
  result: Result<WrittenDraft>;
  view: DraftView | null;
  values: Draft | null;
  revision: number;
  /** the step that was sent; null when there is no such draft or step */
  step: string | null;
};

/**
 * One press of a button (or pause in typing) in a step of the listing form: lay what was typed over the stored draft, keep it,
 * store uploads, then do what the button says. Whatever fails, `values` holds what was typed and `revision` what the
 * database now holds. "next" goes on even with fields still empty, but not past something typed that cannot be read.
 */
export async function writeDraft(ctx: Ctx, input: WriteDraftInput): Promise<WriteDraftAnswer> {
  const { listingId, form } = input;
  const pressed = String(form.get("intent") ?? "save");
  const revision = Number(form.get(pressed === "overwrite" ? "newRevision" : "revision")) || 0;
  const view = await loadDraft(ctx, listingId);
  const step = view && (input.step ?? stepIds(view.kind)[0] ?? "");
  if (!view || step === null || !stepIds(view.kind).includes(step))
    return { result: fail("common:notFound"), view, values: null, revision, step: null };
  const answer = (result: Result<WrittenDraft>, values: Draft, now: number): WriteDraftAnswer => ({
    result,
    view,
    values,
    revision: now,
    step,
  });

  const typed = draftFromForm(form, view.draft);
  const overlong = overlongFields(form);
  if (overlong.length > 0) {
    // all of it goes back to the page, nothing is stored: cutting it would lose words unseen
    const whole = Object.fromEntries(overlong.map((name) => [name, form.get(name)])) as Partial<Draft>;
    const fields = Object.fromEntries(overlong.map((name) => [name, ["posting:error.overlong"]]));
    return answer(fail("posting:error.overlong", { fields }), { ...typed, ...whole }, revision);
  }
  const sector = /^sector\.([A-Z]{2,4}-\d{2})$/.exec(pressed);
  const values = { ...(editRows(typed, pressed) ?? typed), ...(sector ? { sectorMain: sector[1] ?? "" } : {}) };
  const { files, failure: uploadFailure } = await storeUploads(ctx, input, values, pressed);
  const organisationId = String(form.get("organisationId") ?? "");
  // a refused file does not cost the words typed beside it
  const saved = await saveDraft(ctx, {
    listingId,
    revision,
    values,
    files,
    ...(organisationId ? { organisationId } : {}),
  });
  if (!saved.ok) return answer(saved, values, revision);
  const kept = { ...values, ...files };
  if (uploadFailure) return answer(uploadFailure, kept, saved.value.revision);
  const annex = await changeAnnex(ctx, input, pressed);
  if (!annex.ok) return answer(annex, kept, saved.value.revision);
  if (pressed === "next") {
    const wrong = wrongOnStep(view.kind, step, kept, await checkDraft(ctx, view, kept));
    if (Object.keys(wrong).length > 0)
      return answer(fail("posting:error.unreadable", { fields: wrong }), kept, saved.value.revision);
  }
  let submitted: Submitted | null = null;
  if (pressed === "submit") {
    const sent = await submitListing(ctx, { listingId, revision: saved.value.revision });
    if (!sent.ok) return answer(sent, kept, saved.value.revision);
    submitted = sent.value;
  }
  const suggestions = pressed === "autosave" ? await suggestionsFor(ctx, kept) : [];
  return answer(ok({ ...saved.value, values: kept, suggestions, submitted }), kept, saved.value.revision);
}

type Stored = {
  files: { pictures?: Draft["pictures"]; pictureId?: string | null; pdfId?: string | null };
  failure: Extract<Result<WrittenDraft>, { ok: false }> | null;
};

/** Uploads one after the other; those that could be read are kept though another was refused. */
async function storeUploads(ctx: Ctx, input: WriteDraftInput, values: Draft, pressed: string): Promise<Stored> {
  const { listingId, uploads } = input;
  const stored: Stored = { files: pressed === "remove-pdf" ? { pdfId: null } : {}, failure: null };
  const fresh: Draft["pictures"] = [];
  for (const upload of uploads.pictures) {
    if (values.pictures.length + fresh.length >= MAX_PICTURES) {
      const fields = { picture: ["posting:error.mostPictures"] };
      stored.failure ??= fail("posting:error.mostPictures", { params: { most: MAX_PICTURES }, fields });
      break;
    }
    const file = await storeListingFile(ctx, { listingId, kind: "picture", upload });
    if (file.ok) fresh.push({ id: file.value.fileId, alt: "" });
    else stored.failure ??= file;
  }
  if (fresh.length > 0 || pressed.includes(".pictures.")) stored.files.pictures = [...values.pictures, ...fresh];
  if (uploads.pdf) {
    const file = await storeListingFile(ctx, { listingId, kind: "pdf", upload: uploads.pdf });
    if (file.ok) stored.files.pdfId = file.value.fileId;
    else stored.failure ??= file;
  }
  return stored;
}

/** An annex hangs on the listing itself and changes at once: only when the rest could be kept. */
async function changeAnnex(
  ctx: Ctx,
  { listingId, uploads }: WriteDraftInput,
  pressed: string,
): Promise<Result<unknown>> {
  const annexId = /^remove-annex\.(.+)$/.exec(pressed)?.[1];
  if (annexId) return removeAnnex(ctx, { listingId, annexId });
  return uploads.annex ? addAnnex(ctx, { listingId, upload: uploads.annex }) : ok();
}

const ABSENT: readonly string[] = [
  "listings:error.required",
  "listings:error.choose",
  "listings:error.lines",
  "posting:error.owners",
];

/** Problems on this step that somebody typed; what is merely still empty may be filled in later. */
function wrongOnStep(
  kind: DraftView["kind"],
  step: string,
  draft: Draft,
  fields: Record<string, string[]>,
): Record<string, string[]> {
  const empty = (name: string) => {
    const value = draft[name as keyof Draft];
    return typeof value === "string" ? value.trim() === "" : Array.isArray(value) && value.length === 0;
  };
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, messages]) =>
        stepOfField(kind, name) === step &&
        (name.includes("[") || !empty(name)) &&
        messages.some((message) => name.includes("[") || !ABSENT.includes(message)),
    ),
  );
}

/** Codes of sectors that fit what is typed so far, best first. */
export async function suggestionsFor(ctx: Ctx, draft: Draft): Promise<string[]> {
  if (draft.title.trim().length < 4) return [];
  const text = [draft.summary, draft.description, draft.problemSolved].join("\n").slice(0, 5_000);
  const guesses = await suggestSectors(ctx, { title: draft.title, text, keywords: draft.keywords.split(",") });
  return guesses.map((guess) => guess.code).slice(0, 3);
}
