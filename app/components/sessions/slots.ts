import { formatDateTime } from "~/components/format";

type Slot = { startsAt: Date; endsAt: Date; tableNumber: number | null };

/** HH:mm as seen in Vietnam. */
export const timeOf = (date: Date): string => formatDateTime(date).slice(0, 5);

/** "08:30|09:00|2": what the radio button of a suggested slot carries; table 0 = online. */
export const slotKey = (slot: Slot): string =>
  `${timeOf(slot.startsAt)}|${timeOf(slot.endsAt)}|${slot.tableNumber ?? 0}`;

/** The form as it is read: the chosen suggestion stands in its fields; "own" leaves what was typed. The given form stays as it is. */
export function withSlot(form: FormData): FormData {
  const read = new FormData();
  for (const [name, value] of form) read.append(name, value);
  const [startTime, endTime, table] = String(form.get("slot") ?? "").split("|");
  if (!startTime || !endTime || table === undefined) return read;
  read.set("startTime", startTime);
  read.set("endTime", endTime);
  read.set("tableNumber", table);
  return read;
}

/** HH:MM plus minutes, within the day. */
export function later(time: string, minutes: number): string {
  const [hours = 0, past = 0] = time.split(":").map(Number);
  const total = Math.min(hours * 60 + past + minutes, 23 * 60 + 59);
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}
