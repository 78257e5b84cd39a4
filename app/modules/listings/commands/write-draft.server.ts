import type { Ctx } from "~/platform/context";
import { ok, type Result } from "~/platform/result";
import { type Draft, editLines } from "../domain/draft";
import { suggestSectors } from "../queries/suggest-sectors.server";
import { storeListingFile, type Upload } from "./attach-files.server";
import { type SavedDraft, saveDraft } from "./save-draft.server";
import { type Submitted, submitListing } from "./submit-listing.server";

export type WriteDraftInput = {
  listingId: string;
  revision: number;
  values: Draft;
  /** the form's button: save, autosave, overwrite, submit, add-line, remove-line.N, remove-picture, remove-pdf, sector.CODE */
  intent: string;
  uploads: { picture?: Upload; pdf?: Upload };
  organisationId?: string;
};
/** `revision` is also the new one when a later step failed: the draft is kept then. */
export type WrittenDraft = SavedDraft & { values: Draft; suggestions: string[]; submitted: Submitted | null };
export type WriteDraftAnswer = { result: Result<WrittenDraft>; values: Draft; revision: number };

/**
 * One press of a button (or pause in typing) in the listing form: keep what was typed, store uploads, then do what the
 * button says. Whatever fails, `values` holds what was typed and `revision` what the database now holds.
 */
export async function writeDraft(ctx: Ctx, input: WriteDraftInput): Promise<WriteDraftAnswer> {
  const { listingId, intent } = input;
  const sector = /^sector\.([A-Z]{2,4}-\d{2})$/.exec(intent);
  const values = {
    ...(editLines(input.values, intent) ?? input.values),
    ...(sector ? { sectorMain: sector[1] ?? "" } : {}),
  };
  const files: { pictureId?: string | null; pdfId?: string | null } = {};
  if (intent === "remove-picture") files.pictureId = null;
  if (intent === "remove-pdf") files.pdfId = null;

  const save = () =>
    saveDraft(ctx, {
      listingId,
      revision: input.revision,
      values,
      files,
      ...(input.organisationId ? { organisationId: input.organisationId } : {}),
    });
  let uploadFailure: Extract<Result, { ok: false }> | null = null;
  for (const kind of ["picture", "pdf"] as const) {
    const upload = input.uploads[kind];
    if (!upload) continue;
    const stored = await storeListingFile(ctx, { listingId, kind, upload });
    if (stored.ok) files[`${kind}Id`] = stored.value.fileId;
    else uploadFailure ??= stored;
  }
  // a refused file does not cost the words typed beside it
  const saved = await save();
  if (!saved.ok) return { result: saved, values, revision: input.revision };
  const { revision, savedAt } = saved.value;
  if (uploadFailure) return { result: uploadFailure, values, revision };
  let submitted: Submitted | null = null;
  if (intent === "submit") {
    const sent = await submitListing(ctx, { listingId, revision });
    if (!sent.ok) return { result: sent, values, revision };
    submitted = sent.value;
  }
  const suggestions = intent === "autosave" ? await suggestionsFor(ctx, values) : [];
  return { result: ok({ revision, savedAt, values, suggestions, submitted }), values, revision };
}

/** Codes of sectors that fit what is typed so far, best first. */
export async function suggestionsFor(ctx: Ctx, draft: Draft): Promise<string[]> {
  if (draft.title.trim().length < 4) return [];
  const text = [draft.summary, draft.description, draft.problemSolved].join("\n").slice(0, 5_000);
  const guesses = await suggestSectors(ctx, { title: draft.title, text, keywords: draft.keywords.split(",") });
  return guesses.map((guess) => guess.code).slice(0, 3);
}
