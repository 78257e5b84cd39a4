import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { isTimeZone, nextDigestAt, parseQuietHours, quietUntil, type Rhythm } from "./rhythm";

const rhythm = (timeZone: string, over: Partial<Rhythm> = {}): Rhythm => ({
  timeZone,
  quiet: { from: 21 * 60, until: 7 * 60 },
  digestHour: 8,
  digestWeekday: 1,
  ...over,
});
/** An instant written by the clock on the wall: "2026-03-29T03:00+02:00". */
const at = (text: string) => new Date(text);
const quiet = (now: string, given: Rhythm) => quietUntil(at(now), given)?.toISOString() ?? null;
const digest = (now: string, mode: "daily" | "weekly", given: Rhythm) =>
  nextDigestAt(at(now), mode, given).toISOString();

describe("quiet hours", () => {
  it.each([
    ["2026-11-23T09:00+07:00", null],
    ["2026-11-23T20:59+07:00", null],
    ["2026-11-23T21:00+07:00", "2026-11-24T00:00:00.000Z"],
    ["2026-11-24T03:00+07:00", "2026-11-24T00:00:00.000Z"],
    ["2026-11-24T06:59+07:00", "2026-11-24T00:00:00.000Z"],
    ["2026-11-24T07:00+07:00", null],
    // New Year's Eve of the lunar calendar (Tết falls on 17 February 2026) is a night like any other
    ["2026-02-16T23:59+07:00", "2026-02-17T00:00:00.000Z"],
    ["2026-02-17T08:00+07:00", null],
  ])("in Viet Nam at %s", (now, end) => expect(quiet(now, rhythm("Asia/Ho_Chi_Minh"))).toBe(end));

  it("end by the wall clock on the nights when it changes", () => {
    // Berlin: 29 March 2026 02:00 → 03:00 and 25 October 2026 03:00 → 02:00
    expect(quiet("2026-03-28T22:00+01:00", rhythm("Europe/Berlin"))).toBe("2026-03-29T05:00:00.000Z");
    expect(quiet("2026-10-24T22:00+02:00", rhythm("Europe/Berlin"))).toBe("2026-10-25T06:00:00.000Z");
    expect(quiet("2026-03-07T22:00-05:00", rhythm("America/New_York"))).toBe("2026-03-08T11:00:00.000Z");
    expect(quiet("2026-10-31T22:00-04:00", rhythm("America/New_York"))).toBe("2026-11-01T12:00:00.000Z");
  });

  it("that end inside the gap end when the clock has jumped over it", () => {
    const early = rhythm("Europe/Berlin", { quiet: { from: 22 * 60, until: 2 * 60 + 30 } });
    expect(quiet("2026-03-29T01:59+01:00", early)).toBe("2026-03-29T01:00:00.000Z");
    expect(quiet("2026-03-29T03:00+02:00", early)).toBe(null);
  });

  it("that end in the hour that comes twice end at each coming, and never in the past", () => {
    const early = rhythm("Europe/Berlin", { quiet: { from: 22 * 60, until: 2 * 60 + 30 } });
    expect(quiet("2026-10-25T02:10+02:00", early)).toBe("2026-10-25T00:30:00.000Z");
    expect(quiet("2026-10-25T02:40+02:00", early)).toBe(null);
    expect(quiet("2026-10-25T02:10+01:00", early)).toBe("2026-10-25T01:30:00.000Z");
    expect(quiet("2026-10-25T02:40+01:00", early)).toBe(null);
  });

  it("may lie within one day, or not be at all", () => {
    const noon = rhythm("Asia/Ho_Chi_Minh", { quiet: { from: 12 * 60, until: 13 * 60 + 30 } });
    expect(quiet("2026-11-23T12:00+07:00", noon)).toBe("2026-11-23T06:30:00.000Z");
    expect(quiet("2026-11-23T13:30+07:00", noon)).toBe(null);
    expect(quiet("2026-11-23T03:00+07:00", rhythm("Asia/Ho_Chi_Minh", { quiet: null }))).toBe(null);
  });
});

describe("digests", () => {
  it("come every day at the chosen hour, over Tết too", () => {
    const home = rhythm("Asia/Ho_Chi_Minh");
    let now = at("2026-02-13T09:00+07:00");
    const days: string[] = [];
    for (let turn = 0; turn < 9; turn++) {
      now = nextDigestAt(now, "daily", home);
      days.push(now.toISOString());
    }
    expect(days).toEqual(Array.from({ length: 9 }, (_, day) => `2026-02-${14 + day}T01:00:00.000Z`));
  });

  it("come on the chosen weekday, a week apart in local days", () => {
    const berlin = rhythm("Europe/Berlin", { digestWeekday: 7, digestHour: 9 });
    expect(digest("2026-03-25T12:00+01:00", "weekly", berlin)).toBe("2026-03-29T07:00:00.000Z");
    expect(digest("2026-03-22T09:00+01:00", "weekly", berlin)).toBe("2026-03-29T07:00:00.000Z");
    expect(digest("2026-03-22T08:59+01:00", "weekly", berlin)).toBe("2026-03-22T08:00:00.000Z");
    expect(digest("2026-10-20T12:00+02:00", "weekly", berlin)).toBe("2026-10-25T08:00:00.000Z");
  });

  it("come once on the days when their hour is skipped or comes twice", () => {
    const york = rhythm("America/New_York", { digestHour: 2 });
    expect(digest("2026-03-08T01:00-05:00", "daily", york)).toBe("2026-03-08T07:00:00.000Z");
    expect(digest("2026-03-08T03:00-04:00", "daily", york)).toBe("2026-03-09T06:00:00.000Z");
    const once = rhythm("America/New_York", { digestHour: 1 });
    expect(digest("2026-11-01T00:30-04:00", "daily", once)).toBe("2026-11-01T05:00:00.000Z");
    expect(digest("2026-11-01T01:30-04:00", "daily", once)).toBe("2026-11-02T06:00:00.000Z");
  });
});

it("whatever the zone and the moment, quiet hours end later, outside of themselves, and a digest comes at its hour", () => {
  const zones = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 23 }),
      (timeZone, minute, from, until, digestHour) => {
        fc.pre(from !== until);
        const given = rhythm(timeZone, { quiet: { from, until }, digestHour });
        const now = new Date(minute * 60_000);
        const end = quietUntil(now, given);
        if (end) {
          expect(end.getTime()).toBeGreaterThan(now.getTime());
          expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        }
        const next = nextDigestAt(now, "daily", given);
        const wall = Temporal.Instant.fromEpochMilliseconds(next.getTime()).toZonedDateTimeISO(timeZone);
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
        // in spring the hour may not exist: then the first one after it
        expect([digestHour, digestHour + 1]).toContain(wall.hour);
      },
    ),
  );
});

describe("what is typed", () => {
  it("is a zone that exists, and hours that can be read", () => {
    expect(["Asia/Ho_Chi_Minh", "Europe/Berlin", "UTC"].every(isTimeZone)).toBe(true);
    expect(["Mars/Phobos", "", "+07:00"].some(isTimeZone)).toBe(false);
    expect(parseQuietHours("21:00-07:30")).toEqual({ from: 1260, until: 450 });
    expect(parseQuietHours("none")).toBe(null);
  });
});
