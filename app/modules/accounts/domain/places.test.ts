import { describe, expect, it } from "vitest";
import { COMMUNES, communeName, isCommuneOf, PROVINCES, provinceByName, provinceName } from "./places";

describe("places", () => {
  it("has 34 provinces and the 54 communes of Quảng Ninh, each once", () => {
    expect(new Set(PROVINCES.map((p) => p.code)).size).toBe(34);
    expect(new Set(COMMUNES.map((c) => c.code)).size).toBe(54);
    expect(COMMUNES.every((c) => c.provinceCode === "22")).toBe(true);
  });

  it("knows the 63 names used before the mergers, each in one province", () => {
    const old = PROVINCES.flatMap((p) => p.mergedFrom.map((name) => [name, p.code] as const));
    expect(old).toHaveLength(63);
    for (const [name, code] of old) expect(provinceByName(name)?.code, name).toBe(code);
  });

  it.each([
    ["Quảng Nam", "48"],
    ["quang nam", "48"],
    ["Tỉnh Quảng Ninh", "22"],
    ["Quang Ninh province", "22"],
    ["TP. Hồ Chí Minh", "79"],
    ["TP.HCM", "79"],
    ["Bà Rịa – Vũng Tàu", "79"],
    ["Thừa Thiên Huế", "46"],
    ["Hanoi", "01"],
    ["Đắk Nông", "68"],
    ["Bắc Kạn", "19"],
    ["Hải Dương", "31"],
  ])("finds %s", (name, code) => {
    expect(provinceByName(name)?.code).toBe(code);
  });

  it("does not guess", () => {
    expect(provinceByName("")).toBeNull();
    expect(provinceByName("Đồng bằng sông Cửu Long")).toBeNull();
  });

  it("names places", () => {
    expect(provinceName("22", "vi")).toBe("Quảng Ninh");
    expect(provinceName("01", "en")).toBe("Hanoi");
    expect(provinceName("99", "vi")).toBeNull();
    expect(communeName("06673")).toBe("Phường Bãi Cháy");
    expect(communeName(null)).toBeNull();
    expect(isCommuneOf("06673", "22")).toBe(true);
    expect(isCommuneOf("06673", "01")).toBe(false);
  });
});
