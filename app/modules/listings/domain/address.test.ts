import { describe, expect, it } from "vitest";
import { addressOf, referenceIn, slugOf } from "./address";

const id = "0199a0c0-6e1f-7c5e-9d3a-5d1b7c2e4f60";

describe("addresses of listings", () => {
  it("spell titles in plain letters, cut between words", () => {
    expect(slugOf("Lọc bụi lò nung – 1.200 m³/h (Đông Triều)")).toBe("loc-bui-lo-nung-1-200-m-h-dong-trieu");
    expect(slugOf("Xử lý nước thải ".repeat(20)).length).toBeLessThanOrEqual(60);
    expect(slugOf("Xử lý nước thải ".repeat(20))).not.toMatch(/-$/);
    expect(slugOf("水処理")).toBe("");
  });
  it("end with the reference and are the same in both languages", () => {
    const listing = { id, reference: "NC-22-2026-000123", visibility: "public" };
    const texts = [
      { lang: "en", title: "Dust filter" },
      { lang: "vi", title: "Lọc bụi" },
    ];
    expect(addressOf(listing, texts)).toBe("/listings/loc-bui-nc-22-2026-000123");
    expect(addressOf(listing, texts.slice(0, 1))).toBe("/listings/dust-filter-nc-22-2026-000123");
    expect(addressOf(listing, [{ lang: "vi", title: "水" }])).toBe("/listings/nc-22-2026-000123");
    expect(addressOf({ ...listing, reference: null }, texts)).toBe(`/listings/${id}`);
    expect(addressOf({ ...listing, visibility: "brokers" }, texts), "logs keep addresses").toBe(
      "/listings/nc-22-2026-000123",
    );
  });
  it("are read by their end", () => {
    expect(referenceIn("loc-bui-nc-22-2026-000123")).toBe("NC-22-2026-000123");
    expect(referenceIn("CN-22-2026-1234567")).toBe("CN-22-2026-1234567");
    expect(referenceIn("nc-22-2025-000001-cn-22-2026-000123")).toBe("CN-22-2026-000123");
    for (const none of ["loc-bui", "nc-22-2026-123", "xnc-22-2026-000123", "nc-22-2026-000123-x"])
      expect(referenceIn(none)).toBeNull();
  });
});
