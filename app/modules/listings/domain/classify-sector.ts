import { type Token, tokenise } from "~/platform/search/tokens";
import { SECTOR_LEXICON } from "./classify-sector-lexicon";

/** What the classifier needs to know of a second-level sector. */
export type ClassifiableSector = {
  code: string;
  /** the field (first level) it belongs to; null for fields themselves, which are never answered */
  parentCode: string | null;
  nameVi: string;
  nameEn: string;
  keywordsVi: string[];
  keywordsEn: string[];
};

export type ClassifiableText = {
  title?: string | null;
  /** the sector as the source wrote it ("môi trường – nước thải dệt nhuộm") */
  sectorText?: string | null;
  keywords?: string[];
  /** summary, description, problem … */
  text?: string | null;
};

export type SectorGuess = { code: string /** 0–1: how sure, comparable between texts */; score: number };

/** Longest run of syllables that is looked up: "hệ thống tuần hoàn nước" */
const LONGEST = 5;
/** One syllable says little in Vietnamese ("máy", "nước"): compounds carry the meaning. */
const LENGTH_WEIGHT = [0, 0.35, 1, 1.5, 1.9, 2.2];
const PART_WEIGHT = { title: 2.6, sectorText: 4, keywords: 1.8, text: 1 } as const;
/** Share of its field's strength a sector gets on top: keeps a lucky word from winning against a whole field. */
const FIELD_PRIOR = 0.3;
/** Evidence at which a guess is half sure. */
const HALF_SURE = 9;
/** Below this the honest answer is none. */
const LEAST_SCORE = 0.28;
/** A second or third sector must be this near to the first. */
const NEAR_FIRST = 0.4;

/** Means rather than purposes: a solar dryer is a dryer, an app for rice farmers is agriculture. They count half. */
const MEANS = new Set(
  "nang luong mat troi|dien mat troi|solar|dieu khien tu xa|tri tue nhan tao|ai|iot|cam bien|phan mem|robot|ro bot|tu dong|tu dong hoa|nano|he thong|thiet bi|cong nghe|may|blockchain|chuoi khoi|app|ung dung|drone|uav|plc|scada|lora|gps|gis|sensor|software|thong minh|mo hinh|giam sat|tiet kiem|tu nhien|gia thanh|dich vu|xu ly"
    .split("|")
    .map((phrase) => foldedRun(tokenise(phrase))),
);
const STOP = new Set(
  "va cho cua cac co trong voi la tu theo tai khong bang nhu mot hai ba den ve hoac the duoc den se da o ra vao nay do khi and of for in with to from on by a an as at or is are".split(
    " ",
  ),
);

function foldedRun(tokens: Token[]): string {
  return tokens.map((token) => token.folded).join(" ");
}

/** run of words → sector → strongest share of a phrase that holds it */
type Lookup = Map<string, Map<string, number>>;
type Form = "folded" | "exact";

function buildLookup(sectors: ClassifiableSector[], form: Form): Lookup {
  const found: Lookup = new Map();
  const add = (code: string, phrase: string, weight: number) => {
    const words = tokenise(phrase);
    for (let start = 0; start < words.length; start++) {
      for (let length = 1; length <= LONGEST && start + length <= words.length; length++) {
        const run = words.slice(start, start + length);
        const only = length === 1 ? (run[0]?.folded ?? "") : null;
        if (only !== null && (STOP.has(only) || (only.length < 2 && words.length > 1))) continue;
        // a phrase named as a whole says more than a piece torn out of a longer one
        const share = weight * (length === words.length ? 1 : 0.45);
        const key = run.map((token) => token[form]).join(" ");
        const by = found.get(key) ?? new Map<string, number>();
        by.set(code, Math.max(by.get(code) ?? 0, share));
        found.set(key, by);
      }
    }
  };
  for (const sector of sectors) {
    for (const name of [sector.nameVi, sector.nameEn])
      for (const part of name.split(/[,;]/)) add(sector.code, part, 1.1);
    for (const keyword of [...sector.keywordsVi, ...sector.keywordsEn]) add(sector.code, keyword, 1);
    for (const keyword of SECTOR_LEXICON[sector.code]?.split(";") ?? []) add(sector.code, keyword, 1);
  }
  return found;
}

export type SectorClassifier = (input: ClassifiableText, limit?: number) => SectorGuess[];

