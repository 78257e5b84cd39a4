import { fail, ok, type Result } from "~/platform/result";
import type { EnterRowsInput } from "../commands/enter-rows.server";
import type { SendSheetInput } from "../commands/send-sheet.server";
import { LARGEST_FILE } from "../domain/limits";

/** The file, the words around it, and a little for the form itself. */
const LARGEST_BODY = LARGEST_FILE + 64 * 1024;

export type SheetForm = Pick<SendSheetInput, "kind" | "organisationId" | "file"> & {
  /** id of a kept mapping that is to be forgotten; null when a file is sent */
  forget: string | null;
};

/** Reads the form in which a spreadsheet is sent. Failure: exchange:file.tooLarge before a byte of it is read. */
export async function readSheetForm(request: Request): Promise<Result<SheetForm>> {
  const size = Number(request.headers.get("Content-Length"));
  if (!(size > 0 && size <= LARGEST_BODY))
    return fail("exchange:file.tooLarge", { fields: { file: ["exchange:file.tooLarge"] } });
  const form = await request.formData();
  const posted = form.get("file");
  const forget = form.get("intent") === "forget" ? String(form.get("mapping") ?? "") : null;
  return ok({
    kind: kindIn(form) ?? "offering",
    organisationId: String(form.get("organisationId") ?? "") || null,
    forget,
    file:
      forget === null && posted instanceof File && posted.size > 0
        ? { name: posted.name, bytes: new Uint8Array(await posted.arrayBuffer()) }
        : null,
  });
}

/** The kind of listing that a form or an address names. */
export function kindIn(form: FormData | URLSearchParams): "need" | "offering" | undefined {
  const kind = form.get("kind");
  return kind === "need" || kind === "offering" ? kind : undefined;
}

/** Reads the form in which a checked file is confirmed. */
export function confirmForm(form: FormData, uploadId: string): EnterRowsInput {
  return {
    uploadId,
    revision: Number(form.get("revision")) || 0,
    send: form.get("intent") === "send",
    skipLike: form.has("skipLike"),
    makeMissing: form.has("makeMissing"),
  };
}
