import type { CaseOrigin, Side } from "~/generated/prisma/enums";
import { communeName, provinceName } from "~/modules/accounts/index.server";
import { takeUpInterest } from "~/modules/matching/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx, PersonActor } from "~/platform/context";
import { isUniqueViolation } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { SIDES } from "../domain/introduction-states";
import { mayWorkCases } from "../policy";
import type { OpenCaseInput } from "../schemas";
import { type ResolvedSide, resolveSide } from "./resolve-parties.server";

type Source = {
  origin: CaseOrigin;
  matchId: string | null;
  interestId: string | null;
  listings: Record<Side, string | null> | null;
  organisations: Record<Side, string | null>;
};
const NONE = { need: null, offering: null };

/** What the link says the case comes from: a shortlisted match or an interest of this office, or nothing. */
export async function caseSource(
  ctx: Ctx,
  actor: PersonActor,
  from: { matchId: string | null; interestId: string | null; origin?: CaseOrigin },
): Promise<Source | "gone"> {
  if (from.matchId) {
    const match = await ctx.db.match.findFirst({
      where: { id: from.matchId, decision: "shortlisted", need: { officeId: actor.officeId } },
      select: { id: true, needId: true, offeringId: true },
    });
    if (!match) return "gone";
    return {
      origin: "match",
      matchId: match.id,
      interestId: null,
      listings: { need: match.needId, offering: match.offeringId },
      organisations: NONE,
    };
  }
  if (from.interestId) {
    const interest = await ctx.db.interest.findFirst({
      where: { id: from.interestId, person: { officeId: actor.officeId } },
      select: {
        id: true,
        organisationId: true,
        matchId: true,
        listing: { select: { id: true, kind: true } },
        match: {
          select: {
            need: { select: { id: true, organisationId: true } },
            offering: { select: { id: true, organisationId: true } },
          },
        },
      },
    });
    if (!interest) return "gone";
    // who asked without a listing looks for supply
    const kind = interest.listing?.kind ?? "offering";
    const asking: Side = kind === "need" ? "offering" : "need";
    // the interested side's own listing, when the interest came from a match with it
    const own = interest.match?.[asking];
    return {
      origin: "interest",
      matchId: null,
      interestId: interest.id,
      listings: {
        ...NONE,
        [kind]: interest.listing?.id ?? null,
        [asking]: own && own.organisationId === interest.organisationId ? own.id : null,
      },
      organisations: { ...NONE, [asking]: interest.organisationId },
    };
  }
  const origin = from.origin === "fair" || from.origin === "phone" ? from.origin : "other";
  return { origin, matchId: null, interestId: null, listings: null, organisations: NONE };
}

/**
 * Opens a broker's file from a shortlisted match, an interest, or nothing (fair, phone call): who is in it, whose it is
 * (the broker who opens it), where the need is, and the next action with its date. One open case per match, one per interest.
 * Failures: common:notFound, common:invalid (with fields), brokering:error.{sourceGone,partyNeeded,sameOrganisation,matchTaken,interestTaken}.
 */
export async function openCase(ctx: Ctx, input: OpenCaseInput): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  if (!mayWorkCases(actor)) return fail("common:notFound");
  const now = ctx.clock.now();
  const source = await caseSource(ctx, actor, input);
  if (source === "gone") return fail("brokering:error.sourceGone");

  const fields: Record<string, string[]> = {};
  const sides: Record<Side, ResolvedSide | null> = { need: null, offering: null };
  for (const side of SIDES) {
    const asked = input[side];
    const found = await resolveSide(ctx.db, actor, side, {
      organisationId: source.organisations[side] ?? asked.organisationId,
      reference: source.listings?.[side] ? null : asked.reference,
      listingId: source.listings?.[side] ?? null,
    });
    if (found.ok) sides[side] = found.side;
    else fields[`${side}.${found.problem.field}`] = [found.problem.code];
  }
  if (input.nextActionOn < localDay(now)) fields.nextActionOn = ["brokering:error.datePast"];
  const place = placeOf(input, sides.need);
  if (!place) fields.communeCode = ["brokering:error.choose"];
  if (Object.keys(fields).length > 0 || !place) return fail("common:invalid", { fields });
  const parties = SIDES.flatMap((side) => {
    const organisationId = sides[side]?.organisationId;
    const { contactName, contactPhone, contactEmail } = input[side];
    return organisationId ? [{ id: newId(), side, organisationId, contactName, contactPhone, contactEmail }] : [];
  });
  if (parties.length === 0)
    return fail("brokering:error.partyNeeded", { fields: { "need.organisationId": ["brokering:error.partyNeeded"] } });
  if (parties.length === 2 && parties[0]?.organisationId === parties[1]?.organisationId)
    return fail("brokering:error.sameOrganisation");

  const id = newId();
  const { matchId, interestId, origin } = source;
  const listingIds = { needId: sides.need?.listingId ?? null, offeringId: sides.offering?.listingId ?? null };
  try {
    return await transact(ctx, async (tx) => {
      await tx.brokerCase.create({
        data: {
          id,
          officeId: actor.officeId,
          title: input.title,
          origin,
          originNote: input.originNote,
          matchId,
          interestId,
          ...listingIds,
          ...place,
          brokerId: actor.personId,
          nextAction: input.nextAction,
          nextActionOn: dateOnly(input.nextActionOn),
          createdAt: now,
          createdById: actor.personId,
          parties: { create: parties },
          notes: input.note
            ? {
                create: [
                  {
                    id: newId(),
                    kind: origin === "phone" ? "call" : "note",
                    body: input.note,
                    byId: actor.personId,
                    at: now,
                  },
                ],
              }
            : undefined,
        },
      });
      await audit(tx, ctx, {
        action: "case.opened",
        subjectKind: "case",
        subjectId: id,
        after: {
          state: "open",
          origin,
          brokerId: actor.personId,
          matchId,
          interestId,
          ...listingIds,
          nextActionOn: input.nextActionOn,
          parties: parties.map(({ side, organisationId }) => ({ side, organisationId })),
        },
      });
      if (interestId) await takeUpInterest(tx, ctx, interestId, actor.personId);
      // one event per party: each is told about its own listing only
      for (const party of parties) await emit(tx, ctx, "case.opened", id, { partyId: party.id });
      return ok({ id });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return fail(matchId ? "brokering:error.matchTaken" : "brokering:error.interestTaken");
  }
}

/** Where the need is: as chosen, else as the need says. Null when the commune is not one of the province. */
function placeOf(
  input: { provinceCode: string | null; communeCode: string | null },
  need: ResolvedSide | null,
): { provinceCode: string | null; communeCode: string | null } | null {
  const { provinceCode, communeCode } = input.provinceCode
    ? input
    : { provinceCode: need?.provinceCode ?? null, communeCode: need?.communeCode ?? null };
  if (provinceCode !== null && provinceName(provinceCode, "vi") === null) return null;
  if (communeCode !== null && communeName(communeCode) === null) return null;
  return { provinceCode, communeCode };
}
