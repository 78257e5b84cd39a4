import type { z } from "zod";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isUniqueViolation, type Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, ok, type Result } from "~/platform/result";
import { numberRuleAt, openDue } from "~/platform/rules.server";
import { AUDIT_ACTIONS, SIDES } from "../domain/introduction-states";
import { reveals, type Secrets } from "../domain/reveals";
import { isOneSide, mayWorkCases } from "../policy";
import type { proposeSchema } from "../schemas";
import { changeCase, explain, loadWorkable, type WorkableCase } from "./case-changes.server";
import { REPLY_DUE } from "./introduction-rows.server";

export type ProposeInput = { caseId: string } & z.output<typeof proposeSchema>;
export type Proposed = { introductionId: string; replyBy: Date };

/**
 * Asks both sides of a case whether they want to be introduced. The listings' published versions are pinned: what was
 * offered is what was agreed to, whatever is edited later. Both have `introduction.replyWorkingDays` working days (house
 * rule); an organisation has at most `introduction.maxOpenPerOrganisation` questions open at once.
 * Failures: common:notFound, common:invalid (message gives a hidden name or a contact away),
 * brokering:error.{ownOrganisation,bothPartiesNeeded,partyGone,listingNotPublished,introductionOpen,alreadyAccepted,tooManyOpen,caseClosed,changedMeanwhile}.
 */
export async function proposeIntroduction(ctx: Ctx, input: ProposeInput): Promise<Result<Proposed>> {
  const { actor } = ctx;
  const found = await loadWorkable(ctx, input.caseId);
  if (!found || !mayWorkCases(actor)) return fail("common:notFound");
  if (isOneSide(actor, found.parties)) return fail("brokering:error.ownOrganisation");
  if (found.parties.length < 2) return fail("brokering:error.bothPartiesNeeded");
  if (input.message && reveals(input.message, await secretsOf(ctx, found))) {
    return fail("common:invalid", { fields: { message: ["brokering:error.messageReveals"] } });
  }

  const id = newId();
  const now = ctx.clock.now();
  try {
    const result = await transact(ctx, async (tx) => {
      // the case's row is taken first: a second proposal for it waits here and then finds this one
      const { needId, offeringId } = await tx.brokerCase.findUniqueOrThrow({
        where: { id: found.id },
        select: { needId: true, offeringId: true },
      });
      await changeCase(tx, found.id, input.revision, { nextAction: input.nextAction });
      const earlier = await tx.introduction.findFirst({
        where: { caseId: found.id, state: { in: ["proposed", "accepted"] } },
        select: { state: true },
      });
      if (earlier)
        abort(earlier.state === "proposed" ? "brokering:error.introductionOpen" : "brokering:error.alreadyAccepted");
      const parties = await tx.caseParty.findMany({
        where: { caseId: found.id },
        select: { side: true, organisationId: true },
      });
      await refuseOverfull(
        tx,
        ctx,
        parties.map((party) => party.organisationId),
      );
      const versions = {
        needVersionId: await pinVersion(tx, ctx, needId),
        offeringVersionId: await pinVersion(tx, ctx, offeringId),
      };
      const due = {
        kind: REPLY_DUE,
        subjectKind: "introduction",
        subjectId: id,
        officeId: found.officeId,
        personId: found.brokerId,
      };
      const replyBy = await openDue(tx, ctx, due, "introduction.replyWorkingDays");
      const sides = parties.map(({ side, organisationId }) => ({ id: newId(), side, organisationId }));
      await tx.introduction.create({
        data: {
          id,
          caseId: found.id,
          needId,
          offeringId,
          ...versions,
          replyBy,
          message: input.message,
          proposedById: actor.personId,
          proposedAt: now,
          sides: { create: sides },
        },
      });
      // the case comes back to the broker on the day the answers are due
      await tx.brokerCase.update({ where: { id: found.id }, data: { nextActionOn: replyBy } });
      await audit(tx, ctx, {
        action: AUDIT_ACTIONS.proposed,
        subjectKind: "introduction",
        subjectId: id,
        after: {
          state: "proposed",
          caseId: found.id,
          needId,
          offeringId,
          ...versions,
          replyBy: replyBy.toISOString().slice(0, 10),
          organisations: sides.map(({ side, organisationId }) => ({ side, organisationId })),
        },
      });
      // one event per side: each is told in its own words, and gets links of its own
      for (const side of sides) await emit(tx, ctx, "introduction.proposed", id, { sideId: side.id });
      return ok({ introductionId: id, replyBy });
    });
    return result.ok ? result : explain(ctx, found.id, result);
  } catch (error) {
    if (isUniqueViolation(error)) return fail("brokering:error.introductionOpen");
    throw error;
  }
}

