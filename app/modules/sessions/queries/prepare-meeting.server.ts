import { displayName } from "~/modules/accounts/index.server";
import { isOneSide } from "~/modules/brokering/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { PLANNING } from "../domain/session-states";
import { mayWorkSessions, workableSessions } from "../policy";
import { slotsFor } from "./free-slots.server";
import { asFacts, FACTS } from "./session-facts.server";
import type { PreparedMeeting } from "./views";

/** More accepted introductions than this wait for no meeting at a Department; the newest go first. */
const LIMIT = 100;

/**
 * What a broker chooses from: introductions both sides accepted that have no planned meeting, and for each the first time at
 * every table at which both are free. Null when the session is absent or not theirs to work on.
 */
export async function prepareMeeting(ctx: Ctx, sessionId: string): Promise<PreparedMeeting | null> {
  const { actor, db } = ctx;
  if (!isId(sessionId) || !mayWorkSessions(actor)) return null;
  const row = await db.connectionSession.findFirst({
    where: { AND: [{ id: sessionId }, workableSessions(actor)] },
    select: FACTS,
  });
  if (!row) return null;
  const introductions = await db.introduction.findMany({
    where: {
      state: "accepted",
      case: { officeId: actor.officeId },
      meetings: { none: { state: "planned" } },
    },
    orderBy: [{ settledAt: "desc" }, { id: "desc" }],
    take: LIMIT,
    select: {
      id: true,
      settledAt: true,
      caseId: true,
      case: { select: { title: true } },
      meetings: { where: { state: "held" }, orderBy: { startsAt: "desc" }, take: 1, select: { startsAt: true } },
      sides: {
        select: {
          side: true,
          organisationId: true,
          organisation: { select: { state: true, nameVi: true, nameEn: true, anonymous: true } },
        },
      },
    },
  });
  // an organisation that left the exchange meets nobody
  const open = introductions.filter((one) =>
    one.sides.every((side) => ["pending", "verified"].includes(side.organisation.state)),
  );
  const slots = await slotsFor(
    ctx,
    row,
    open.map((one) => one.sides.map((side) => side.organisationId)),
  );
  return {
    session: asFacts(ctx, row),
    introductions: open.map((one, index) => {
      const party = (side: "need" | "offering") => {
        const found = one.sides.find((candidate) => candidate.side === side);
        return { id: found?.organisationId ?? "", name: displayName(found?.organisation, ctx.locale) };
      };
      return {
        introductionId: one.id,
        caseId: one.caseId,
        caseTitle: one.case.title,
        acceptedAt: one.settledAt,
        lastMet: one.meetings[0]?.startsAt ?? null,
        need: party("need"),
        offering: party("offering"),
        ownSide: isOneSide(actor, one.sides),
        slots: slots[index] ?? [],
      };
    }),
    may: { addMeeting: PLANNING.includes(row.state) },
  };
}
