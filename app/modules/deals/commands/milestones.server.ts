import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { calendarFrom, closeDue, putDue, ruleAt } from "~/platform/rules.server";
import { MAX_MILESTONES } from "../domain/choices";
import { royaltyDates } from "../domain/royalty-dates";
import type { CompleteMilestoneInput, MilestonesInput, RoyaltyPlanInput } from "../schemas";
import { decideOn, type HeldDeal, withDeal, writeStep } from "./deal-rows.server";
import { planDue } from "./due-kinds";

type Key = { dealId: string };
type Row = { id: string; label: string; dueOn: string | null; amount: bigint | null; royalty: boolean };

/**
 * Writes the plan of performance and payment as a whole: new rows are added, open ones changed or taken out, those done or
 * waived stay. A day opens a deadline whose reminders the sweep sends.
 * Failures: common:notFound, deals:error.{changedMeanwhile,role,stage,status,tooManyMilestones}.
 */
export async function saveMilestones(ctx: Ctx, input: Key & MilestonesInput): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "save_milestones" });
    const { settled, open } = partsOf(deal);
    const asked = input.milestones.filter((row) => !settled.some((one) => one.id === row.id));
    if (asked.length + settled.length > MAX_MILESTONES) return fail("deals:error.tooManyMilestones");
    const rows: Row[] = asked.map(({ id, label, dueOn, amount }, at) => {
      const stored = open.find((one) => one.id === id);
      // an id that is none of this deal's, or was said before, is a new row
      const kept = stored && asked.findIndex((one) => one.id === id) === at ? stored : null;
      return { id: kept?.id ?? newId(), label, dueOn, amount, royalty: kept?.royalty ?? false };
    });
    await writePlan(tx, ctx, deal, rows, { role, next });
    return ok();
  });
}

/**
 * Puts the royalties of the contract into the plan: one row each period from the first date on, at the end. A date that is
 * a day off becomes the next working day (Bộ luật Dân sự 91/2015/QH13 Điều 148), as far as the calendar is known. Royalties
 * planned before and not settled yet are replaced; everything else stays.
 * Failures: common:notFound, deals:error.{changedMeanwhile,role,stage,status,noRoyalty,tooManyMilestones}.
 */
export async function planRoyalties(ctx: Ctx, input: Key & RoyaltyPlanInput): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "save_milestones" });
    const terms = await tx.deal.findUniqueOrThrow({
      where: { id: deal.row.id },
      select: { royaltyBasisPoints: true, paymentKinds: true },
    });
    const agreed = terms.royaltyBasisPoints !== null || terms.paymentKinds.some((kind) => kind.startsWith("royalty_"));
    if (!agreed) return fail("deals:error.noRoyalty");
    const { settled, open } = partsOf(deal);
    const kept: Row[] = open
      .filter((one) => !one.royalty)
      .map((one) => ({ ...one, dueOn: one.dueOn?.toISOString().slice(0, 10) ?? null }))
      .map(({ id, label, dueOn, amount, royalty }) => ({ id, label, dueOn, amount, royalty }));
    if (settled.length + kept.length + input.times > MAX_MILESTONES) return fail("deals:error.tooManyMilestones");
    const years = Math.ceil((input.times * input.everyMonths) / 12) + 1;
    const calendar = await calendarFrom(tx, dateOnly(input.firstOn), years * 366);
    const dates = royaltyDates(input, calendar);
    const royalties = dates.map((dueOn, at): Row => {
      const label = `${input.label} ${at + 1}/${dates.length}`;
      return { id: newId(), label, dueOn, amount: null, royalty: true };
    });
    await writePlan(tx, ctx, deal, [...kept, ...royalties], { role, next });
    return ok();
  });
}

/** What of a plan is settled and stays as it is, and what may still be changed. */
function partsOf({ row }: HeldDeal) {
  const settled = row.milestones.filter((one) => one.doneOn !== null || one.waivedOn !== null);
  return { settled, open: row.milestones.filter((one) => !settled.includes(one)) };
}

/** Writes the open rows of a plan anew, with their deadlines and the line of the story. */
async function writePlan(
  tx: Tx,
  ctx: Ctx,
  deal: HeldDeal,
  rows: Row[],
  by: Pick<Parameters<typeof writeStep>[3], "role" | "next">,
): Promise<void> {
  const { settled, open } = partsOf(deal);
  for (const one of open.filter((old) => !rows.some((row) => row.id === old.id)))
    await closeDue(tx, ctx, one.id, [planDue(one).kind], "cancelled");
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
  const plan = rows.map(({ id, dueOn, amount, royalty }) => ({
    ...{ id, dueOn, royalty },
    amount: amount === null ? null : String(amount),
  }));
  await writeStep(tx, ctx, deal, {
    ...by,
    command: "save_milestones",
    facts: { count: rows.length + settled.length },
    action: "deal.milestone-planned",
    after: { milestones: plan },
  });
}

/** Deadlines follow their milestone's day; a day that did not change keeps what was reminded. */
async function setDues(tx: Tx, ctx: Ctx, deal: HeldDeal, rows: Row[]): Promise<void> {
  for (const { id, dueOn, royalty } of rows) {
    const { kind, ruleKey } = planDue({ royalty });
    if (dueOn === null) {
      await closeDue(tx, ctx, id, [kind], "cancelled");
      continue;
    }
    const before = deal.row.milestones
      .find((one) => one.id === id)
      ?.dueOn?.toISOString()
      .slice(0, 10);
    if (before === dueOn) continue;
    const { officeId, brokerId } = deal.row;
    const due = { kind, subjectKind: "deal-milestone", subjectId: id, officeId, personId: brokerId };
    await putDue(tx, ctx, due, dateOnly(dueOn), await ruleAt(tx, ruleKey, ctx.clock.now()));
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
        // what a royalty comes to is known only when its period is over
        ...(done && input.amount !== undefined ? { amount: input.amount } : {}),
        ...(done ? {} : { waivedOn: dateOnly(deal.today), waivedNote: input.note }),
        doneById: ctx.actor.kind === "person" ? ctx.actor.personId : null,
      },
    });
    await closeDue(tx, ctx, milestone.id, [planDue(milestone).kind], done ? "done" : "cancelled");
    await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "complete_milestone",
      facts: { milestoneId: milestone.id, number: milestone.number, outcome: input.outcome, on: input.on },
      action: done ? "deal.milestone-done" : "deal.milestone-waived",
      after: {
        ...{ milestoneId: milestone.id, on: input.on },
        ...(done && input.amount !== undefined ? { amount: String(input.amount) } : {}),
      },
    });
    return ok();
  });
}
