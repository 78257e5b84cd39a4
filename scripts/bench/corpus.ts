import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type Random, seeded } from "../lib/random";

/**
 * Listings for measuring speed, made from a seed. The words come from the sector taxonomy and from real listings; how
 * often each comes follows a Simon process that begins with the real text and has a falling rate of new words, so that document frequencies
 * are Zipf-like and the vocabulary grows ever more slowly, as in real text (H. A. Simon, "On a class of skew distribution
 * functions", 1955; Heaps' law). Half a percent are near-duplicates.
 */
export type BenchListing = {
  kind: "need" | "offering";
  title: string;
  summary: string;
  description: string;
  sectors: string[];
  provinceCode: string;
  organisation: number;
  trl: number;
  lines: { name: string; comparison: "gte" | "lte"; value: number; unit: string }[];
};

const sectorSchema = z.array(
  z.object({ children: z.array(z.object({ code: z.string(), keywordsVi: z.array(z.string()) })) }),
);
const listingSchema = z.array(z.looseObject({ description: z.string().nullish() }));
const provinceSchema = z.array(z.looseObject({ code: z.string() }));
const data = (name: string): unknown => JSON.parse(readFileSync(path.join("prisma/seed/data", name), "utf8"));

/** Share of new words among the first words, and how it falls: rate = START · (1 + words/PACE)^(HEAPS-1). */
const START = 0.2;
const PACE = 2_000;
const HEAPS = 0.55;
const NEAR_DUPLICATES = 0.005;
/** Tokens remembered for drawing again; older ones fade, which keeps the oldest words from taking all. */
const MEMORY = 400_000;

const MEASURES = [
  { name: "Công suất xử lý", unit: "m³/ngày", least: 10, most: 20_000 },
  { name: "Nồng độ COD sau xử lý", unit: "mg/l", least: 5, most: 150 },
  { name: "Công suất lắp đặt", unit: "kW", least: 1, most: 5_000 },
  { name: "Độ chính xác", unit: "%", least: 50, most: 99 },
  { name: "Nhiệt độ làm việc", unit: "°C", least: -40, most: 400 },
] as const;

/** Real listings in pieces of one to three words: what the process begins with. */
function piecesOf(random: Random): string[] {
  const pieces: string[] = [];
  for (const name of ["listings/offerings.json", "listings/needs.json"]) {
    for (const row of listingSchema.parse(data(name))) {
      const words = (row.description ?? "").toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
      for (let at = 0; at < words.length; ) {
        const length = 1 + random.below(3);
        pieces.push(words.slice(at, at + length).join(" "));
        at += length;
      }
    }
  }
  return pieces;
}

const ONSETS = ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "tr", "st", "pl", "gr"];
const VOWELS = ["a", "e", "i", "o", "u", "io", "eo"];
const CODAS = ["", "", "n", "r", "x", "s", "l", "tron", "tech", "zym", "gel"];

class Words {
  private readonly memory: string[];
  private readonly syllables: string[];
  private written = 0;
  private readonly seen = new Set<string>();
  constructor(private readonly random: Random) {
    this.memory = piecesOf(random);
    this.syllables = [...new Set(this.memory.flatMap((piece) => piece.split(" ")))].filter((word) => word.length < 8);
  }

  /** Something nobody wrote before: a name, a type code, or two syllables that never stood together. */
  private fresh(): string {
    const { random } = this;
    for (;;) {
      const way = random.next();
      const word =
        way < 0.4
          ? `${random.pick(this.syllables)} ${random.pick(this.syllables)}`
          : way < 0.8
            ? `${random.pick(ONSETS)}${random.pick(VOWELS)}${random.pick(ONSETS)}${random.pick(VOWELS)}${random.pick(CODAS)}`
            : `${random.pick(ONSETS)}${random.pick(ONSETS)}${10 * (1 + random.below(9_999))}`;
      if (!this.seen.has(word)) {
        this.seen.add(word);
        return word;
      }
    }
  }

  next(): string {
    const rate = START * (1 + this.written / PACE) ** (HEAPS - 1);
    const word = this.random.chance(rate) ? this.fresh() : this.random.pick(this.memory);
    if (this.memory.length < MEMORY) this.memory.push(word);
    else this.memory[this.random.below(MEMORY)] = word;
    this.written++;
    return word;
  }

  text(count: number): string {
    return Array.from({ length: count }, () => this.next()).join(" ");
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** `size` listings, three offerings to one need, always the same for a seed. */
export function* benchCorpus(size: number, seed = 20_261_122): Generator<BenchListing> {
  const random = seeded(seed);
  const words = new Words(random);
  const sectors = sectorSchema.parse(data("sectors.json")).flatMap((field) => field.children);
  const provinces = provinceSchema.parse(data("provinces.json")).map((province) => province.code);
  const organisations = Math.max(20, Math.round(size / 12));
  let last: BenchListing | undefined;
  for (let number = 0; number < size; number++) {
    const organisation = random.below(organisations);
    if (last && random.chance(NEAR_DUPLICATES)) {
      const twin: BenchListing = Object.assign({}, last, { organisation, title: `${last.title} ${words.next()}` });
      yield twin;
      continue;
    }
    // sectors are not equally busy either
    const main = sectors[Math.floor(random.next() ** 2 * sectors.length)] ?? sectors[0];
    const second = random.chance(0.3) ? random.pick(sectors) : null;
    if (!main) throw new Error("the taxonomy is empty");
    const topics = [random.pick(main.keywordsVi), random.pick((second ?? main).keywordsVi)];
    const measures = MEASURES.filter(() => random.chance(0.3));
    last = {
      kind: number % 4 === 0 ? "need" : "offering",
      title: sentence(`${topics[0]} ${words.text(2 + random.below(3))}`).slice(0, -1),
      summary: sentence(`${topics[1]} ${words.text(6 + random.below(6))}`),
      description: Array.from({ length: 3 + random.below(5) }, () =>
        sentence(`${words.text(5 + random.below(7))}${random.chance(0.4) ? ` ${random.pick(topics)}` : ""}`),
      ).join(" "),
      sectors: [...new Set([main.code, ...(second ? [second.code] : [])])],
      provinceCode: random.chance(0.4) ? "22" : random.pick(provinces),
      organisation,
      trl: 1 + random.below(9),
      lines: measures.map(({ name, unit, least, most }) => ({
        name,
        unit,
        comparison: random.chance(0.5) ? ("gte" as const) : ("lte" as const),
        value: Math.round(least + random.next() * (most - least)),
      })),
    };
    yield last;
  }
}
