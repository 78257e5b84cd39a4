import { describe, expect, it } from "vitest";
import { hashOf, undertakingAt } from "./undertaking";

const words = (title: string) => ({ title, paragraphs: ["một", "hai"] });
const ROWS = [
  { version: "b", effectiveFrom: "2027-02-01", vi: words("B"), en: words("B en") },
  { version: "a", effectiveFrom: "2026-01-01", vi: words("A"), en: words("A en") },
];

describe("the confidentiality undertaking", () => {
  it("changes on its first day, Vietnamese time", () => {
    expect(undertakingAt(new Date("2027-01-31T16:59:59Z"), "vi", ROWS).version).toBe("a");
    expect(undertakingAt(new Date("2027-01-31T17:00:00Z"), "vi", ROWS).version).toBe("b");
    expect(() => undertakingAt(new Date("2025-12-31T00:00:00Z"), "vi", ROWS)).toThrow(/in force/);
  });
  it("is known by a hash of the words that were shown, so a changed comma is another text", () => {
    const shown = undertakingAt(new Date("2027-03-01T00:00:00Z"), "en", ROWS);
    expect(shown).toMatchObject({ lang: "en", title: "B en", hash: hashOf(words("B en")) });
    expect(hashOf({ title: "B en", paragraphs: ["một,", "hai"] })).not.toBe(shown.hash);
    expect(hashOf({ title: "B en", paragraphs: ["hai", "một"] })).not.toBe(shown.hash);
  });
  it("has the accepted texts as they were: a change is a new version, never an edit", () => {
    const now = new Date("2026-11-23T02:00:00Z");
    expect([undertakingAt(now, "vi").hash, undertakingAt(now, "en").hash]).toEqual([
      "ca695d47a5792b4156fb3ba595ac7fa2488843f0d6885ef4a57daed42b9c1372",
      "8121d83aca9b399a452e1e7119eb148659d1ef124598445adfb926fe7985f777",
    ]);
    expect(undertakingAt(now, "vi").paragraphs.length).toBe(undertakingAt(now, "en").paragraphs.length);
  });
});
