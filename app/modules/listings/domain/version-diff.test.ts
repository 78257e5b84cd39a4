import { describe, expect, it } from "vitest";
import type { ListingLine, ListingText } from "./types";
import { type Comparable, compareVersions, diffLines, isMaterialChange } from "./version-diff";
import { diffWords } from "./word-diff";

const text = (over: Partial<ListingText> = {}): ListingText => ({
  lang: "vi",
  title: "Xử lý nước thải chế biến hải sản",
  summary: null,
  description: "Nước thải vượt quy chuẩn vào mùa cao điểm.",
  currentTechnology: null,
  problemSolved: null,
  advantages: null,
  referenceSites: null,
  standards: null,
  tried: null,
  ipWishes: null,
  principle: null,
  operatingConditions: null,
  trlEvidence: null,
  support: null,
  ...over,
});
const line = (over: Partial<ListingLine> = {}): ListingLine => ({
  name: "Công suất",
  comparison: "gte",
  minValue: 240,
  maxValue: null,
  textValue: null,
  unit: "m³/ngày",
  must: true,
  condition: null,
  ...over,
});
const version = (over: Record<string, unknown> = {}): Comparable => ({
  id: "a",
  number: 1,
  visibility: "public",
  sectorCodes: ["NNC-01"],
  moneyMin: 1_250_000_000,
  expiresOn: new Date("2027-04-15"),
  contact: { name: "Bà Hoa", phone: "0203 555 6666", email: null },
  texts: [text()],
  lines: [line()],
  ...over,
});

describe("words", () => {
  const old = (parts: ReturnType<typeof diffWords>) =>
    parts
      .filter((part) => part.kind !== "added")
      .map((part) => part.text)
      .join("");
  const now = (parts: ReturnType<typeof diffWords>) =>
    parts
      .filter((part) => part.kind !== "removed")
      .map((part) => part.text)
      .join("");

  it("marks what went and what came, and loses nothing", () => {
    const [before, after] = ["Công suất 240 m³/ngày, dùng điện.", "Công suất 500 m³/ngày, dùng hơi nước."];
    const parts = diffWords(before, after);
    expect([old(parts), now(parts)]).toEqual([before, after]);
    expect(parts).toContainEqual({ kind: "removed", text: "240" });
    expect(parts).toContainEqual({ kind: "added", text: "500" });
    expect(parts).toContainEqual({ kind: "added", text: "hơi nước" });
  });

  it("gives both texts back for any two texts", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const words = ["nước", "thải", "muối", ",", ".", "\n", "  ", "500", "m³"];
    const made = () => Array.from({ length: random(40) }, () => words[random(words.length)]).join(" ");
    for (let round = 0; round < 300; round++) {
      const [before, after] = [made(), made()];
      const parts = diffWords(before, after);
      expect([old(parts), now(parts)]).toEqual([before, after]);
    }
  });

  it("answers for very long texts that have nothing in common", () => {
    const parts = diffWords("một hai ".repeat(20_000), "ba bốn ".repeat(20_000));
    expect(parts.map((part) => part.kind)).toEqual(["removed", "added", "same"]);
  });
});

describe("versions", () => {
  it("say the same", () => expect(compareVersions(version(), version({ id: "b", number: 2 }))).toEqual([]));

  it("lists belong together by name; what is new, gone and changed is told apart", () => {
    const changes = diffLines(
      [line(), line({ name: "COD", maxValue: 75, minValue: null }), line({ name: "Điện" })],
      [line({ minValue: 500 }), line({ name: "Điện" }), line({ name: "Bùn" })],
    );
    expect(changes.map((change) => [(change.after ?? change.before)?.name, change.kind])).toEqual([
      ["Công suất", "changed"],
      ["Điện", "same"],
      ["Bùn", "added"],
      ["COD", "removed"],
    ]);
  });

  const weight = (over: Record<string, unknown>) => isMaterialChange(compareVersions(version(), version(over)));

  it.each([
    ["another telephone", { contact: { name: "Bà Hoa", phone: "0912 345 678", email: null } }],
    ["another budget", { moneyMin: 2_000_000_000 }],
    ["an earlier last day", { expiresOn: new Date("2027-02-01") }],
    ["fewer readers", { visibility: "brokers" }],
    ["a slip of the pen", { texts: [text({ title: "Xứ lý nước thải, chế biến hải sản." })] }],
  ])("%s is published at once", (_, over) => expect(weight(over)).toBe(false));

  it.each([
    ["another problem", { texts: [text({ description: "Nước thải vượt quy chuẩn quanh năm." })] }],
    [
      "a number in the text",
      { texts: [text({ description: "Nước thải vượt quy chuẩn vào mùa cao điểm 0912345678." })] },
    ],
    ["another sector", { sectorCodes: ["NNC-02"] }],
    ["another keyword", { keywords: ["màng"] }],
    ["another requirement", { lines: [line({ minValue: 500 })] }],
    ["a renewal", { expiresOn: new Date("2027-06-01") }],
    ["a name shown", { visibility: "blind" }],
    ["a second language", { texts: [text(), text({ lang: "en", title: "Waste water" })] }],
    ["a field that was added later", { ownerShares: [{ name: "Viện A", percent: 60 }] }],
  ])("%s is looked at first", (_, over) => expect(weight(over)).toBe(true));
});
