import type { Ctx } from "~/platform/context";
import { freeSlots, type Interval, type Slot } from "../domain/slots";

type Room = Interval & { id: string; tables: number; slotMinutes: number; onlineUrl: string | null };

/**
 * First free times per table for each of these pairs of organisations. Their meetings elsewhere count too: an organisation
 * sits in one meeting at a time, whatever the session. `exceptMeetingId`: the meeting that is to be moved.
 */
export async function slotsFor(
  ctx: Pick<Ctx, "db" | "clock">,
  session: Room,
  pairs: readonly (readonly string[])[],
  exceptMeetingId?: string,
): Promise<Slot[][]> {
  const notSelf = exceptMeetingId ? { id: { not: exceptMeetingId } } : {};
  const [taken, busy] = await Promise.all([
    ctx.db.meeting.findMany({
      where: { sessionId: session.id, state: { not: "cancelled" }, ...notSelf },
      select: { startsAt: true, endsAt: true, tableNumber: true },
    }),
    ctx.db.meetingParticipant.findMany({
      where: {
        organisationId: { in: [...new Set(pairs.flat())] },
        active: true,
        startsAt: { lt: session.endsAt },
        endsAt: { gt: session.startsAt },
        ...(exceptMeetingId ? { meetingId: { not: exceptMeetingId } } : {}),
      },
      select: { organisationId: true, startsAt: true, endsAt: true },
    }),
  ]);
  return pairs.map((pair) =>
    freeSlots({
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      tables: session.tables,
      slotMinutes: session.slotMinutes,
      online: session.onlineUrl !== null,
      taken,
      busy: busy.filter((one) => pair.includes(one.organisationId)),
      now: ctx.clock.now(),
    }),
  );
}
