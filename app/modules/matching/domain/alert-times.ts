import type { MailMode } from "~/generated/prisma/enums";

/** After a notice, the next one of the same search waits this long, so that many listings at once become one notice. Milliseconds. */
export const PAUSE_MS = 15 * 60_000;
/** Daily and weekly alerts come at this hour in Vietnam; weekly ones on Mondays. */
const HOUR = 7;
const UTC_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** The first moment after `now` at which it is seven in the morning in Vietnam (a zone without summer time). */
function nextMorning(now: Date): Date {
  const local = now.getTime() + UTC_OFFSET_MS;
  const today = Math.floor(local / DAY_MS) * DAY_MS + HOUR * 3_600_000;
  return new Date((today > local ? today : today + DAY_MS) - UTC_OFFSET_MS);
}

/** When a search that finds something now tells of it; `toldAt` is its last notice. Null: it tells nobody. */
export function tellAt(mode: MailMode, now: Date, toldAt: Date | null): Date | null {
  switch (mode) {
    case "off":
      return null;
    case "immediate":
      return new Date(Math.max(now.getTime(), (toldAt?.getTime() ?? 0) + PAUSE_MS));
    case "daily":
      return nextMorning(now);
    case "weekly": {
      const morning = nextMorning(now);
      // the day of the week in Vietnam: Monday is 1
      const ahead = (8 - new Date(morning.getTime() + UTC_OFFSET_MS).getUTCDay()) % 7;
      return new Date(morning.getTime() + ahead * DAY_MS);
    }
  }
}
