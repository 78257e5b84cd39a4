import { readFile } from "~/modules/documents/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, ok } from "~/platform/result";
import { annexDoor } from "../domain/annex-access";
import { acceptanceFor, acceptancesOf, findAnnexed, lockAnnexes, standingOf } from "../queries/annex-rows.server";

export type OpenedAnnex = { content: { bytes: number; stream: ReadableStream<Uint8Array> }; downloadName: string };

/**
 * Hands out a confidential annex by its file. Null for everybody who may not read it now: not let in, not accepted, taken
 * back, run out, removed, absent; all answer alike. Each time it is handed out is a row and an audit entry before the bytes
 * leave, and the owner is told of an organisation's first. The owner's own reading is not written down.
 * The download name is reference and number: the uploader's file name may tell who the owner of a blind listing is.
 */
export async function openAnnex(ctx: Ctx, fileId: string): Promise<OpenedAnnex | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(fileId)) return null;
  const hangs = { annexes: { some: { fileId, removedAt: null } } };
  const seen = await findAnnexed(ctx.db, ctx, hangs);
  if (!seen) return null;
  // before anything is written down: what cannot be handed out was not opened
  const content = await (await readFile(ctx, fileId, "full"))?.open();
  if (!content) return null;
  const opened = await transact(ctx, async (tx) => {
    await lockAnnexes(tx, seen.id);
    const row = await findAnnexed(tx, ctx, hangs);
    const annex = row?.annexes.find((one) => one.fileId === fileId);
    if (!row || !annex) abort("common:notFound");
    const downloadName = `${row.reference ?? "cungcau"}-phu-luc-${annex.number}`;
    const standing = await standingOf(tx, ctx, row);
    const acceptance = acceptanceFor(ctx, await acceptancesOf(tx, actor, row.id), annex.id, standing);
    const door = annexDoor(standing, acceptance !== undefined);
    if (door === "own") return ok({ downloadName });
    if (door !== "open" || !acceptance) abort("common:notFound");

    const { organisationId } = standing;
    // a broker reads for the Department, but is told of as the person they are
    const reader = organisationId ? { organisationId } : { organisationId: null, personId: actor.personId };
    const before = await tx.annexOpening.count({ where: { acceptance: { listingId: row.id, ...reader } } });
    const id = newId();
    await tx.annexOpening.create({
      data: { id, annexId: annex.id, acceptanceId: acceptance.id, openedAt: ctx.clock.now() },
    });
    await audit(tx, ctx, {
      action: "annex.opened",
      subjectKind: "listing",
      subjectId: row.id,
      after: { openingId: id, annexId: annex.id, acceptanceId: acceptance.id, organisationId },
    });
    if (before === 0) await emit(tx, ctx, "annex.opened", id);
    return ok({ downloadName });
  });
  if (opened.ok) return { content, downloadName: opened.value.downloadName };
  await content.stream.cancel();
  return null;
}
