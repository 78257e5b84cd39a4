import type { z } from "zod";
import { storeUpload } from "~/modules/documents/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId, newId } from "~/platform/ids";
import { abort, fail, ok, type Result } from "~/platform/result";
import { DOCUMENTS_OF, isOpenTo } from "../domain/deal-machine";
import { rolesOn, visibleDeals } from "../policy";
import type { documentSchema } from "../schemas";
import { decideOn, withDeal, writeStep } from "./deal-rows.server";

export type DealUpload = { name: string; bytes: Uint8Array };

/** PDF by its first bytes; everything else is tried as a picture. */
const kindOf = (bytes: Uint8Array): "pdf" | "picture" =>
  Buffer.from(bytes.subarray(0, 1024)).includes("%PDF-") ? "pdf" : "picture";

/**
 * Puts a document to the deal's present stage: PDF or picture. Which kinds depends on the role: the certificate is the
 * registrar's, contracts and records the broker's, drafts and hand-over papers also the parties'. The file belongs to no
 * organisation and hangs on no listing: only openDealDocument gives it out.
 * Failures: common:notFound, common:tooMany, deals:error.{documentKind,role,status,stage}, those of storeUpload, at field "file".
 */
export async function addDealDocument(
  ctx: Ctx,
  input: { dealId: string; upload: DealUpload } & z.output<typeof documentSchema>,
): Promise<Result<{ documentId: string }>> {
  const { actor } = ctx;
  if (!isId(input.dealId) || !isPerson(actor)) return fail("common:notFound");
  // asked before a file is stored, and once more when the row is held
  const seen = await ctx.db.deal.findFirst({
    where: { AND: [{ id: input.dealId }, visibleDeals(actor)] },
    select: { officeId: true, transferorId: true, transfereeId: true },
  });
  if (!seen) return fail("common:notFound");
  const roles = rolesOn(actor, seen);
  if (roles.every((role) => DOCUMENTS_OF[role] === undefined)) return fail("deals:error.role");
  if (!roles.some((role) => DOCUMENTS_OF[role]?.includes(input.kind)))
    return fail("deals:error.documentKind", { fields: { kind: ["deals:error.documentKind"] } });
  const allowed = await ctx.limits.consume("upload", actor.personId);
  if (!allowed.allowed) return fail("common:tooMany");
  const stored = await storeUpload(ctx, {
    kind: kindOf(input.upload.bytes),
    name: input.upload.name,
    bytes: input.upload.bytes,
    organisationId: null,
    asSent: true,
  });
  if (!stored.ok)
    return fail(stored.code, {
      ...(stored.params ? { params: stored.params } : {}),
      fields: { file: [stored.code] },
    });
  const { fileId } = stored.value;
  return withDeal(ctx, { dealId: input.dealId }, async (tx, deal) => {
    if (!isOpenTo("add_document", deal.now)) return fail("deals:error.status");
    const { next } = decideOn(deal, { kind: "add_document" });
    // a broker who is a registrar too puts each kind in as who may
    const role = deal.roles.find((one) => DOCUMENTS_OF[one]?.includes(input.kind)) ?? abort("deals:error.role");
    const documentId = newId();
    await tx.dealDocument.create({
      data: {
        id: documentId,
        dealId: deal.row.id,
        stage: deal.now.stage,
        kind: input.kind,
        title: input.title,
        fileId,
        uploadedById: actor.personId,
        at: ctx.clock.now(),
      },
    });
    await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "add_document",
      facts: { documentId, kind: input.kind },
      action: "deal.document-added",
      after: { documentId, kind: input.kind, fileId },
    });
    return ok({ documentId });
  });
}
