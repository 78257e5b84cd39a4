import type { z } from "zod";
import { listBrokers } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, hasGrant, isPerson, type PersonActor } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { CLOSE_REASONS } from "../domain/reasons";
import { mayWorkCases } from "../policy";
import type { closeSchema, handOverSchema } from "../schemas";
import { changeCase, explain, loadWorkable } from "./case-changes.server";

/**
 * Gives the case to another broker of the office, with a note; both are told.
 * Failures: common:notFound, common:invalid, brokering:error.{caseClosed,changedMeanwhile}.
 */
export async function handOverCase(
  ctx: Ctx,
  input: { caseId: string } & z.output<typeof handOverSchema>,
): Promise<Result<void>> {
  const { actor } = ctx;
  const found = await loadWorkable(ctx, input.caseId);
  if (!found || !mayWorkCases(actor)) return fail("common:notFound");
  return give(ctx, actor, found, input);
}

async function give(
  ctx: Ctx,
  actor: PersonActor,
  found: { id: string; officeId: string; brokerId: string },
  input: z.output<typeof handOverSchema>,
): Promise<Result<void>> {
  const { toBrokerId } = input;
  const brokers = await listBrokers(ctx.db);
  const office = await ctx.db.person.findFirst({
    where: { id: toBrokerId, officeId: found.officeId },
    select: { id: true },
  });
  if (!office || toBrokerId === found.brokerId || !brokers.some((broker) => broker.personId === toBrokerId)) {
    return fail("common:invalid", { fields: { toBrokerId: ["brokering:error.chooseBroker"] } });
  }
  const result = await transact(ctx, async (tx) => {
    await changeCase(tx, found.id, input.revision, { brokerId: toBrokerId });
    await tx.caseNote.create({
      data: {
        id: newId(),
        caseId: found.id,
        kind: "hand_over",
        body: input.note,
        byId: actor.personId,
        toBrokerId,
        at: ctx.clock.now(),
      },
    });
    await audit(tx, ctx, {
      action: "case.handed-over",
      subjectKind: "case",
      subjectId: found.id,
      before: { brokerId: found.brokerId },
      after: { brokerId: toBrokerId },
    });
    await emit(tx, ctx, "case.handed-over", found.id, { receiverId: toBrokerId });
    await emit(tx, ctx, "case.handed-over", found.id, { giverId: found.brokerId });
    return ok();
  });
  return result.ok ? result : explain(ctx, found.id, result);
}

/**
 * Gives all open cases of somebody to another broker, each in a transaction of its own: for administrators, when a broker's
 * grant ends. May be called again. @returns how many. Failures: common:notFound, common:invalid.
 */
export async function handOverCasesOf(
  ctx: Ctx,
  input: { fromId: string; toBrokerId: string; note: string },
): Promise<Result<number>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !hasGrant(actor, "administrator")) return fail("common:notFound");
  const rows = await ctx.db.brokerCase.findMany({
    where: { officeId: actor.officeId, brokerId: input.fromId, state: "open" },
    orderBy: { id: "asc" },
    select: { id: true, officeId: true, brokerId: true, revision: true },
  });
  let given = 0;
  for (const found of rows) {
    const result = await give(ctx, actor, found, { ...input, revision: found.revision });
    if (result.ok) given += 1;
    // somebody changed it at this moment: the next press takes it along
    else if (result.code === "common:invalid") return result;
  }
  return ok(given);
}

/**
 * Closes a case with a coded reason. An introduction that still waits must be withdrawn first, so that nobody is left with
 * a question that leads nowhere. A closed case stays closed: what comes later is a new case.
 * Failures: common:notFound, brokering:error.{introductionOpen,caseClosed,changedMeanwhile}.
 */
export async function closeCase(
  ctx: Ctx,
  input: { caseId: string } & z.output<typeof closeSchema>,
): Promise<Result<void>> {
  const { actor } = ctx;
  const found = await loadWorkable(ctx, input.caseId);
  if (!found || !mayWorkCases(actor)) return fail("common:notFound");
  const now = ctx.clock.now();
  const result = await transact(ctx, async (tx) => {
    await needReason(tx, "case.close", CLOSE_REASONS, input.reasonCode);
    await changeCase(tx, found.id, input.revision, {
      state: "closed",
      closeReason: input.reasonCode,
      closedAt: now,
      nextAction: null,
      nextActionOn: null,
    });
    if ((await tx.introduction.count({ where: { caseId: found.id, state: "proposed" } })) > 0)
      abort("brokering:error.introductionOpen");
    if (input.note)
      await tx.caseNote.create({
        data: { id: newId(), caseId: found.id, kind: "note", body: input.note, byId: actor.personId, at: now },
      });
    await audit(tx, ctx, {
      action: "case.closed",
      subjectKind: "case",
      subjectId: found.id,
      before: { state: "open" },
      after: { state: "closed", reasonCode: input.reasonCode },
    });
    // whoever was asked hears that it ended; a broker hears when a colleague closed their case
    const asked = await tx.introductionSide.findMany({
      where: { introduction: { caseId: found.id } },
      distinct: ["organisationId"],
      select: { organisationId: true },
    });
    for (const party of found.parties) {
      if (asked.some((side) => side.organisationId === party.organisationId))
        await emit(tx, ctx, "case.closed", found.id, { partyId: party.id });
    }
    if (found.brokerId !== actor.personId) await emit(tx, ctx, "case.closed", found.id, { receiverId: found.brokerId });
    return ok();
  });
  return result.ok ? result : explain(ctx, found.id, result);
}
