import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { closeDue, putDue, ruleAt } from "~/platform/rules.server";
import { MAX_MILESTONES } from "../domain/choices";
import type { CompleteMilestoneInput, MilestonesInput } from "../schemas";
import { decideOn, type HeldDeal, withDeal, writeStep } from "./deal-rows.server";
import { MILESTONE_DUE } from "./due-kinds";

type Key = { dealId: string };
type Row = { id: string; label: string; dueOn: string | null; amount: bigint | null };

/**
 * Writes the plan of performance and payment as a whole: new rows are added, open ones changed or taken out, those done or
 * waived stay. A day opens a deadline whose reminders the sweep sends.
 * Failures: common:notFound, deals:error.{changedMeanwhile,role,stage,status,tooManyMilestones}.
 */
export async function saveMilestones(ctx: Ctx, input: Key & MilestonesInput): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "save_milestones" });
    const settled = deal.row.milestones.filter((one) => one.doneOn !== null || one.waivedOn !== null);
    const open = deal.row.milestones.filter((one) => !settled.includes(one));
    const asked = input.milestones.filter((row) => !settled.some((one) => one.id === row.id));
    if (asked.length + settled.length > MAX_MILESTONES) return fail("deals:error.tooManyMilestones");
    const rows: Row[] = asked.map(({ id, label, dueOn, amount }, at) => ({
      // an id that is none of this deal's, or was said before, is a new row
      id: id && open.some((one) => one.id === id) && asked.findIndex((one) => one.id === id) === at ? id : newId(),
      label,
      dueOn,
      amount,
    }));
    const gone = open.filter((one) => !rows.some((row) => row.id === one.id)).map((one) => one.id);
    for (const id of gone) await closeDue(tx, ctx, id, [MILESTONE_DUE], "cancelled");
    // open rows are written anew, so that numbers never collide on the way
    await tx.dealMilestone.deleteMany({ where: { id: { in: open.map((one) => one.id) } } });
    const first = Math.max(0, ...settled.map((one) => one.number)) + 1;
    await tx.dealMilestone.createMany({
      data: rows.map((row, at) => ({
        ...row,
        dealId: deal.row.id,
        number: first + at,
        dueOn: row.dueOn === null ? null : dateOnly(row.dueOn),
      })),
    });
    await setDues(tx, ctx, deal, rows);
    const plan = rows.map(({ id, dueOn, amount }) => ({ id, dueOn, amount: amount === null ? null : String(amount) }));
    await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "save_milestones",
      facts: { count: rows.length + settled.length },
      action: "deal.milestone-planned",
      after: { milestones: plan },
    });
    return ok();
  });
}

/** Deadlines follow their milestone's day; a day that did not change keeps what was reminded. */
async function setDues(tx: Tx, ctx: Ctx, deal: HeldDeal, rows: Row[]): Promise<void> {
  const rule = await ruleAt(tx, "deal.milestone.remindDays", ctx.clock.now());
  for (const { id, dueOn } of rows) {
    if (dueOn === null) {
      await closeDue(tx, ctx, id, [MILESTONE_DUE], "cancelled");
      continue;
    }
    const before = deal.row.milestones
      .find((one) => one.id === id)
      ?.dueOn?.toISOString()
      .slice(0, 10);
    if (before === dueOn) continue;
    const { officeId, brokerId } = deal.row;
    const due = { kind: MILESTONE_DUE, subjectKind: "deal-milestone", subjectId: id, officeId, personId: brokerId };
    await putDue(tx, ctx, due, dateOnly(dueOn), rule);
  }
}

/**
 * Writes down that a milestone was reached (or paid), or that the parties agreed to do without it. Once.
 * Failures: common:notFound, common:invalid, deals:error.{role,stage,status,milestoneSettled}.
 */
export async function completeMilestone(ctx: Ctx, input: Key & CompleteMilestoneInput): Promise<Result<void>> {
  return withDeal(ctx, { dealId: input.dealId }, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "complete_milestone" });
    const milestone = deal.row.milestones.find((one) => one.id === input.milestoneId);
    if (!milestone) return fail("common:notFound");
    if (milestone.doneOn !== null || milestone.waivedOn !== null) return fail("deals:error.milestoneSettled");
    const done = input.outcome === "done";
    if (done && (input.on === null || input.on > deal.today))
      return fail("common:invalid", { fields: { on: ["deals:error.dateFuture"] } });
    await tx.dealMilestone.update({
      where: { id: milestone.id },
      data: {
        ...(done ? { doneOn: dateOnly(input.on ?? deal.today) } : {}),
        ...(done ? {} : { waivedOn: dateOnly(deal.today), waivedNote: input.note }),
        doneById: ctx.actor.kind === "person" ? ctx.actor.personId : null,
      },
    });
    await closeDue(tx, ctx, milestone.id, [MILESTONE_DUE], done ? "done" : "cancelled");
    await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "complete_milestone",
      facts: { milestoneId: milestone.id, number: milestone.number, outcome: input.outcome, on: input.on },
      action: done ? "deal.milestone-done" : "deal.milestone-waived",
      after: { milestoneId: milestone.id, on: input.on },
    });
    return ok();
  });
}
