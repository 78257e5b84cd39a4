import { storeUpload } from "~/modules/documents/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { canEdit, POLICY_FACTS } from "../policy";

export type Upload = { name: string; bytes: Uint8Array };

/**
 * Stores a picture or PDF for a listing's draft; `saveDraft` then hangs it on the draft (its `files`).
 * Failures: common:notFound, common:tooMany, those of storeUpload, with the message at its field ("picture" or "pdf").
 */
export async function storeListingFile(
  ctx: Ctx,
  input: { listingId: string; kind: "picture" | "pdf"; upload: Upload },
): Promise<Result<{ fileId: string }>> {
  const { actor } = ctx;
  if (!isId(input.listingId)) return fail("common:notFound");
  const row = await ctx.db.listing.findUnique({
    where: { id: input.listingId },
    select: POLICY_FACTS,
  });
  if (!row || !isPerson(actor) || !canEdit(actor, row)) return fail("common:notFound");
  const allowed = await ctx.limits.consume("upload", actor.personId);
  if (!allowed.allowed) return fail("common:tooMany");
  const stored = await storeUpload(ctx, { kind: input.kind, ...input.upload, organisationId: row.organisationId });
  return stored.ok
    ? ok(stored.value)
    : fail(stored.code, {
        ...(stored.params ? { params: stored.params } : {}),
        fields: { [input.kind]: [stored.code] },
      });
}
