import { listBrokers } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, hasGrant, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { fail, ok, type Result } from "~/platform/result";
import { decide } from "../domain/deal-machine";
import { mayWorkDeals } from "../policy";
import { factsOf } from "../queries/deal-facts.server";
import type { HandOverDealInput } from "../schemas";
import { type HeldDeal, holdDeal, withDeal } from "./deal-rows.server";

/**
 * Gives an open deal to another broker of the office, its deadlines too; both are told.
 * Failures: common:notFound, common:invalid, deals:error.{changedMeanwhile,role,stage,status}.
 */
export async function handOverDeal(ctx: Ctx, input: { dealId: string } & HandOverDealInput): Promise<Result<void>> {
  const { dealId, revision, toBrokerId, note } = input;
  if (!mayWorkDeals(ctx.actor)) return fail("common:notFound");
  return withDeal(ctx, { dealId, revision }, async (tx, deal) => {
    if (!deal.roles.includes("broker")) return fail("deals:error.role");
    return give(tx, ctx, deal, { toBrokerId, note });
  });
}

/**
 * Gives all open deals of somebody to another broker, each in a transaction of its own: for administrators, when a broker's
 * grant ends. May be called again: what was given is no longer found. @returns how many
 * Failures: common:notFound, common:invalid.
 */
export async function handOverDealsOf(
  ctx: Ctx,
  input: { fromId: string; toBrokerId: string; note: string },
): Promise<Result<number>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !hasGrant(actor, "administrator")) return fail("common:notFound");
  const rows = await ctx.db.deal.findMany({
    where: { officeId: actor.officeId, brokerId: input.fromId, status: { in: ["active", "paused"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  let given = 0;
  for (const { id } of rows) {
    const result = await transact(ctx, async (tx) => {
      const deal = await holdDeal(tx, ctx, id);
      return deal?.row.brokerId === input.fromId ? give(tx, ctx, deal, input) : fail("common:notFound");
    });
    if (result.ok) given += 1;
    else if (result.code !== "common:notFound") return result;
  }
  return ok(given);
}

async function give(
  tx: Tx,
  ctx: Ctx,
  deal: HeldDeal,
  { toBrokerId, note }: { toBrokerId: string; note: string },
): Promise<Result<void>> {
  const { row } = deal;
  const office = await tx.person.count({ where: { id: toBrokerId, officeId: row.officeId } });
  const brokers = await listBrokers(tx);
  if (office === 0 || toBrokerId === row.brokerId || !brokers.some((one) => one.personId === toBrokerId))
    return fail("common:invalid", { fields: { toBrokerId: ["brokering:error.chooseBroker"] } });
  const decision = decide(deal.now, { kind: "hand_over" }, "broker", factsOf(row, deal.today));
  if (!decision.ok) return fail(`deals:error.${decision.refusal === "status" ? "status" : "stage"}`);
  const { next } = decision;
  await tx.deal.update({ where: { id: row.id }, data: { brokerId: toBrokerId, revision: next.revision } });
  await tx.dealEvent.create({
    data: {
      id: newId(),
      dealId: row.id,
      number: next.revision,
      command: "hand_over",
      facts: { fromId: row.brokerId, toId: toBrokerId, note },
      stage: next.stage,
      status: next.status,
      byId: isPerson(ctx.actor) ? ctx.actor.personId : null,
      byRole: hasGrant(ctx.actor, "broker") ? "broker" : "administrator",
      at: ctx.clock.now(),
    },
  });
  // deadlines of the law go along: whoever has the deal is reminded of them
  await tx.due.updateMany({
    where: {
      state: "open",
      personId: row.brokerId,
      subjectId: { in: [row.id, ...row.milestones.map((milestone) => milestone.id)] },
    },
    data: { personId: toBrokerId },
  });
  await audit(tx, ctx, {
    action: "deal.handed-over",
    subjectKind: "deal",
    subjectId: row.id,
    before: { brokerId: row.brokerId },
    after: { brokerId: toBrokerId, stage: next.stage, status: next.status, revision: next.revision },
  });
  await emit(tx, ctx, "deal.handed-over", row.id, { receiverId: toBrokerId });
  await emit(tx, ctx, "deal.handed-over", row.id, { giverId: row.brokerId });
  return ok();
}
