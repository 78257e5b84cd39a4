import { localDay } from "~/platform/ports/clock";

const OFFSET_MS = 7 * 3_600_000;

/** The moment of a day (YYYY-MM-DD) and a time (HH:MM) as people in Việt Nam say them (UTC+7, no daylight saving). */
export function atLocal(day: string, time: string): Date {
  return new Date(Date.parse(`${day}T${time}:00.000Z`) - OFFSET_MS);
}

/** Does this moment lie on a day that is over in Việt Nam? */
export function isPastDay(moment: Date, now: Date): boolean {
  return localDay(moment) < localDay(now);
}

/** HH:MM in Việt Nam, as a time field holds it. */
export function localTime(date: Date): string {
  return new Date(date.getTime() + OFFSET_MS).toISOString().slice(11, 16);
}

/** dd/mm/yyyy HH:MM in Việt Nam, for messages. */
export function localMoment(date: Date): string {
  return `${localTime(date)} ${localDay(date).split("-").reverse().join("/")}`;
}
