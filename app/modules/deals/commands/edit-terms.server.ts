import type { z } from "zod";
import type { Ctx } from "~/platform/context";
import { emit } from "~/platform/outbox.server";
import { dateOnly } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { mayWorkDeals } from "../policy";
import type { dealPlanSchema, TermsInput } from "../schemas";
import { findParties } from "./deal-parties.server";
import { decideOn, withDeal, writeStep } from "./deal-rows.server";

type Key = { dealId: string };

/**
 * Writes down the terms as far as they are known; until the contract is signed. The parties of a deal that both sides agreed
 * to talk about stay these two; who gives and who takes may be turned round.
 * Failures: common:notFound, common:invalid (with fields), deals:error.{changedMeanwhile,role,stage,status,partyFixed,
 * partyNeeded,ownDeal,currencyFixed}.
 */
export async function editTerms(ctx: Ctx, input: Key & TermsInput): Promise<Result<void>> {
  const { actor } = ctx;
  const { dealId, revision, royaltyPercent, ...terms } = input;
  return withDeal(ctx, { dealId, revision }, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "set_terms" });
    if (!mayWorkDeals(actor)) return fail("common:notFound");
    const found = await findParties(tx, actor, { transferor: terms.transferorId, transferee: terms.transfereeId });
    if (!found.ok) return fail("common:invalid", { fields: found.fields });
    const before = [deal.row.transferorId, deal.row.transfereeId];
    const after = [terms.transferorId, terms.transfereeId];
    if (deal.row.introductionId && !before.every((id) => after.includes(id)))
      return fail("deals:error.partyFixed", { fields: { transferorId: ["deals:error.partyFixed"] } });
    if (after.every((id) => id === null))
      return fail("deals:error.partyNeeded", { fields: { transfereeId: ["deals:error.partyNeeded"] } });
    // a broker does not write himself into a deal
    if (actor.memberships.some((one) => after.includes(one.organisationId))) return fail("deals:error.ownDeal");
    const { row } = deal;
    // sums of the plan are kept in whole units of the currency they were written in
    if (terms.currency !== row.currency && row.milestones.some((one) => one.amount !== null))
      return fail("deals:error.currencyFixed", { fields: { currency: ["deals:error.currencyFixed"] } });
    const changed = Object.entries(terms).flatMap(([key, value]) =>
      key in row && String(row[key as keyof typeof row]) !== String(value) ? [key] : [],
    );
    const dealEventId = await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "set_terms",
      facts: { changed, value: terms.value === null ? null : String(terms.value), currency: terms.currency },
      data: { ...terms, royaltyBasisPoints: royaltyPercent },
      action: "deal.terms-set",
      after: { changed, transferorId: terms.transferorId, transfereeId: terms.transfereeId },
    });
    // to who comes in later the deal opens now
    for (const organisationId of after)
      if (organisationId && !before.includes(organisationId))
        await emit(tx, ctx, "deal.opened", row.id, { organisationId, dealEventId });
    return ok();
  });
}

/** Sets what the broker does next and when. Failures as editTerms. */
export async function planDeal(ctx: Ctx, input: Key & z.output<typeof dealPlanSchema>): Promise<Result<void>> {
  return withDeal(ctx, input, async (tx, deal) => {
    const { role, next } = decideOn(deal, { kind: "plan" });
    if (input.nextActionOn < deal.today)
      return fail("common:invalid", { fields: { nextActionOn: ["deals:error.datePast"] } });
    await writeStep(tx, ctx, deal, {
      role,
      next,
      command: "plan",
      facts: { nextActionOn: input.nextActionOn },
      data: { nextAction: input.nextAction, nextActionOn: dateOnly(input.nextActionOn) },
      action: "deal.planned",
      after: { nextActionOn: input.nextActionOn },
    });
    return ok();
  });
}
