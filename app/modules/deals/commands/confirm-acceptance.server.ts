import type { z } from "zod";
import type { Ctx } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import { PARTY_SIDES, type PartySide } from "../domain/choices";
import type { acceptanceSchema } from "../schemas";
import { decideOn, type HeldDeal, type lastActor, tell, withDeal, writeStep } from "./deal-rows.server";

/** The side an actor speaks for: as asked, else their own that has not confirmed yet. */
function sideOf(deal: HeldDeal, asked: PartySide | null): PartySide | null {
  if (asked) return asked;
  const own = PARTY_SIDES.filter((side) => deal.roles.includes(side));
  return own.find((side) => !deal.now.accepted[side]) ?? own[0] ?? null;
}

/**
 * One side confirms that the transfer was accepted (nghiệm thu): a member of the party, or the broker for an organisation
 * nobody stands for, when the acceptance record is there. With the second side the deal is accepted. Both at once: both
 * count, the stage changes once.
 * Failures: common:notFound, deals:error.{alreadyAccepted {name},role,stage,status,sideNeeded,sideWithoutMembers,acceptanceRecord}.
 */
export async function confirmAcceptance(
  ctx: Ctx,
  input: { dealId: string } & z.output<typeof acceptanceSchema>,
): Promise<Result<{ accepted: boolean }>> {
  return withDeal(ctx, { dealId: input.dealId }, async (tx, deal) => {
    const side = sideOf(deal, input.side);
    if (!side) return fail(deal.roles.includes("broker") ? "deals:error.sideNeeded" : "deals:error.role");
    const mayKnow = deal.roles.includes("broker") || deal.roles.includes(side);
    if (mayKnow && deal.now.accepted[side])
      return fail("deals:error.alreadyAccepted", {
        params: { name: await lastConfirmer(tx, deal, side) },
      });
    const { role, next, facts } = decideOn(deal, { kind: "confirm_acceptance", side });
    const now = ctx.clock.now();
    const column = side === "transferor" ? "transferorAcceptedAt" : "transfereeAcceptedAt";
    const both = next.stage === "accepted";
    const onBehalf = role === "broker";
    const dealEventId = await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "confirm_acceptance",
      facts: { ...facts, onBehalf },
      data: { [column]: now },
      action: both ? "deal.accepted" : "deal.acceptance-given",
      after: { side, onBehalf },
    });
    await tell(tx, ctx, deal, both ? "deal.accepted" : "deal.acceptance-given", { dealEventId }, role);
    return ok({ accepted: both });
  });
}

async function lastConfirmer(tx: Parameters<typeof lastActor>[0], deal: HeldDeal, side: PartySide): Promise<string> {
  const event = await tx.dealEvent.findFirst({
    where: { dealId: deal.row.id, command: "confirm_acceptance", facts: { path: ["side"], equals: side } },
    select: { byId: true },
  });
  const who = event?.byId
    ? await tx.person.findUnique({ where: { id: event.byId }, select: { fullName: true } })
    : null;
  return who?.fullName ?? "…";
}
