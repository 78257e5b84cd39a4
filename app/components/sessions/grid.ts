type Span = { id: string; startsAt: Date; endsAt: Date; tableNumber: number | null };
type Frame = { startsAt: Date; endsAt: Date; tables: number; slotMinutes: number };

/** `null` is the online column. */
export type Column = number | null;
export type GridCell<M> =
  | { kind: "meeting"; meeting: M; rows: number }
  | { kind: "online"; meetings: M[] }
  | { kind: "free" }
  /** a longer meeting above reaches down into this row */
  | { kind: "covered" };
export type GridRow<M> = { at: Date; cells: { column: Column; cell: GridCell<M> }[] };

/** Tables that fit side by side; larger rooms show only the tables in use and the next free one. */
const SHOWN_TABLES = 8;

function columnsOf(frame: Frame, meetings: readonly Span[], online: boolean): Column[] {
  const used = new Set(meetings.flatMap((one) => (one.tableNumber === null ? [] : [one.tableNumber])));
  const all = Array.from({ length: frame.tables }, (_, index) => index + 1);
  const free = all.find((number) => !used.has(number));
  const tables = all.length <= SHOWN_TABLES ? all : all.filter((number) => used.has(number) || number === free);
  const anyOnline = meetings.some((one) => one.tableNumber === null);
  return anyOnline || (online && tables.length === 0) ? [...tables, null] : tables;
}

/**
 * Tables × times. A row begins at every usual slot and wherever a meeting begins or ends, so that any length fits;
 * cancelled meetings are left out by the caller. At one table meetings never overlap (the database forbids it).
 */
export function gridOf<M extends Span>(
  frame: Frame,
  meetings: readonly M[],
  online: boolean,
): { columns: Column[]; rows: GridRow<M>[] } {
  const columns = columnsOf(frame, meetings, online);
  const [from, to] = [frame.startsAt.getTime(), frame.endsAt.getTime()];
  const edges = new Set<number>();
  for (let at = from; at < to; at += frame.slotMinutes * 60_000) edges.add(at);
  for (const one of meetings)
    for (const at of [one.startsAt.getTime(), one.endsAt.getTime()]) if (at >= from && at < to) edges.add(at);
  const times = [...edges].sort((a, b) => a - b);
  const rows = times.map((at) => ({
    at: new Date(at),
    cells: columns.map((column) => ({ column, cell: cellAt(at, column, times, meetings) })),
  }));
  return { columns, rows };
}

function cellAt<M extends Span>(
  at: number,
  column: Column,
  times: readonly number[],
  meetings: readonly M[],
): GridCell<M> {
  const here = meetings.filter((one) => one.tableNumber === column);
  const starting = here.filter((one) => one.startsAt.getTime() === at);
  // several meetings may run online at once, so they are listed where they begin
  if (column === null) return starting.length > 0 ? { kind: "online", meetings: starting } : { kind: "free" };
  const [meeting] = starting;
  if (meeting) {
    const end = meeting.endsAt.getTime();
    return { kind: "meeting", meeting, rows: times.filter((time) => time >= at && time < end).length };
  }
  const covered = here.some((one) => one.startsAt.getTime() < at && one.endsAt.getTime() > at);
  return { kind: covered ? "covered" : "free" };
}
