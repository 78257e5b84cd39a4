import type { z } from "zod";
import { listBrokers } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
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
