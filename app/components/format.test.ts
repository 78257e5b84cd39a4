import { describe, expect, it } from "vitest";
import { formatDate, formatDateTime, formatMoney, formatNumber, formatRange, isoDay } from "./format";

describe("dates", () => {
  it("are Vietnam's calendar day, wherever the server stands", () => {
    expect(formatDate("2026-11-21T18:30:00Z")).toBe("22/11/2026");
    expect(isoDay("2026-11-21T18:30:00Z")).toBe("2026-11-22");
    expect(formatDateTime("2026-11-21T17:00:00Z")).toBe("00:00 22/11/2026");
  });

  it("show a date column (UTC midnight) as its own day", () => {
    expect(formatDate(new Date("2027-03-31"))).toBe("31/03/2027");
  });
});

describe("money", () => {
  it("is short and official", () => {
    expect(formatMoney(1_250_000_000, "vi")).toBe("1,25 tỷ đồng");
    expect(formatMoney(1_250_000_000n, "en")).toBe("VND 1.25 billion");
    expect(formatMoney("850000000", "vi")).toBe("850 triệu đồng");
    expect(formatMoney(950_000, "vi")).toBe("950.000 đồng");
    expect(formatMoney(0, "vi")).toBe("0 đồng");
  });

  it("is never rounded", () => {
    expect(formatMoney(1_234_567_890, "vi")).toBe("1.234.567.890 đồng");
    expect(formatMoney(1_234_500_000, "vi")).toBe("1.234,5 triệu đồng");
  });

  it("may have one end, both, or none", () => {
    expect(formatRange(500_000_000, 1_000_000_000, "vi")).toBe("500 triệu đồng – 1 tỷ đồng");
    expect(formatRange(500_000_000, 500_000_000, "en")).toBe("VND 500 million");
    expect(formatRange(null, 2_000_000, "vi")).toBe("đến 2 triệu đồng");
    expect(formatRange(2_000_000, undefined, "en")).toBe("from VND 2 million");
    expect(formatRange(null, null, "vi")).toBeNull();
  });
});

it("numbers use the language's separators", () => {
  expect(formatNumber(1234.5, "vi")).toBe("1.234,5");
  expect(formatNumber(1234.5, "en")).toBe("1,234.5");
});
