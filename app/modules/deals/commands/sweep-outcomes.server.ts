import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Db, Tx } from "~/platform/db/client.server";
import { sweepRow } from "~/platform/db/sweep-row.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { bothStopped, CHASE_HORIZON_DAYS, type ChaseReply, daysAfter, OUTCOME_AUDIT, stepDue } from "../domain/chase";
import { askAfterDays, type ChaseAnchor, chaseAnchors } from "../queries/chase-anchors.server";
import { casesWithTellingDeal } from "../queries/telling-deals.server";

export type OutcomeSweepReport = {
  /** meetings and introductions whose two sides were asked */
  asked: number;
  failed: number;
};

const BATCH = 500;

/**
 * Asks both sides what came of a held meeting or an accepted introduction, on the days of the rule. Safe to run as often as
 * one likes and by several workers; after a pause only the newest step is asked. Stops once both sides say it stopped, and
 * once the case's deal is signed, lost or ended. For the system only. Failures: common:forbidden.
 */
export async function sweepOutcomes(ctx: Ctx): Promise<Result<OutcomeSweepReport>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const today = localDay(now);
  const steps = await askAfterDays(ctx.db, now);
  const report: OutcomeSweepReport = { asked: 0, failed: 0 };
  const anchors = await chaseAnchors(ctx.db, {
    from: localMidnight(daysAfter(today, -CHASE_HORIZON_DAYS)),
    until: localMidnight(daysAfter(today, 1 - Math.min(...steps))),
  });
  for (let at = 0; at < anchors.length; at += BATCH) {
    for (const anchor of await dueOf(ctx.db, anchors.slice(at, at + BATCH), today, steps)) {
      const row = { ids: { subjectId: anchor.subjectId }, failed: "an outcome could not be asked about" };
      const end = await sweepRow(ctx, row, (tx) => ask(tx, ctx, anchor, today, steps));
      if (end === "failed") report.failed += 1;
      else if (end.did) report.asked += 1;
    }
  }
  return ok(report);
}

/** Midnight in Việt Nam at the beginning of a day. */
const localMidnight = (day: string): Date => new Date(dateOnly(day).getTime() - 7 * 3_600_000);

/** Of these anchors, those whose step has come and that nothing stops. */
async function dueOf(db: Db | Tx, anchors: ChaseAnchor[], today: string, steps: number[]): Promise<ChaseAnchor[]> {
  const replies = await repliesTo(
    db,
    anchors.map((anchor) => anchor.subjectId),
  );
  const waiting = anchors.filter((anchor) => {
    const said = replies.get(anchor.subjectId) ?? [];
    const asked = said.map((reply) => reply.days);
    return stepDue(anchor.day, today, steps, asked) !== null && !bothStopped(said);
  });
  const told = await casesWithTellingDeal(
    db,
    waiting.map((anchor) => anchor.caseId),
  );
  return waiting.filter((anchor) => !told.has(anchor.caseId));
}

async function repliesTo(db: Db | Tx, subjectIds: string[]): Promise<Map<string, ChaseReply[]>> {
  const rows = await db.outcomeQuestion.findMany({
    where: { subjectId: { in: subjectIds } },
    select: { subjectId: true, side: true, days: true, answer: true, resolution: true },
  });
  const bySubject = new Map<string, ChaseReply[]>();
  for (const { subjectId, ...reply } of rows) bySubject.set(subjectId, [...(bySubject.get(subjectId) ?? []), reply]);
  return bySubject;
}

/** Puts the newest step to both sides; false when somebody was quicker or it is not to be asked any more. */
async function ask(tx: Tx, ctx: Ctx, seen: ChaseAnchor, today: string, steps: number[]): Promise<boolean> {
  // two workers: the second waits here, then finds the questions
  await tx.$queryRaw`SELECT id FROM introduction WHERE id = ${seen.introductionId}::uuid FOR UPDATE`;
  const [anchor] = await chaseAnchors(tx, { subjectId: seen.subjectId });
  const [due] = anchor ? await dueOf(tx, [anchor], today, steps) : [];
  if (!due) return false;
  const asked = (await repliesTo(tx, [due.subjectId])).get(due.subjectId)?.map((reply) => reply.days) ?? [];
  const days = stepDue(due.day, today, steps, asked);
  if (days === null) return false;
  const sides = await tx.introductionSide.findMany({
    where: { introductionId: due.introductionId },
    orderBy: { side: "asc" },
    select: { side: true, organisationId: true },
  });
  const { subjectKind, subjectId, caseId, officeId } = due;
  const questions = sides.map((side) => ({ id: newId(), ...side }));
  await tx.outcomeQuestion.createMany({
    data: questions.map((question) => ({
      ...question,
      subjectKind,
      subjectId,
      caseId,
      officeId,
      days,
      askedAt: ctx.clock.now(),
    })),
  });
  for (const { id, side, organisationId } of questions) {
    await audit(tx, ctx, {
      action: OUTCOME_AUDIT.asked,
      subjectKind: "outcome-question",
      subjectId: id,
      after: { state: "asked", subjectKind, subjectId, caseId, days, side },
    });
    await emit(tx, ctx, "outcome.asked", id, { organisationId });
  }
  return true;
}
