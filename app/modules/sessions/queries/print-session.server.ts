import type { Side } from "~/generated/prisma/enums";
import { displayName, getOffice } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { SIDES } from "../domain/meeting-states";
import { visibleSessions } from "../policy";
import { asFacts, FACTS } from "./session-facts.server";
import type { PrintedSession } from "./views";

const PARTICIPANT = {
  side: true,
  response: true,
  organisationId: true,
  organisation: { select: { nameVi: true, nameEn: true, anonymous: true, address: true } },
} as const;

/**
 * What is printed of a session: the pair list by time and table, and per organisation its own agenda, which also fills its
 * letter of invitation. Cancelled meetings are not printed. Null when absent or not theirs.
 */
export async function printSession(ctx: Ctx, sessionId: string): Promise<PrintedSession | null> {
  if (!isId(sessionId)) return null;
  const row = await ctx.db.connectionSession.findFirst({
    where: { AND: [{ id: sessionId }, visibleSessions(ctx.actor)] },
    select: {
      ...FACTS,
      meetings: {
        where: { state: { not: "cancelled" } },
        orderBy: [{ startsAt: "asc" }, { tableNumber: "asc" }, { id: "asc" }],
        select: {
          startsAt: true,
          endsAt: true,
          tableNumber: true,
          case: { select: { title: true } },
          participants: { select: PARTICIPANT },
        },
      },
    },
  });
  if (!row) return null;
  const { meetings, ...facts } = row;
  const { nameVi, nameEn, phone, email } = await getOffice(ctx.db);
  const organisations = new Map<string, PrintedSession["organisations"][number]>();
  const pairs = meetings.map(({ case: of, participants, ...slot }) => {
    const at = (side: Side) => participants.find((one) => one.side === side);
    const name = (side: Side) => displayName(at(side)?.organisation, ctx.locale);
    for (const [index, side] of SIDES.entries()) {
      const own = at(side);
      const other = SIDES[1 - index];
      if (!own || !other) continue;
      const sheet = organisations.get(own.organisationId) ?? {
        id: own.organisationId,
        name: name(side),
        address: own.organisation.address,
        rows: [],
      };
      sheet.rows.push({ ...slot, with: name(other), side });
      organisations.set(own.organisationId, sheet);
    }
    const confirmed = (side: Side) => at(side)?.response === "confirmed";
    return {
      ...slot,
      need: name("need"),
      offering: name("offering"),
      caseTitle: of.title,
      confirmed: { need: confirmed("need"), offering: confirmed("offering") },
    };
  });
  return {
    office: { nameVi, nameEn, phone, email },
    session: asFacts(ctx, facts),
    pairs,
    organisations: [...organisations.values()].sort((a, b) => a.name.localeCompare(b.name, ctx.locale)),
    printedAt: ctx.clock.now(),
  };
}