/**
 * Builds a classifier over the sector tree. Pure and deterministic: keyword runs of every sector in Vietnamese and
 * English, weighted by their length and by how few sectors share them (idf over the sectors' keyword documents).
 * Texts typed without diacritics are compared in folded form, others exactly.
 * The classifier answers at most `limit` second-level sectors (default 3), best first, and nothing when unsure.
 */
export function createSectorClassifier(all: ClassifiableSector[]): SectorClassifier {
  const sectors = all.filter((sector) => sector.parentCode !== null);
  const lookups = { exact: buildLookup(sectors, "exact"), folded: buildLookup(sectors, "folded") };
  const fieldOf = new Map(sectors.map((sector) => [sector.code, sector.parentCode ?? ""]));

  /** How much a run of words says: its length, and how few sectors share it (idf). */
  const strengthOf = (words: Token[], spread: number): number => {
    const idf = Math.log((sectors.length + 1) / (spread + 0.5)) / Math.log(sectors.length + 1);
    return (LENGTH_WEIGHT[words.length] ?? 0) * idf * idf * (MEANS.has(foldedRun(words)) ? 0.5 : 1);
  };

  const collect = (text: string, weight: number, evidence: Map<string, number>) => {
    const words = tokenise(text);
    // typed without diacritics (or English): compared folded; else exactly, so that "mỏ" is not "mơ"
    const form: Form = /[\u00c0-\u024f\u1e00-\u1eff]/.test(text.normalize("NFC")) ? "exact" : "folded";
    /** sector → run → how strong, how often; a run inside a longer run of the same sector is not counted again */
    const hits = new Map<string, Map<string, { strength: number; count: number }>>();
    const coveredTo = new Map<string, number>();
    for (let start = 0; start < words.length; start++) {
      for (let length = Math.min(LONGEST, words.length - start); length >= 1; length--) {
        const run = words.slice(start, start + length);
        const key = run.map((token) => token[form]).join(" ");
        const by = lookups[form].get(key);
        if (!by) continue;
        const strength = strengthOf(run, by.size);
        for (const [code, share] of by) {
          if (start + length <= (coveredTo.get(code) ?? 0)) continue;
          coveredTo.set(code, start + length);
          const runs = hits.get(code) ?? new Map<string, { strength: number; count: number }>();
          runs.set(key, { strength: strength * share, count: (runs.get(key)?.count ?? 0) + 1 });
          hits.set(code, runs);
        }
      }
    }
    for (const [code, runs] of hits) {
      for (const { strength, count } of runs.values()) {
        evidence.set(code, (evidence.get(code) ?? 0) + weight * strength * (1 + Math.log(count)));
      }
    }
  };

  return (input, limit = 3) => {
    const evidence = new Map<string, number>();
    if (input.sectorText) collect(input.sectorText, PART_WEIGHT.sectorText, evidence);
    if (input.title) collect(input.title, PART_WEIGHT.title, evidence);
    if (input.keywords) for (const keyword of input.keywords) collect(keyword, PART_WEIGHT.keywords, evidence);
    if (input.text) collect(input.text, PART_WEIGHT.text, evidence);

    const best = new Map<string, number>();
    for (const [code, value] of evidence) {
      const field = fieldOf.get(code) ?? "";
      best.set(field, (best.get(field) ?? 0) + value * value);
    }
    const ranked = [...evidence]
      .map(([code, value]) => ({
        code,
        value: value + FIELD_PRIOR * Math.sqrt(best.get(fieldOf.get(code) ?? "") ?? 0),
      }))
      .sort((a, b) => b.value - a.value || a.code.localeCompare(b.code));
    const first = ranked[0]?.value ?? 0;
    return ranked
      .filter((guess) => guess.value >= NEAR_FIRST * first)
      .map(({ code, value }) => ({ code, score: Math.round((value / (value + HALF_SURE)) * 1000) / 1000 }))
      .filter((guess) => guess.score >= LEAST_SCORE)
      .slice(0, limit);
  };
}

/** One-off form of `createSectorClassifier`, for a title and a text. */
export function suggestSectors(title: string, text: string, sectors: ClassifiableSector[], limit = 3): SectorGuess[] {
  return createSectorClassifier(sectors)({ title, text }, limit);
}
