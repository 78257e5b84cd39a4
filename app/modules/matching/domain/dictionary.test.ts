import { describe, expect, it } from "vitest";
import { tokenise } from "~/platform/search/tokens";
import taxonomy from "../../../../prisma/seed/data/sectors.json";
import { anInputListing } from "../../../../tests/factories/matching";
import list from "../data/dictionary.json";
import { CONCEPTS, DICTIONARY, DICTIONARY_VERSION, FORMS, formsFrom } from "./dictionary";
import { type Concept, FILE_SOURCES, parseTerms, TERM_KINDS } from "./dictionary-entries";
import { findProblems, readsAsSyllable } from "./dictionary-forms";
import { readListing } from "./read-listing";
import { stem } from "./stem";

const SECTORS = taxonomy.flatMap((field) => field.children.map((sector) => sector.code));
const count = (accept: (concept: Concept) => boolean): number => DICTIONARY.filter(accept).length;

/** English names of the concepts that a text is read to hold. */
function conceptsOf(text: string): string[] {
  return [...readListing(anInputListing({ title: text })).concepts.keys()].map(
    (concept) => DICTIONARY[concept]?.en[0] ?? "",
  );
}

const group = (terms: string[], more: object = {}) => ({
  groups: [{ sector: "CCT-01", kind: "material", source: "editor", terms, ...more }],
});
const concept = (en: string[], vi: string[], sectors: string[] = ["CCT-01"]): Concept => ({
  kind: "material",
  source: "editor",
  sectors,
  en,
  vi,
});
const problems = (concepts: Concept[], allowed = { ambiguous: [] as string[], homographs: [] as string[] }) =>
  findProblems(concepts, allowed, new Set(SECTORS));

describe("the dictionary's data", () => {
  it("has a version and thousands of concepts in both languages", () => {
    expect(DICTIONARY_VERSION).toMatch(/^\d{4}\.\d{2}\.\d{2}$/);
    expect(CONCEPTS).toBeGreaterThanOrEqual(4_000);
    expect(DICTIONARY.every(({ en, vi }) => en.length > 0 && vi.length > 0)).toBe(true);
    expect(FORMS).toHaveLength(DICTIONARY.reduce((sum, { en, vi }) => sum + en.length + vi.length, 0));
  });

  it("covers every second-level sector", () => {
    expect(SECTORS).toHaveLength(80);
    const thin = SECTORS.filter((code) => count(({ sectors }) => sectors.includes(code)) < 30);
    expect(thin).toEqual([]);
  });

  it("has every kind and source, and what is made, how, to what effect and where for every sector", () => {
    for (const kind of TERM_KINDS) expect(count((one) => one.kind === kind)).toBeGreaterThan(100);
    for (const source of FILE_SOURCES) expect(count((one) => one.source === source)).toBeGreaterThan(30);
    // digital sectors work on no material of their own
    const asked = TERM_KINDS.filter((kind) => kind !== "general" && kind !== "material");
    const lacking = SECTORS.filter((code) =>
      asked.some((kind) => count((one) => one.kind === kind && one.sectors.includes(code)) === 0),
    );
    expect(lacking).toEqual([]);
  });

  it("holds the taxonomy's own keywords", () => {
    const key = (text: string) =>
      tokenise(text)
        .map((token) => stem(token.folded))
        .join(" ");
    const known = new Set(FORMS.map((form) => form.folded.join(" ")));
    const keywords = taxonomy.flatMap((field) =>
      field.children.flatMap((sector) => [...sector.keywordsVi, ...sector.keywordsEn]),
    );
    const found = keywords.filter((keyword) => known.has(key(keyword)));
    expect(found.length / keywords.length).toBeGreaterThan(0.98);
  });

  it("has no problem that is not a listed exception", () => {
    expect(findProblems(DICTIONARY, list, new Set(SECTORS))).toEqual([]);
  });
});

describe("parseTerms", () => {
  it("reads kind, source, sectors and both sides", () => {
    expect(parseTerms(group(["tool steel | die steel = thép dụng cụ @ VLX-05"]))).toEqual([
      {
        kind: "material",
        source: "editor",
        sectors: ["CCT-01", "VLX-05"],
        en: ["tool steel", "die steel"],
        vi: ["thép dụng cụ"],
      },
    ]);
    expect(
      parseTerms({ groups: [{ kind: "general", source: "editor", terms: ["cost = chi phí"] }] })[0]?.sectors,
    ).toEqual([]);
  });

  it("says what is wrong with which entry", () => {
    expect(() => parseTerms(group(["steel"]))).toThrow('Dictionary entry "steel": not of the form');
    expect(() => parseTerms(group(["steel = thép = sắt"]))).toThrow("not of the form");
    expect(() => parseTerms(group(["steel | = thép"]))).toThrow("an empty English form");
    expect(() => parseTerms(group(["steel = "]))).toThrow('Dictionary entry "steel = "');
    expect(() => parseTerms(group(["steel = thép |  "]))).toThrow("an empty Vietnamese form");
    expect(() => parseTerms(group(["steel = thép @ VLX"]))).toThrow('"VLX" is no second-level sector code');
    expect(() => parseTerms(group(["steel = thép"], { sector: "vlx-05" }))).toThrow('"vlx-05"');
    expect(() => parseTerms(group(["steel = thép"], { kind: "metal" }))).toThrow('unknown kind "metal"');
    expect(() => parseTerms(group(["steel = thép"], { source: "somebody" }))).toThrow('unknown source "somebody"');
  });
});

