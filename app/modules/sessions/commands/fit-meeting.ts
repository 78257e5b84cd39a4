import { type Failure, fail } from "~/platform/result";
import { localTime } from "../domain/local-time";

type Place = { startsAt: Date; endsAt: Date; tableNumber: number | null };
type Room = { startsAt: Date; endsAt: Date; tables: number; onlineUrl: string | null };

/** Why a meeting does not fit its session: outside its time, no such table, no link for an online meeting; null when it does. */
export function misfit(meeting: Place, session: Room): Failure | null {
  if (meeting.startsAt < session.startsAt || meeting.endsAt > session.endsAt) {
    return fail("sessions:error.outsideSession", {
      params: { from: localTime(session.startsAt), to: localTime(session.endsAt) },
    });
  }
  if (meeting.tableNumber === null) return session.onlineUrl ? null : fail("sessions:error.onlineUrlNeeded");
  if (meeting.tableNumber <= session.tables) return null;
  return session.tables === 0
    ? fail("sessions:error.noTables")
    : fail("sessions:error.tableUnknown", { params: { max: session.tables } });
}
