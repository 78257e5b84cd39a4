import { describe, expect, it } from "vitest";
import { gridOf } from "./grid";

const at = (time: string) => new Date(`2026-11-26T${time}:00Z`);
const frame = { startsAt: at("08:00"), endsAt: at("10:00"), tables: 2, slotMinutes: 30 };
const meeting = (id: string, from: string, to: string, tableNumber: number | null) => ({
  id,
  startsAt: at(from),
  endsAt: at(to),
  tableNumber,
});
const drawn = (grid: ReturnType<typeof gridOf<ReturnType<typeof meeting>>>) =>
  grid.rows.map(({ at: time, cells }) =>
    [
      time.toISOString().slice(11, 16),
      ...cells.map(({ cell }) =>
        cell.kind === "meeting"
          ? `${cell.meeting.id}×${cell.rows}`
          : cell.kind === "online"
            ? cell.meetings.map((one) => one.id).join("+")
            : cell.kind,
      ),
    ].join(" "),
  );

describe("the timetable", () => {
  it("has a row for every slot and a column for every table", () => {
    expect(drawn(gridOf(frame, [], false))).toEqual([
      "08:00 free free",
      "08:30 free free",
      "09:00 free free",
      "09:30 free free",
    ]);
  });

  it("lets a longer meeting cover the rows below it, also when it begins between two slots", () => {
    const grid = gridOf(frame, [meeting("a", "08:00", "09:00", 1), meeting("b", "08:45", "09:30", 2)], false);
    expect(drawn(grid)).toEqual([
      "08:00 a×3 free",
      "08:30 covered free",
      "08:45 covered b×2",
      "09:00 free covered",
      "09:30 free free",
    ]);
  });

  it("lists meetings that begin online at the same time in one cell", () => {
    const grid = gridOf(
      { ...frame, tables: 1, slotMinutes: 60 },
      [meeting("a", "08:00", "08:30", null), meeting("b", "08:00", "08:30", null)],
      true,
    );
    expect(grid.columns).toEqual([1, null]);
    expect(drawn(grid)).toEqual(["08:00 free a+b", "08:30 free free", "09:00 free free"]);
  });

  it("has only the online column where there is no table, and no such column where nothing is online", () => {
    expect(gridOf({ ...frame, tables: 0 }, [], true).columns).toEqual([null]);
    expect(gridOf(frame, [], true).columns).toEqual([1, 2]);
  });

  it("shows the tables in use and the next free one of a large room", () => {
    const grid = gridOf(
      { ...frame, tables: 40 },
      [meeting("a", "08:00", "08:30", 1), meeting("b", "08:00", "08:30", 17)],
      false,
    );
    expect(grid.columns).toEqual([1, 2, 17]);
  });
});
