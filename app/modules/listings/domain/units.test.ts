import { afterEach, describe, expect, it } from "vitest";
import { fold } from "~/platform/text";
import { parseFactor, writeFactor } from "../unit-schemas";
import { compareLine, type Line } from "./compare-line";
import { SHIPPED_UNITS as UNITS } from "./shipped-units";
import { conversionsOf } from "./unit-example";
import {
  baseUnit,
  convert,
  DIMENSIONS,
  findUnit,
  layUnits,
  liveUnits,
  type StoredUnit,
  takenName,
  unitsOffered,
  unitTable,
} from "./units";

const line = (comparison: Line["comparison"], a: number | null, b: number | null, unit: string | null): Line => ({
  name: "chỉ tiêu",
  comparison,
  minValue: a,
  maxValue: b,
  textValue: null,
  unit,
});
const gte = (value: number, unit: string | null) => line("gte", value, null, unit);
const lte = (value: number, unit: string | null) => line("lte", null, value, unit);
const eq = (value: number, unit: string | null) => line("eq", value, value, unit);
const between = (low: number, high: number, unit: string | null) => line("between", low, high, unit);

describe("unit table", () => {
  it("finds every unit by its id and aliases, with and without diacritics", () => {
    for (const unit of UNITS)
      for (const name of [unit.id, ...unit.aliases]) {
        expect(findUnit(name), name).toMatchObject(unit);
        expect(findUnit(fold(name))?.dimension, `${name} folded`).toBe(unit.dimension);
      }
  });
  it("has no alias that means two units", () => {
    const seen = new Map<string, string>();
    for (const unit of UNITS)
      for (const name of new Set(
        [unit.id, ...unit.aliases].map((one) =>
          one.normalize("NFC").replace(/\s/g, "").replace("²", "2").replace("³", "3"),
        ),
      )) {
        expect(seen.get(name) ?? unit.id, name).toBe(unit.id);
        seen.set(name, unit.id);
      }
  });
  it("comes back from every other unit of its dimension", () => {
    for (const from of UNITS)
      for (const to of UNITS.filter((one) => one.dimension === from.dimension)) {
        for (const value of [0, 1, 0.25, 37, 12_345.678, -4]) {
          const there = convert(value, from.id, to.id);
          expect(there).not.toBeNull();
          expect(convert(there ?? 0, to.id, from.id)).toBeCloseTo(value, 6);
        }
      }
  });
  it("keeps order within a dimension and refuses other dimensions", () => {
    for (const from of UNITS)
      for (const to of UNITS) {
        const [low, high] = [convert(1, from.id, to.id), convert(2, from.id, to.id)];
        if (from.dimension === to.dimension) expect((high ?? 0) > (low ?? 0)).toBe(true);
        else expect(low).toBeNull();
      }
  });
  it("knows values people can check", () => {
    expect(convert(12, "m³/h", "m3/ngày đêm")).toBeCloseTo(288);
    expect(convert(10, "l/s", "m³/ngày")).toBeCloseTo(864);
    expect(convert(100, "°C", "°F")).toBeCloseTo(212);
    expect(convert(0, "°C", "K")).toBeCloseTo(273.15);
    expect(convert(6, "bar", "MPa")).toBeCloseTo(0.6);
    expect(convert(1.25, "tỷ đồng", "triệu")).toBeCloseTo(1250);
    expect(convert(3, "năm", "tháng")).toBeCloseTo(36);
    expect(findUnit("mét khối một ngày")).toBeNull();
  });
});

