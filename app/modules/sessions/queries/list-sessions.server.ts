import type { ConnectionSessionState } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { maySeeSessions, visibleSessions } from "../policy";
import type { SessionList } from "./views";

const COMING: ConnectionSessionState[] = ["draft", "inviting", "confirmed", "held"];
const PAST: ConnectionSessionState[] = ["closed", "cancelled"];
const LIMIT = 100;

/**
 * Sessions of the office: those with something left to do, the nearest first (`mine`: of the acting broker), or (`past`) the
 * closed and cancelled ones, latest first; at most a hundred. Null for who may see none.
 */
export async function listSessions(ctx: Ctx, ask: { mine?: boolean; past?: boolean }): Promise<SessionList | null> {
  const { actor, db } = ctx;
  if (!maySeeSessions(actor)) return null;
  const office = visibleSessions(actor);
  const coming = { AND: [office, { state: { in: COMING } }] };
  const past = { AND: [office, { state: { in: PAST } }] };
  const mine = { AND: [coming, { ownerId: actor.personId }] };
  const [mineCount, comingCount, pastCount, rows] = await Promise.all([
    db.connectionSession.count({ where: mine }),
    db.connectionSession.count({ where: coming }),
    db.connectionSession.count({ where: past }),
    db.connectionSession.findMany({
      where: ask.past ? past : ask.mine ? mine : coming,
      orderBy: [{ startsAt: ask.past ? "desc" : "asc" }, { id: "asc" }],
      take: LIMIT,
      select: {
        id: true,
        title: true,
        state: true,
        place: true,
        onlineUrl: true,
        startsAt: true,
        endsAt: true,
        owner: { select: { id: true, fullName: true } },
        meetings: {
          where: { state: { not: "cancelled" } },
          select: {
            state: true,
            invitedAt: true,
            participants: { select: { response: true } },
            minutes: { select: { sentAt: true } },
          },
        },
      },
    }),
  ]);
  return {
    rows: rows.map(({ owner, meetings, ...row }) => {
      const asked = meetings.filter((one) => one.state === "planned" && one.invitedAt);
      const count = (response: "none" | "declined") =>
        asked.flatMap((one) => one.participants).filter((one) => one.response === response).length;
      return {
        ...row,
        owner: owner.fullName,
        mine: isPerson(actor) && owner.id === actor.personId,
        meetings: meetings.length,
        unanswered: count("none"),
        declined: count("declined"),
        toWrite: meetings.filter((one) => one.state === "held" && !one.minutes?.sentAt).length,
      };
    }),
    counts: { mine: mineCount, coming: comingCount, past: pastCount },
  };
}
