import { z } from "zod";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { sweepRow } from "~/platform/db/sweep-row.server";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { reminderStep } from "~/platform/reminder-steps";
import { fail, ok, type Result } from "~/platform/result";
import { ruleAt } from "~/platform/rules.server";
import { PARTY_SIDES } from "../domain/choices";
import { filingSide } from "../domain/registration-duty";
import { type HeldDeal, holdDeal, organisationOf } from "./deal-rows.server";
import { FILE_DUE, MILESTONE_DUE, ROYALTY_DUE } from "./due-kinds";

/** Reminders sent by one run, and what could not be swept. */
export type DealSweepReport = { registration: number; milestones: number; royalties: number; failed: number };

const offsets = z.array(z.number().int());
const DAY = 86_400_000;
/** What the sweep looks at: whose count it raises, and the verb of the audit log. */
const KINDS = {
  [FILE_DUE]: { count: "registration", ruleKey: "registration.remindDays", action: "deal.registration-reminded" },
  [MILESTONE_DUE]: { count: "milestones", ruleKey: "deal.milestone.remindDays", action: "deal.milestone-reminded" },
  [ROYALTY_DUE]: { count: "royalties", ruleKey: "deal.royalty.remindDays", action: "deal.royalty-reminded" },
} as const;
type Kind = keyof typeof KINDS;

/**
 * What the clock does to deals: reminds of the registration deadline (broker, registrars, the party that files), of
 * milestones and of royalties (both parties, broker), by the steps of the rules around the day. Safe to run as often as one likes; after a
 * pause each deadline gets the newest step only. For the system only. Failures: common:forbidden.
 */
export async function sweepDeals(ctx: Ctx): Promise<Result<DealSweepReport>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const today = localDay(now);
  const report: DealSweepReport = { registration: 0, milestones: 0, royalties: 0, failed: 0 };
  for (const kind of [FILE_DUE, MILESTONE_DUE, ROYALTY_DUE] as const) {
    const { count, ruleKey } = KINDS[kind];
    const steps = offsets.parse((await ruleAt(ctx.db, ruleKey, now)).value);
    const ahead = Math.max(0, ...steps.map((offset) => -offset));
    const dues = await ctx.db.due.findMany({
      where: { kind, state: "open", dueOn: { lte: new Date(dateOnly(today).getTime() + ahead * DAY) } },
      orderBy: { dueOn: "asc" },
      select: { id: true, dueOn: true, remindedOn: true },
    });
    for (const due of dues) {
      // a look before the lock: most have had their reminder
      if (stepOf(due, steps, today) === null) continue;
      const row = { ids: { dueId: due.id }, failed: "a deal's deadline could not be swept" };
      const end = await sweepRow(ctx, row, (tx) => remind(tx, ctx, due.id, kind, steps, today));
      if (end === "failed") report.failed += 1;
      else if (end.did) report[count] += 1;
    }
  }
  return ok(report);
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
const stepOf = (due: { dueOn: Date; remindedOn: Date | null }, steps: readonly number[], today: string) =>
  reminderStep(dayOf(due.dueOn), steps, today, due.remindedOn && dayOf(due.remindedOn));

async function remind(
  tx: Tx,
  ctx: Ctx,
  dueId: string,
  kind: Kind,
  steps: readonly number[],
  today: string,
): Promise<boolean> {
  const due = await tx.due.findFirst({ where: { id: dueId, state: "open" } });
  if (!due) return false;
  const dealId =
    kind === FILE_DUE
      ? due.subjectId
      : (await tx.dealMilestone.findUnique({ where: { id: due.subjectId }, select: { dealId: true } }))?.dealId;
  // the deal first: a command that closes the deadline holds the same row
  const deal = dealId ? await holdDeal(tx, ctx, dealId) : null;
  if (!deal) return false;
  const fresh = await tx.due.findFirst({ where: { id: dueId, state: "open" } });
  const step = fresh && stepOf(fresh, steps, today);
  if (step === null || step === undefined) return false;
  // the law's days run on while a deal rests; a payment plan rests with it
  if (deal.now.status !== "active" && (kind !== FILE_DUE || deal.now.status !== "paused")) return false;
  await tx.due.update({ where: { id: dueId }, data: { remindedOn: dateOnly(today) } });
  await (kind === FILE_DUE ? tellRegistration(tx, ctx, deal) : tellOfPlan(tx, ctx, deal, kind, due.subjectId));
  await audit(tx, ctx, {
    action: KINDS[kind].action,
    subjectKind: "deal",
    subjectId: deal.row.id,
    after: {
      step,
      dueOn: dayOf(due.dueOn),
      stage: deal.now.stage,
      status: deal.now.status,
      ...(kind === FILE_DUE ? {} : { milestoneId: due.subjectId }),
    },
  });
  return true;
}

async function tellRegistration(tx: Tx, ctx: Ctx, { row }: HeldDeal): Promise<void> {
  const side = row.registrationDuty && filingSide(row.registrationDuty, row);
  const organisationId = side && organisationOf(row, side);
  if (organisationId) await emit(tx, ctx, "deal.registration-reminder", row.id, { organisationId });
  await emit(tx, ctx, "deal.registration-reminder", row.id, { brokerId: row.brokerId });
  await emit(tx, ctx, "deal.registration-reminder", row.id, { registrars: "all" });
}

async function tellOfPlan(
  tx: Tx,
  ctx: Ctx,
  { row }: HeldDeal,
  kind: Exclude<Kind, typeof FILE_DUE>,
  milestoneId: string,
): Promise<void> {
  const event = kind === ROYALTY_DUE ? "deal.royalty-reminder" : "deal.milestone-reminder";
  for (const side of PARTY_SIDES) {
    const organisationId = organisationOf(row, side);
    if (organisationId) await emit(tx, ctx, event, row.id, { organisationId, milestoneId });
  }
  await emit(tx, ctx, event, row.id, { brokerId: row.brokerId, milestoneId });
}