describe("findProblems", () => {
  it("finds a form in two concepts, also when only the accents differ", () => {
    expect(problems([concept(["crane"], ["cầu trục"]), concept(["gantry"], ["cẩu trục"])])).toEqual([
      '"cau truc" stands in crane and gantry',
    ]);
    const allowed = { ambiguous: ["cau truc"], homographs: [] };
    expect(problems([concept(["crane"], ["cầu trục"]), concept(["gantry"], ["cẩu trục"])], allowed)).toEqual([]);
    expect(problems([concept(["crane"], ["cần cẩu"])], allowed)).toEqual([
      '"cau truc" is listed as ambiguous and is not',
    ]);
  });

  it("finds a form twice in one concept, also as a plural", () => {
    expect(problems([concept(["crane", "cranes"], ["cần cẩu"])])).toEqual(['crane = cần cẩu: "cranes" twice']);
  });

  it("finds sectors that the taxonomy does not have", () => {
    expect(problems([concept(["crane"], ["cần cẩu"], ["CCT-99"])])).toEqual(["crane = cần cẩu: no sector CCT-99"]);
    expect(problems([concept(["crane"], ["cần cẩu"], ["CCT-01", "CCT-01"])])).toEqual([
      "crane = cần cẩu: a sector twice",
    ]);
  });

  it("refuses what the list of abbreviations already has", () => {
    expect(problems([concept(["e-commerce"], ["TMĐT"])])).toEqual([
      'e-commerce = TMĐT: "TMĐT" is a known abbreviation already',
    ]);
  });

  it("refuses English words that read like a Vietnamese syllable, unless listed", () => {
    expect(problems([concept(["tin"], ["thiếc"])])).toEqual(['tin = thiếc: "tin" reads like a Vietnamese syllable']);
    expect(problems([concept(["tin"], ["thiếc"])], { ambiguous: [], homographs: ["tin"] })).toEqual([]);
    expect(problems([concept(["tin sheet"], ["tấm thiếc"])])).toEqual([]);
    expect(["tin", "van", "can", "nghieng", "thuyen", "khuyech"].map(readsAsSyllable)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(["steel", "zeolit", "robot", "shrimp"].some(readsAsSyllable)).toBe(false);
  });
});

describe("finding terms in a text", () => {
  it("finds a concept with and without diacritics and in English", () => {
    expect(conceptsOf("Xử lý nước thải chăn nuôi bằng thực vật")).toContain("livestock wastewater");
    expect(conceptsOf("Xu ly nuoc thai chan nuoi bang thuc vat")).toContain("livestock wastewater");
    expect(conceptsOf("Livestock wastewater treatment by plants")).toContain("livestock wastewater");
    expect(conceptsOf("Rô-bốt công nghiệp hàn khung xe")).toContain("industrial robot");
    expect(conceptsOf("Cần robot công nghiệp để hàn khung xe")).toContain("industrial robot");
    expect(conceptsOf("Two industrial robots for welding frames")).toContain("industrial robot");
  });

  it("finds an abbreviation as the form that it stands for", () => {
    const written = FORMS.find((form) => form.text === "thương mại điện tử");
    const short = formsFrom("tmdt", undefined).find((form) => form.concept === written?.concept);
    expect(short?.form).toBe(written?.form);
    expect(conceptsOf("Nền tảng TMĐT cho hợp tác xã")).toContain("e-commerce");
    expect(conceptsOf("Chụp ảnh bằng UAV trên biển đảo")).toContain("unmanned aircraft");
  });

  it("takes i for y", () => {
    expect(conceptsOf("Sản xuất mĩ phẩm từ thảo dược thiên nhiên")).toContain("natural cosmetic");
    expect(conceptsOf("Xử lí nước thải cho xưởng nhuộm vải")).toContain("wastewater treatment");
  });

  it("keeps words apart that only accents distinguish, where the author wrote accents", () => {
    expect(conceptsOf("Máy gặt lúa cho ruộng nhỏ")).toContain("combine harvester");
    expect(conceptsOf("Máy gặt lúa cho ruộng nhỏ")).not.toContain("bulldozer");
    // "thân" is no coal, "gán" no word of any concept, "phần mềm" no English abbreviation
    expect(conceptsOf("Vỏ bọc thân máy cho phần mềm quản trị")).not.toContain("coal");
    expect(conceptsOf("Cảm ơn quý vị đã đến tìm hiểu")).toEqual([]);
    // a single syllable without accents says too little
    expect(conceptsOf("than gui quy vi nhu cau cua chung toi")).not.toContain("coal");
  });

  it("does not take a compound's syllable for another thing", () => {
    expect(conceptsOf("Nhu cầu và yêu cầu công nghệ của doanh nghiệp")).not.toContain("bridge");
    expect(conceptsOf("Nhu cầu và yêu cầu công nghệ của doanh nghiệp")).not.toContain("turmeric");
    expect(conceptsOf("Máy hàn của Hàn Quốc, sơn La")).not.toContain("coating");
  });
});