describe("compareLine", () => {
  it("at least: met by a promise inside it, in any unit of the dimension", () => {
    expect(compareLine(gte(240, "m³/ngày"), eq(10, "m³/h"))).toBe("meets");
    expect(compareLine(gte(240, "m³/ngày"), gte(300, "m³/ngày"))).toBe("meets");
    expect(compareLine(gte(240, "m³/ngày"), eq(230, "m³/ngày"))).toBe("near");
    expect(compareLine(gte(240, "m³/ngày"), eq(100, "m³/ngày"))).toBe("fails");
    expect(compareLine(gte(40, "%"), between(30, 60, "%"))).toBe("near");
  });
  it("at most: a limit that is kept", () => {
    expect(compareLine(lte(30, "mg/l"), lte(20, "mg/l"))).toBe("meets");
    expect(compareLine(lte(30, "mg/l"), lte(30_000, "µg/l"))).toBe("meets");
    expect(compareLine(lte(30, "mg/l"), lte(50, "mg/l"))).toBe("near");
    expect(compareLine(lte(30, "mg/l"), eq(32, "mg/l"))).toBe("near");
    expect(compareLine(lte(30, "mg/l"), eq(50, "mg/l"))).toBe("fails");
  });
  it("a capacity offered as a range of sizes meets a need that one of the sizes serves", () => {
    expect(compareLine(gte(500, "m³/ngày"), between(100, 1000, "m³/ngày"))).toBe("meets");
    expect(compareLine(lte(5, "tấn/h"), between(2, 20, "tấn/h"))).toBe("meets");
    expect(compareLine(gte(500, "m³/ngày"), between(10, 100, "m³/ngày"))).toBe("fails");
    // a quality is no size: the worse end of the range counts
    expect(compareLine(lte(30, "mg/l"), between(20, 50, "mg/l"))).toBe("near");
  });
  it("a value or range: met by a capability that covers it", () => {
    expect(compareLine(eq(500, "kg/h"), between(100, 1000, "kg/h"))).toBe("meets");
    expect(compareLine(eq(500, "kg/h"), eq(0.5, "tấn/h"))).toBe("meets");
    expect(compareLine(eq(500, "kg/h"), lte(800, "kg/h"))).toBe("meets");
    expect(compareLine(between(100, 300, "kg/h"), between(200, 400, "kg/h"))).toBe("near");
    expect(compareLine(between(100, 300, "kg/h"), eq(200, "kg/h"))).toBe("meets");
    expect(compareLine(eq(500, "kg/h"), eq(700, "kg/h"))).toBe("fails");
  });
  it("temperature, pH and noise are near by difference, not by share", () => {
    expect(compareLine(lte(0, "°C"), eq(4, "°C"))).toBe("near");
    expect(compareLine(between(6, 9, "pH"), eq(9.4, "pH"))).toBe("near");
    expect(compareLine(lte(55, "dB"), eq(60, "dBA"))).toBe("fails");
  });
  it("is honest about what cannot be compared", () => {
    expect(compareLine(gte(1, "kW"), eq(5, "kg"))).toBe("unknown");
    expect(compareLine(gte(1, "kW"), eq(5, null))).toBe("unknown");
    expect(compareLine(gte(1, "quả/cây"), eq(5, "qua/cay"))).toBe("meets");
    expect(compareLine(gte(1, "quả/cây"), eq(5, "hạt/cây"))).toBe("unknown");
    expect(
      compareLine(
        { ...eq(1, null), comparison: "text", textValue: "Inox 304" },
        { ...eq(1, null), comparison: "text", textValue: "inox 304" },
      ),
    ).toBe("meets");
  });
  it("gives the same verdict whatever unit the parameter is written in", () => {
    const flows = UNITS.filter((unit) => unit.dimension === "volume-flow");
    for (const unit of flows)
      for (const value of [50, 100, 220, 239, 241, 400]) {
        const same = convert(value, "m³/ngày", unit.id) ?? 0;
        for (const asked of [gte(240, "m³/ngày"), lte(240, "m³/ngày"), between(100, 240, "m³/ngày")]) {
          expect(compareLine(asked, eq(same, unit.id))).toBe(compareLine(asked, eq(value, "m³/ngày")));
        }
      }
  });
});

