import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isUniqueViolation } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { takeReference } from "~/platform/references.server";
import { fail, ok, type Result } from "~/platform/result";
import { PARTY_SIDES } from "../domain/choices";
import { OPENED } from "../domain/deal-machine";
import { mayWorkDeals, ownSides } from "../policy";
import { dealSource } from "../queries/deal-source.server";
import type { OpenDealInput } from "../schemas";
import { findParties } from "./deal-parties.server";

/**
 * Opens a deal from a meeting's outcome, an accepted introduction, a case, or on its own (fair, phone call). The need's side
 * becomes the transferee. One live deal per case. Whoever belongs to a party opens none about it.
 * Failures: common:notFound, common:invalid (with fields), deals:error.{sourceGone,partyNeeded,ownDeal,caseTaken}.
 */
export async function openDeal(ctx: Ctx, input: OpenDealInput): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  if (!mayWorkDeals(actor)) return fail("common:notFound");
  const now = ctx.clock.now();
  const source = await dealSource(ctx, actor, input);
  if (source === "gone") return fail("deals:error.sourceGone");
  const named = {
    transferor: source.bound ? source.transferorId : (input.transferorId ?? source.transferorId),
    transferee: source.bound ? source.transfereeId : (input.transfereeId ?? source.transfereeId),
  };
  if (input.nextActionOn < localDay(now))
    return fail("common:invalid", { fields: { nextActionOn: ["deals:error.datePast"] } });
  const found = await findParties(ctx.db, actor, named);
  if (!found.ok) return fail("common:invalid", { fields: found.fields });
  const { transferor, transferee } = found.parties;
  if (!transferor && !transferee)
    return fail("deals:error.partyNeeded", { fields: { transfereeId: ["deals:error.partyNeeded"] } });
  const parties = { transferorId: transferor?.id ?? null, transfereeId: transferee?.id ?? null };
  if (ownSides(actor, { officeId: actor.officeId, ...parties }).length > 0) return fail("deals:error.ownDeal");

  const linked = source.bound || source.caseId !== null;
  const origin = linked || (input.origin !== "fair" && input.origin !== "phone") ? source.origin : input.origin;
  const technology = source.offeringId
    ? await ctx.db.listing.findUnique({
        where: { id: source.offeringId },
        select: {
          publishedVersion: {
            select: { sectorMain: true, objects: true, methods: true, texts: { select: { lang: true, title: true } } },
          },
        },
      })
    : null;
  const version = technology?.publishedVersion;
  const { caseId, introductionId, meetingId, needId, offeringId } = source;
  const id = newId();
  try {
    return await transact(ctx, async (tx) => {
      const office = await tx.office.findUniqueOrThrow({
        where: { id: actor.officeId },
        select: { provinceCode: true },
      });
      await tx.deal.create({
        data: {
          id,
          officeId: actor.officeId,
          reference: await takeReference(tx, "deal", office.provinceCode, now),
          title: input.title,
          origin,
          caseId,
          introductionId,
          meetingId,
          needId,
          offeringId,
          ...parties,
          brokerId: actor.personId,
          // what the offering says of itself is where talks begin
          technologyName: (version?.texts.find((text) => text.lang === "vi") ?? version?.texts[0])?.title ?? null,
          sectorMain: version?.sectorMain ?? null,
          objects: version?.objects ?? [],
          methods: version?.methods ?? [],
          transferorCountry: transferor?.countryCode ?? null,
          transfereeCountry: transferee?.countryCode ?? null,
          nextAction: input.nextAction,
          nextActionOn: dateOnly(input.nextActionOn),
          createdAt: now,
          createdById: actor.personId,
        },
      });
      const dealEventId = newId();
      await tx.dealEvent.create({
        data: {
          id: dealEventId,
          dealId: id,
          number: OPENED.revision,
          command: "open",
          facts: { origin, caseId, introductionId, meetingId, ...parties },
          stage: OPENED.stage,
          status: OPENED.status,
          byId: actor.personId,
          byRole: "broker",
          at: now,
        },
      });
      for (const side of PARTY_SIDES) {
        const organisationId = parties[`${side}Id`];
        if (organisationId) await emit(tx, ctx, "deal.opened", id, { organisationId, dealEventId });
      }
      await audit(tx, ctx, {
        action: "deal.opened",
        subjectKind: "deal",
        subjectId: id,
        after: {
          stage: OPENED.stage,
          status: OPENED.status,
          revision: OPENED.revision,
          origin,
          caseId,
          introductionId,
          meetingId,
          ...parties,
          brokerId: actor.personId,
        },
      });
      return ok({ id });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return fail("deals:error.caseTaken");
  }
}
