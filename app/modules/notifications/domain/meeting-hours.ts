import type { Locale } from "~/generated/prisma/enums";
import { HOME_ZONE } from "./rhythm";

type Hours = { startsAt: Date; endsAt: Date };

/** What a wall clock of this zone shows: dd/mm/yyyy and HH:MM–HH:MM. */
function onTheWall({ startsAt, endsAt }: Hours, timeZone: string): { day: string; hours: string } {
  // en-GB writes both forms with leading zeros and a day of 24 hours, in every version of the data
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, day: "2-digit", month: "2-digit", year: "numeric" });
  return { day: day.format(startsAt), hours: `${clock.format(startsAt)}–${clock.format(endsAt)}` };
}

/**
 * From when to when. The meeting is in Việt Nam, so its hours are Vietnamese; a reader whose wall clock shows something
 * else at that moment (daylight saving counts) reads their own beside it. `timeZone` is an IANA name.
 */
export function meetingHours(meeting: Hours, locale: Locale, timeZone: string): string {
  const say = ({ day, hours }: { day: string; hours: string }) =>
    locale === "vi" ? `${hours} ngày ${day}` : `${day}, ${hours}`;
  const [home, own] = [say(onTheWall(meeting, HOME_ZONE)), say(onTheWall(meeting, timeZone))];
  if (own === home) return locale === "vi" ? home : `${home} (Vietnam time)`;
  const city = (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
  return locale === "vi" ? `${home} (giờ Việt Nam; giờ ${city}: ${own})` : `${home} (Vietnam time; in ${city}: ${own})`;
}
