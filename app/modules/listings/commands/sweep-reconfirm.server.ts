import { z } from "zod";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { sweepRow } from "~/platform/db/sweep-row.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { closeDue, numberRuleAt, ruleAt } from "~/platform/rules.server";
import { reconfirmStep } from "../domain/reconfirm-step";
import { RECONFIRM_DUE } from "./reconfirm-listing.server";

export type ReconfirmReport = { asked: number; reminded: number; hidden: number; failed: number };

const BATCH = 500;
const offsets = z.array(z.number().int()).min(1);
const dayOf = (date: Date) => date.toISOString().slice(0, 10);

type Rules = { today: string; remindDays: number[]; hideDays: number };

/**
 * What the clock does to published listings whose owner has not said for months that they still hold: asks, reminds, and
 * hides from searching what stays unanswered. Nothing is deleted and one click brings it back. Safe to run as often as one
 * likes; after a pause each listing gets one step. For the system only. Failures: common:forbidden.
 */
export async function sweepReconfirm(ctx: Ctx): Promise<Result<ReconfirmReport>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const rules: Rules = {
    today: localDay(now),
    remindDays: offsets.parse((await ruleAt(ctx.db, "listing.reconfirmRemindDays", now)).value),
    hideDays: (await numberRuleAt(ctx.db, "listing.reconfirmHideDays", now)).value,
  };
  const report: ReconfirmReport = { asked: 0, reminded: 0, hidden: 0, failed: 0 };
  let after: string | undefined;
  for (;;) {
    const dues = await ctx.db.due.findMany({
      where: {
        kind: RECONFIRM_DUE,
        state: "open",
        dueOn: { lte: dateOnly(rules.today) },
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true, subjectId: true, dueOn: true, remindedOn: true },
    });
    for (const due of dues) {
      // a look before the lock: most have had their reminder
      if (stepOf(due, rules) === null) continue;
      const row = { ids: { listingId: due.subjectId }, failed: "a listing could not be asked about" };
      const end = await sweepRow(ctx, row, (tx) => sweepOne(tx, ctx, due.id, due.subjectId, rules));
      if (end === "failed") report.failed += 1;
      else if (end.did) report[end.did] += 1;
    }
    after = dues.at(-1)?.id;
    if (dues.length < BATCH) return ok(report);
  }
}

const stepOf = (due: { dueOn: Date; remindedOn: Date | null }, rules: Rules) =>
  reconfirmStep({ ...rules, dueOn: dayOf(due.dueOn), remindedOn: due.remindedOn && dayOf(due.remindedOn) });

async function sweepOne(
  tx: Tx,
  ctx: Ctx,
  dueId: string,
  listingId: string,
  rules: Rules,
): Promise<"asked" | "reminded" | "hidden" | null> {
  // the listing first: whoever confirms holds the same row
  const [held] = await tx.$queryRaw<{ state: string; hidden: boolean }[]>`
    SELECT state::text, unconfirmed_at IS NOT NULL AS hidden FROM listing WHERE id = ${listingId}::uuid FOR UPDATE`;
  const due = await tx.due.findFirst({ where: { id: dueId, state: "open" } });
  if (!due || !held) return null;
  if (held.state !== "published" || held.hidden) {
    await closeDue(tx, ctx, listingId, [RECONFIRM_DUE], "cancelled");
    return null;
  }
  const step = stepOf(due, rules);
  if (step === null) return null;
  const now = ctx.clock.now();
  const question = { listingId, dueOn: due.dueOn };
  if (step === "hide") {
    await tx.listing.update({
      where: { id: listingId },
      data: { unconfirmedAt: now, updatedAt: now, rowVersion: { increment: 1 } },
    });
    await tx.listingConfirmation.updateMany({ where: { ...question, confirmedAt: null }, data: { hiddenAt: now } });
    await closeDue(tx, ctx, listingId, [RECONFIRM_DUE], "done");
  } else {
    await tx.due.update({ where: { id: dueId }, data: { remindedOn: dateOnly(rules.today) } });
    await tx.listingConfirmation.upsert({
      where: { listingId_dueOn: question },
      create: { id: newId(), ...question, askedAt: now },
      update: {},
    });
  }
  const { id: confirmationId } = await tx.listingConfirmation.findUniqueOrThrow({
    where: { listingId_dueOn: question },
    select: { id: true },
  });
  const done = ({ ask: "asked", remind: "reminded", hide: "hidden" } as const)[step];
  await audit(tx, ctx, {
    action: `listing.reconfirm-${done}`,
    subjectKind: "listing",
    subjectId: listingId,
    before: { state: held.state, hidden: false },
    after: { state: held.state, hidden: step === "hide", dueOn: dayOf(due.dueOn) },
  });
  await emit(tx, ctx, step === "hide" ? "listing.unconfirmed" : "listing.reconfirm-due", listingId, { confirmationId });
  return done;
}