describe("what administrators say of units", () => {
  const own: StoredUnit = {
    code: "gallon/phút",
    dimension: "volume-flow",
    factor: 0.227_124_707,
    offset: 0,
    aliases: ["gpm", "gal/min"],
    retired: false,
  };
  const more: StoredUnit = {
    code: "m³/h",
    // a supplied unit's own stand, whatever a row says
    dimension: "mass",
    factor: 99,
    offset: 5,
    aliases: ["khối một giờ"],
    retired: true,
  };
  afterEach(() => layUnits([]));

  it("adds units and names, in which lines are read and compared at once", () => {
    expect(findUnit("GPM")).toBeNull();
    layUnits([own, more]);
    expect(findUnit("GPM")?.id).toBe("gallon/phút");
    expect(convert(1_000, "gal/min", "m³/h")).toBeCloseTo(227.124_707);
    expect(convert(2, "khối một giờ", "m³/ngày")).toBeCloseTo(48);
    expect(compareLine(gte(200, "m³/h"), eq(1_000, "gpm"))).toBe("meets");
    layUnits([]);
    expect(findUnit("GPM")).toBeNull();
    expect(compareLine(gte(200, "m³/h"), eq(1_000, "gpm"))).toBe("unknown");
  });
  it("keeps what is retired understood and offers it no longer", () => {
    layUnits([own, more]);
    expect(findUnit("m3/giờ")).toMatchObject({ id: "m³/h", factor: 1, dimension: "volume-flow", retired: true });
    expect(unitsOffered().map(({ id }) => id)).not.toContain("m³/h");
    expect(unitsOffered().map(({ id }) => id)).toContain("gallon/phút");
    expect(liveUnits()).toHaveLength(UNITS.length + 1);
  });
  it("says whose a name is, however it is written", () => {
    const table = unitTable([own]);
    expect(takenName(table, "x", ["mới", "M3 / GIO"])).toMatchObject({ name: "M3 / GIO", unit: { id: "m³/h" } });
    expect(takenName(table, "x", ["Gpm"])?.unit.id).toBe("gallon/phút");
    expect(takenName(table, "gallon/phút", ["gpm", "galông/phút"])).toBeNull();
  });
  it("leads every quantity to a base", () => {
    for (const dimension of DIMENSIONS) expect(convert(1, baseUnit(dimension).id, baseUnit(dimension).id)).toBe(1);
  });
});

describe("what a factor is checked by", () => {
  const of = (factor: number, offset = 0) => conversionsOf({ code: "X", dimension: "volume-flow", factor, offset });
  it("is one of the unit in the base unit", () => {
    expect(of(3.6)).toEqual([{ value: 1, unit: "X", inBase: 3.6, base: "m³/h" }]);
    expect(of(1 / 24)).toEqual([{ value: 10, unit: "X", inBase: 0.416_667, base: "m³/h" }]);
    expect(of(1 / 8_760)).toEqual([{ value: 1_000, unit: "X", inBase: 0.114_155, base: "m³/h" }]);
  });
  it("is two points on a scale whose zero is elsewhere, and nothing for the base itself", () => {
    expect(conversionsOf({ code: "°F", dimension: "temperature", factor: 5 / 9, offset: -160 / 9 })).toMatchObject([
      { value: 0, inBase: -17.7778 },
      { value: 100, inBase: 37.7778 },
    ]);
    expect(conversionsOf({ code: "m³/h", dimension: "volume-flow", factor: 1, offset: 0 })).toEqual([]);
  });
  it.each([
    ["3,6", 3.6],
    ["0.06", 0.06],
    ["1/24", 1 / 24],
    ["1.000/8.760", 1_000 / 8_760],
    ["1/0", null],
    ["1/2/3", null],
    ["nhiều", null],
  ])("is typed as %s", (typed, value) => {
    expect(parseFactor(typed)).toBe(value);
    if (value !== null) expect(parseFactor(writeFactor(value))).toBe(value);
  });
  it("is written without an exponent", () => {
    expect(parseFactor(writeFactor(2.5e-9))).toBe(2.5e-9);
  });
});
