import type { z } from "zod";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import type { EventType } from "~/platform/events";
import { needReason } from "~/platform/lists/reasons.server";
import { ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { LOSE_REASONS, PAUSE_REASONS, TERMINATE_REASONS } from "../domain/choices";
import type { loseSchema, pauseSchema, resumeSchema, terminateSchema } from "../schemas";
import { decideOn, type HeldDeal, tell, withDeal, writeStep } from "./deal-rows.server";
import { FILE_DUE, PROCESS_DUE, planDue } from "./due-kinds";

type Key = { dealId: string };
type Exit = "pause" | "lose" | "terminate";
const NAMES: Record<Exit, { action: string; event: EventType }> = {
  pause: { action: "deal.paused", event: "deal.paused" },
  lose: { action: "deal.lost", event: "deal.lost" },
  terminate: { action: "deal.terminated", event: "deal.terminated" },
};

const REASONS: Record<Exit, readonly string[]> = {
  pause: PAUSE_REASONS,
  lose: LOSE_REASONS,
  terminate: TERMINATE_REASONS,
};

async function exit(
  ctx: Ctx,
  kind: Exit,
  input: Key & { revision: number; reasonCode: string; note: string | null },
): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    await needReason(tx, `deal.${kind}`, REASONS[kind], input.reasonCode);
    const { role, next, facts } = decideOn(deal, { kind, reasonCode: input.reasonCode });
    // the law's days run on while talks rest; they end with the deal
    if (kind !== "pause") await closeDues(tx, ctx, deal);
    const dealEventId = await writeStep(tx, ctx, deal, {
      role,
      next,
      command: kind,
      facts: { ...facts, ...(input.note ? { note: input.note } : {}) },
      data: { reasonNote: input.note },
      action: NAMES[kind].action,
      after: { reasonCode: input.reasonCode },
    });
    await tell(tx, ctx, deal, NAMES[kind].event, { dealEventId }, role);
    return ok();
  });
}

async function closeDues(tx: Tx, ctx: Ctx, { row }: HeldDeal): Promise<void> {
  await closeDue(tx, ctx, row.id, [FILE_DUE, PROCESS_DUE], "cancelled");
  for (const milestone of row.milestones) await closeDue(tx, ctx, milestone.id, [planDue(milestone).kind], "cancelled");
}

/** Rests a deal, with a coded reason. Failures: common:notFound, deals:error.{changedMeanwhile,role,stage,status}. */
export const pauseDeal = (ctx: Ctx, input: Key & z.output<typeof pauseSchema>): Promise<Result<void>> =>
  exit(ctx, "pause", input);

/** Ends talks before signing, with a coded reason. Failures as pauseDeal. */
export const loseDeal = (ctx: Ctx, input: Key & z.output<typeof loseSchema>): Promise<Result<void>> =>
  exit(ctx, "lose", input);

/** Ends a signed contract early, with a coded reason. Failures as pauseDeal. */
export const terminateDeal = (ctx: Ctx, input: Key & z.output<typeof terminateSchema>): Promise<Result<void>> =>
  exit(ctx, "terminate", input);

/** Takes a resting deal up again where it stood. Failures as pauseDeal. */
export async function resumeDeal(ctx: Ctx, input: Key & z.output<typeof resumeSchema>): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "resume" });
    const dealEventId = await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "resume",
      facts: {},
      data: { reasonNote: null },
      action: "deal.resumed",
    });
    await tell(tx, ctx, deal, "deal.resumed", { dealEventId }, role);
    return ok();
  });
}
