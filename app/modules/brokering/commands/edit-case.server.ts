import type { z } from "zod";
import type { Side } from "~/generated/prisma/enums";
import { communeName, provinceName } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, ok, type Result } from "~/platform/result";
import { mayWorkCases } from "../policy";
import type { detailsSchema, noteSchema, partySchema, planSchema } from "../schemas";
import { changeCase, explain, loadWorkable } from "./case-changes.server";
import { resolveSide } from "./resolve-parties.server";

/**
 * Sets what happens next and when. Of two brokers who plan at once one wins; the other is told who, and keeps what they typed.
 * Failures: common:notFound, common:invalid, brokering:error.{caseClosed,changedMeanwhile}.
 */
export async function planNextAction(
  ctx: Ctx,
  input: { caseId: string } & z.output<typeof planSchema>,
): Promise<Result<void>> {
  const found = await loadWorkable(ctx, input.caseId);
  if (!found) return fail("common:notFound");
  if (input.nextActionOn < localDay(ctx.clock.now()))
    return fail("common:invalid", { fields: { nextActionOn: ["brokering:error.datePast"] } });
  const result = await transact(ctx, async (tx) => {
    await changeCase(tx, found.id, input.revision, {
      nextAction: input.nextAction,
      nextActionOn: dateOnly(input.nextActionOn),
    });
    await audit(tx, ctx, {
      action: "case.planned",
      subjectKind: "case",
      subjectId: found.id,
      before: { nextAction: found.nextAction, nextActionOn: found.nextActionOn?.toISOString().slice(0, 10) ?? null },
      after: { nextAction: input.nextAction, nextActionOn: input.nextActionOn },
    });
    return ok();
  });
  return result.ok ? result : explain(ctx, found.id, result);
}

/** Corrects the title and the territory. Failures as planNextAction. */
export async function editCaseDetails(
  ctx: Ctx,
  input: { caseId: string } & z.output<typeof detailsSchema>,
): Promise<Result<void>> {
  const found = await loadWorkable(ctx, input.caseId);
  if (!found) return fail("common:notFound");
  const { title, provinceCode, communeCode } = input;
  if (provinceCode !== null && provinceName(provinceCode, "vi") === null)
    return fail("common:invalid", { fields: { provinceCode: ["brokering:error.choose"] } });
  if (communeCode !== null && communeName(communeCode) === null)
    return fail("common:invalid", { fields: { communeCode: ["brokering:error.choose"] } });
  const result = await transact(ctx, async (tx) => {
    await changeCase(tx, found.id, input.revision, { title, provinceCode, communeCode });
    await audit(tx, ctx, {
      action: "case.edited",
      subjectKind: "case",
      subjectId: found.id,
      before: { provinceCode: found.provinceCode, communeCode: found.communeCode },
      after: { provinceCode, communeCode, titleChanged: title !== found.title },
    });
    return ok();
  });
  return result.ok ? result : explain(ctx, found.id, result);
}

/**
 * Says who is on one side: organisation, listing, whom the broker talks to there. Organisation and listing stay as they are
 * once this case has an introduction that is open or accepted; the contact may always be corrected.
 * Failures: as planNextAction, brokering:error.{partyFixed,partyNeeded,sameOrganisation}.
 */
export async function setCaseParty(
  ctx: Ctx,
  input: { caseId: string; side: Side } & z.output<typeof partySchema>,
): Promise<Result<void>> {
  const { actor } = ctx;
  const found = await loadWorkable(ctx, input.caseId);
  if (!found || !mayWorkCases(actor)) return fail("common:notFound");
  const { side } = input;
  const resolved = await resolveSide(ctx.db, actor, side, input);
  if (!resolved.ok) return fail("common:invalid", { fields: { [resolved.problem.field]: [resolved.problem.code] } });
  const { organisationId, listingId } = resolved.side;
  if (!organisationId)
    return fail("brokering:error.partyNeeded", { fields: { organisationId: ["brokering:error.partyNeeded"] } });
  if (found.parties.some((party) => party.side !== side && party.organisationId === organisationId))
    return fail("brokering:error.sameOrganisation");
  const before = found.parties.find((party) => party.side === side);
  const listingColumn = side === "need" ? "needId" : "offeringId";
  const moved = before?.organisationId !== organisationId || found[listingColumn] !== listingId;
  const { contactName, contactPhone, contactEmail } = input;
  const result = await transact(ctx, async (tx) => {
    await changeCase(tx, found.id, input.revision, { [listingColumn]: listingId });
    if (moved) {
      const bound = await tx.introduction.count({
        where: { caseId: found.id, state: { in: ["proposed", "accepted"] } },
      });
      if (bound > 0) abort("brokering:error.partyFixed");
    }
    const facts = { organisationId, contactName, contactPhone, contactEmail };
    await tx.caseParty.upsert({
      where: { caseId_side: { caseId: found.id, side } },
      create: { id: newId(), caseId: found.id, side, ...facts },
      update: facts,
    });
    await audit(tx, ctx, {
      action: "case.party-set",
      subjectKind: "case",
      subjectId: found.id,
      before: { side, organisationId: before?.organisationId ?? null, listingId: found[listingColumn] },
      after: { side, organisationId, listingId },
    });
    return ok();
  });
  return result.ok ? result : explain(ctx, found.id, result);
}

/**
 * Writes into the call log; nothing in it is ever changed. Also possible when the case is closed: people still call.
 * Failures: common:notFound.
 */
export async function addCaseNote(
  ctx: Ctx,
  input: { caseId: string } & z.output<typeof noteSchema>,
): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  const found = await loadWorkable(ctx, input.caseId);
  if (!found || !mayWorkCases(actor)) return fail("common:notFound");
  const id = newId();
  return transact(ctx, async (tx) => {
    await tx.caseNote.create({
      data: { id, caseId: found.id, kind: input.kind, body: input.body, byId: actor.personId, at: ctx.clock.now() },
    });
    // no revision: an entry that is only added takes nothing from anybody
    await audit(tx, ctx, {
      action: "case.noted",
      subjectKind: "case",
      subjectId: found.id,
      after: { noteId: id, kind: input.kind },
    });
    return ok({ id });
  });
}
