import { describe, expect, it } from "vitest";
import { fold } from "~/platform/text";
import { compareLine, type Line } from "./compare-line";
import { convert, findUnit, UNITS } from "./units";

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
        expect(findUnit(name), name).toBe(unit);
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
