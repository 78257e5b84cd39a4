import { describe, expect, it } from "vitest";
import { parseDay } from "~/platform/form-fields";
import { addMonths, writeDay } from "./days";
import { parseNumber, writeNumber } from "./number-parse";
import { parseLine, type TypedLine, writeValue } from "./parse-line";
import { parseMoney } from "./parse-money";

const typed = (over: Partial<TypedLine>): TypedLine => ({
  name: "Công suất",
  comparison: "eq",
  value: "",
  unit: "",
  must: "must",
  condition: "",
  ...over,
});

describe("parseNumber", () => {
  it.each([
    ["1.250", 1250],
    ["1,25", 1.25],
    ["1.250.000,5", 1250000.5],
    ["0.5", 0.5],
    ["0.125", 0.125],
    ["2.75", 2.75],
    ["12 000", 12000],
    ["1,250,000", 1250000],
    ["1,250.5", 1250.5],
    ["-3", -3],
    ["−3,5", -3.5],
    ["1250", 1250],
  ])("%s → %d", (text, value) => expect(parseNumber(text)).toBe(value));
  it.each(["", "abc", "1.2.3", "12,", "1..2", "1,2,3"])("refuses %j", (text) => expect(parseNumber(text)).toBeNull());
  it("reads back what writeNumber writes", () => {
    for (let i = -2000; i < 2000; i++) expect(parseNumber(writeNumber(i / 8))).toBe(i / 8);
  });
});

describe("parseMoney", () => {
  it.each([
    ["1,25 tỷ", 1_250_000_000],
    ["800 triệu", 800_000_000],
    ["800tr", 800_000_000],
    ["1 tỷ 200 triệu", 1_200_000_000],
    ["1.250.000.000 đồng", 1_250_000_000],
    ["1.250.000.000", 1_250_000_000],
    ["VND 2 billion", 2_000_000_000],
    ["500 nghìn đồng", 500_000],
    ["khoảng 3 tỉ đồng", 3_000_000_000],
    ["1 250 000 000 đ", 1_250_000_000],
    ["0", 0],
    ["1.25 tỷ", 1_250_000_000],
    ["500 đồng", 500],
  ])("%s → %d đồng", (text, dong) => {
    const answer = parseMoney(text);
    if (text === "500 đồng") expect(answer).toEqual({ ok: false, problem: "unit" });
    else expect(answer).toEqual({ ok: true, dong });
  });
  it("asks for the unit of a bare small number and refuses words", () => {
    for (const text of ["500", "1 tỷ 200", "2 tỷ 5"]) expect(parseMoney(text)).toEqual({ ok: false, problem: "unit" });
    for (const text of ["", "nhiều", "200 triệu 1 tỷ", "12 quả", "5 tỷ mấy"])
      expect(parseMoney(text)).toEqual({ ok: false, problem: "unreadable" });
  });
});

describe("days", () => {
  it("reads both ways of writing and refuses what is no day", () => {
    expect(parseDay("5/3/2027")).toBe("2027-03-05");
    expect(parseDay("05-03-2027")).toBe("2027-03-05");
    expect(parseDay("2027-03-05")).toBe("2027-03-05");
    for (const text of ["31/02/2027", "2027-13-01", "mai", "5/3/27"]) expect(parseDay(text)).toBeNull();
    expect(parseDay(writeDay(new Date("2027-03-05T00:00:00Z")))).toBe("2027-03-05");
  });
  it("adds months to the end of short months", () => {
    expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
    expect(addMonths("2026-11-23", 6)).toBe("2027-05-23");
  });
});

describe("parseLine", () => {
  it("reads the value with the chosen comparison", () => {
    expect(parseLine(typed({ comparison: "gte", value: "500", unit: "m³/ngày" }))).toEqual({
      name: "Công suất",
      comparison: "gte",
      minValue: 500,
      maxValue: null,
      textValue: null,
      unit: "m³/ngày",
    });
  });
  it.each([
    ["≥ 500", "gte", 500, null],
    ["tối đa 30", "lte", null, 30],
    ["< 30", "lte", null, 30],
    ["5–10", "between", 5, 10],
    ["từ 5 đến 10", "between", 5, 10],
    ["10 - 5", "between", 5, 10],
    ["khoảng 50", "eq", 50, 50],
    ["1.250,5", "eq", 1250.5, 1250.5],
    ["0,5 – 1,5", "between", 0.5, 1.5],
  ])("%s is %s %s..%s", (value, comparison, minValue, maxValue) => {
    expect(parseLine(typed({ value, unit: "mg/l" }))).toMatchObject({ comparison, minValue, maxValue, unit: "mg/l" });
  });
  it("takes a unit typed beside the number", () => {
    expect(parseLine(typed({ value: "500 m3/ngày đêm" }))).toMatchObject({
      comparison: "eq",
      minValue: 500,
      unit: "m³/ngày",
    });
    expect(parseLine(typed({ value: "≤ 30 mg/l" }))).toMatchObject({ comparison: "lte", maxValue: 30, unit: "mg/l" });
  });
  it("keeps what it cannot read exactly as typed", () => {
    for (const value of ["Inox 304", "theo QCVN 40:2011 cột A", "2 con lươn", "500 quả táo"]) {
      expect(parseLine(typed({ value }))).toMatchObject({ comparison: "text", textValue: value, minValue: null });
    }
  });
  it("reads back what writeValue writes", () => {
    for (let i = 1; i < 400; i++) {
      const comparison = (["eq", "gte", "lte", "between"] as const)[i % 4] ?? "eq";
      const line = parseLine(
        typed({
          comparison,
          value: comparison === "between" ? `${i / 4} – ${i}` : String(i / 4).replace(".", ","),
          unit: "kW",
        }),
      );
      expect(line.comparison).toBe(comparison);
      expect(parseLine(typed({ comparison: line.comparison, value: writeValue(line), unit: "kW" }))).toEqual(line);
    }
  });
});
