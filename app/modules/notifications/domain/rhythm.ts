import { Temporal } from "temporal-polyfill";
import type { MailMode } from "~/generated/prisma/enums";

/** When a person wants to hear from us, by the clock on their wall. Minutes count from midnight. */
export type Rhythm = {
  /** IANA name */
  timeZone: string;
  quiet: { from: number; until: number } | null;
  digestHour: number;
  /** 1 Monday … 7 Sunday */
  digestWeekday: number;
};

export const HOME_ZONE = "Asia/Ho_Chi_Minh";
export const DEFAULT_DIGEST = { digestHour: 8, digestWeekday: 1 } as const;

/** Does this machine know the zone? */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The instant at which that day's clock shows this minute. A minute that is skipped in spring is the first moment after
 * the gap; one that comes twice in autumn is its first coming, or its second once the first has passed `after`.
 */
function wallInstant(
  date: Temporal.PlainDate,
  minute: number,
  timeZone: string,
  after?: Temporal.Instant,
): Temporal.Instant {
  const wall = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  if (!earlier.toPlainDateTime().equals(wall)) {
    return (earlier.getTimeZoneTransition("next") ?? earlier).toInstant();
  }
  const first = earlier.toInstant();
  return after && Temporal.Instant.compare(first, after) <= 0
    ? wall.toZonedDateTime(timeZone, { disambiguation: "later" }).toInstant()
    : first;
}

/** The end of the quiet hours that `now` falls into; null outside of them. Never earlier than `now`. */
export function quietUntil(now: Date, { timeZone, quiet }: Rhythm): Date | null {
  if (!quiet) return null;
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const local = instant.toZonedDateTimeISO(timeZone);
  const minute = local.hour * 60 + local.minute;
  const overnight = quiet.from > quiet.until;
  const inside = overnight
    ? minute >= quiet.from || minute < quiet.until
    : minute >= quiet.from && minute < quiet.until;
  if (!inside) return null;
  const today = local.toPlainDate();
  const day = overnight && minute >= quiet.from ? today.add({ days: 1 }) : today;
  return new Date(wallInstant(day, quiet.until, timeZone, instant).epochMilliseconds);
}

/** The next digest strictly after `now`. A digest's hour was chosen for it, so that quiet hours do not move it. */
export function nextDigestAt(now: Date, mode: Extract<MailMode, "daily" | "weekly">, rhythm: Rhythm): Date {
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const today = instant.toZonedDateTimeISO(rhythm.timeZone).toPlainDate();
  const step = mode === "daily" ? 1 : 7;
  const ahead = mode === "daily" ? 0 : (rhythm.digestWeekday - today.dayOfWeek + 7) % 7;
  let day = today.add({ days: ahead });
  let at = wallInstant(day, rhythm.digestHour * 60, rhythm.timeZone);
  if (Temporal.Instant.compare(at, instant) <= 0) {
    day = day.add({ days: step });
    at = wallInstant(day, rhythm.digestHour * 60, rhythm.timeZone);
  }
  return new Date(at.epochMilliseconds);
}

/** "21:00-07:00" as minutes; null for "none". */
export function parseQuietHours(text: string): Rhythm["quiet"] {
  const found = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text);
  if (!found) return null;
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = found.slice(1).map(Number);
  return { from: fromHour * 60 + fromMinute, until: untilHour * 60 + untilMinute };
}

/** Minutes after midnight as HH:MM, for forms and people. */
export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
