import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { mayHandleDeadLetters } from "../policy";
import { NOTE_MIN } from "../schemas";

/** What a person wrote is kept after this word; "replayed" stands alone. */
const DROPPED = "dropped: ";

/**
 * Asks for a job that was given up to be queued again; a worker does it after commit. Administrators only.
 * Fails: notFound, notifications:error.alreadyResolved.
 */
export async function replayDeadLetter(ctx: Ctx, input: { id: string }): Promise<Result> {
  return resolve(ctx, input.id, "replayed");
}

/** Gives a job up for good, with a note why. Fails: notFound, notifications:error.noteNeeded, alreadyResolved. */
export async function dropDeadLetter(ctx: Ctx, input: { id: string; note: string }): Promise<Result> {
  const note = cleanText(input.note);
  if (mayHandleDeadLetters(ctx.actor) && note.length < NOTE_MIN) {
    return fail("notifications:error.noteNeeded", { fields: { note: ["notifications:error.noteNeeded"] } });
  }
  return resolve(ctx, input.id, `${DROPPED}${note}`);
}

/** So many letters of one cause are settled by one press; the rest by the next. */
const BULK = 500;

type Cause = { jobName: string; errorCode: string };

/**
 * Asks for all jobs of one name and error code to be queued again: their cause is mended. Administrators only.
 * @returns how many; who was quicker with one of them does no harm. Fails: notFound.
 */
export function replayDeadLetters(ctx: Ctx, cause: Cause): Promise<Result<number>> {
  return resolveAll(ctx, cause, "replayed");
}

/** Gives all jobs of one name and error code up for good, with one note. Fails: notFound, notifications:error.noteNeeded. */
export async function dropDeadLetters(ctx: Ctx, input: Cause & { note: string }): Promise<Result<number>> {
  const note = cleanText(input.note);
  if (mayHandleDeadLetters(ctx.actor) && note.length < NOTE_MIN) {
    return fail("notifications:error.noteNeeded", { fields: { note: ["notifications:error.noteNeeded"] } });
  }
  return resolveAll(ctx, input, `${DROPPED}${note}`);
}

async function resolveAll(ctx: Ctx, { jobName, errorCode }: Cause, resolution: string): Promise<Result<number>> {
  if (!mayHandleDeadLetters(ctx.actor)) return fail("notFound");
  const letters = await ctx.db.deadLetter.findMany({
    where: { jobName, errorCode, resolvedAt: null },
    orderBy: { createdAt: "asc" },
    take: BULK,
    select: { id: true },
  });
  let settled = 0;
  for (const { id } of letters) if ((await resolve(ctx, id, resolution)).ok) settled += 1;
  return ok(settled);
}

async function resolve(ctx: Ctx, id: string, resolution: string): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor) || !mayHandleDeadLetters(actor)) return fail("notFound");
  return transact(ctx, async (tx) => {
    const letter = await tx.deadLetter.findUnique({ where: { id }, select: { jobId: true, errorCode: true } });
    if (!letter) return fail("notFound");
    const changed = await tx.deadLetter.updateMany({
      where: { id, resolvedAt: null },
      data: { resolvedAt: ctx.clock.now(), resolution, resolvedById: actor.personId },
    });
    if (changed.count === 0) abort("notifications:error.alreadyResolved");
    const replayed = resolution === "replayed";
    await audit(tx, ctx, {
      action: replayed ? "dead-letter.replayed" : "dead-letter.dropped",
      subjectKind: "dead-letter",
      subjectId: id,
      before: letter,
      after: { resolution },
    });
    if (replayed) await emit(tx, ctx, "dead-letter.replayed", id);
    return ok();
  });
}