/** The published version of a listing that is on the shelf today; null for no listing. */
async function pinVersion(tx: Tx, ctx: Ctx, listingId: string | null): Promise<string | null> {
  if (!listingId) return null;
  const today = dateOnly(localDay(ctx.clock.now()));
  const listing = await tx.listing.findFirst({
    where: { id: listingId, state: "published", OR: [{ expiresOn: null }, { expiresOn: { gte: today } }] },
    select: { publishedVersionId: true, reference: true },
  });
  if (listing?.publishedVersionId) return listing.publishedVersionId;
  return abort("brokering:error.listingNotPublished");
}

/** Too many open questions are answered badly: congestion is what kills the second stage of a market. */
async function refuseOverfull(tx: Tx, ctx: Ctx, organisationIds: string[]): Promise<void> {
  const most = await numberRuleAt(tx, "introduction.maxOpenPerOrganisation", ctx.clock.now());
  // two proposals to one organisation count one after the other; taken in one order, so that they cannot wait for each other
  const rows = await tx.$queryRaw<{ id: string; name: string; state: string }[]>`
    SELECT id, name_vi AS name, state::text AS state FROM organisation WHERE id = ANY(${organisationIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  for (const { id, name, state } of rows) {
    if (state !== "verified" && state !== "pending") abort("brokering:error.partyGone", { params: { name } });
    const count = await tx.introductionSide.count({
      where: { organisationId: id, state: "asked", introduction: { state: "proposed" } },
    });
    if (count >= most.value) abort("brokering:error.tooManyOpen", { params: { name, count, max: most.value } });
  }
}

/** What the message to both sides may not hold: contacts of any side, names of sides that are not public. */
async function secretsOf(ctx: Ctx, found: WorkableCase): Promise<Secrets> {
  const [organisations, listings] = await Promise.all([
    ctx.db.organisation.findMany({
      where: { id: { in: found.parties.map((party) => party.organisationId) } },
      select: { id: true, nameVi: true, nameEn: true, shortName: true, taxCode: true },
    }),
    ctx.db.listing.findMany({
      where: { id: { in: [found.needId, found.offeringId].flatMap((id) => id ?? []) } },
      select: {
        kind: true,
        visibility: true,
        publishedVersion: { select: { contactName: true, contactPhone: true, contactEmail: true } },
      },
    }),
  ]);
  const open = new Set(listings.filter((listing) => listing.visibility === "public").map((listing) => listing.kind));
  const hidden = SIDES.filter((side) => !open.has(side)).flatMap((side) =>
    found.parties.filter((party) => party.side === side),
  );
  const names = organisations.filter((one) => hidden.some((party) => party.organisationId === one.id));
  const contacts = listings.flatMap((listing) => listing.publishedVersion ?? []);
  return {
    names: [
      ...names.flatMap((one) => [one.nameVi, one.nameEn, one.shortName, one.taxCode]),
      ...contacts.map((one) => one.contactName),
      ...found.parties.map((party) => party.contactName),
    ],
    phones: [...contacts.map((one) => one.contactPhone), ...found.parties.map((party) => party.contactPhone)],
    emails: [...contacts.map((one) => one.contactEmail), ...found.parties.map((party) => party.contactEmail)],
  };
}
