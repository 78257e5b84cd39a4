import { describe, expect, it } from "vitest";
import { checkDigit, parseTaxCode } from "./tax-code";

const VALID = ["0100233488", "5700100256", "0314409058-002", "0312687878-001"];
const RESERVED = [
  "9900000016",
  "9900000023",
  "9900000030",
  "9900000048",
  "9900000055",
  "9900000062",
  "9900000087",
  "9900000094",
  "9900000104",
  "9900000111",
];

describe("tax code", () => {
  it.each([...VALID, ...RESERVED])("accepts %s", (code) => {
    expect(parseTaxCode(code)).toMatchObject({ ok: true, code });
  });

  it.each(["0100233480", "0101234567"])("refuses the wrong check digit of %s", (code) => {
    expect(parseTaxCode(code)).toEqual({ ok: false, problem: "checkDigit" });
  });

  it("gives a branch its parent", () => {
    expect(parseTaxCode("0314409058002")).toEqual({ ok: true, code: "0314409058-002", parent: "0314409058" });
    expect(parseTaxCode("0314409058-000")).toEqual({ ok: false, problem: "branch" });
  });

  it.each([
    ["  0100 233 488 ", "0100233488"],
    ["0100.233.488", "0100233488"],
    ["MST: 5700100256", "5700100256"],
    ["Mã số thuế 5700100256", "5700100256"],
    ["0314409058–002", "0314409058-002"],
    ["０１００２３３４８８", "0100233488"],
  ])("normalises %s", (typed, code) => {
    expect(parseTaxCode(typed)).toMatchObject({ ok: true, code });
  });

  it.each(["", "123", "01002334880", "01002334a8", "012345678901", "01002334881234"])(
    "refuses the form of %j",
    (typed) => {
      expect(parseTaxCode(typed)).toEqual({ ok: false, problem: "form" });
    },
  );

  it("refuses numbers without a serial part", () => {
    for (let province = 0; province < 100; province++) {
      const nine = `${String(province).padStart(2, "0")}0000000`;
      const digit = checkDigit(nine);
      if (digit !== null) expect(parseTaxCode(`${nine}${digit}`)).toEqual({ ok: false, problem: "neverIssued" });
    }
  });

  it("holds for any serial: one last digit at most is right, and every slip in one digit is noticed", () => {
    let seed = 20_261_122;
    const next = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed;
    };
    let checked = 0;
    for (let round = 0; round < 500; round++) {
      const nine = Array.from({ length: 9 }, () => String(next() % 10)).join("");
      if (nine.slice(2) === "0000000") continue;
      const right = Array.from({ length: 10 }, (_, last) => `${nine}${last}`).filter((code) => parseTaxCode(code).ok);
      const digit = checkDigit(nine);
      expect(right).toEqual(digit === null ? [] : [`${nine}${digit}`]);
      const code = right[0];
      if (!code) continue;
      checked++;
      for (let at = 0; at < 10; at++) {
        const slipped: string = `${code.slice(0, at)}${(Number(code[at]) + 1 + (next() % 9)) % 10}${code.slice(at + 1)}`;
        if (slipped !== code) expect(parseTaxCode(slipped).ok, `${code} → ${slipped}`).toBe(false);
      }
    }
    expect(checked).toBeGreaterThan(400);
  });
});
