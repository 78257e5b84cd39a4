import { compareLine } from "~/modules/listings/domain/compare-line";
import { countCorpus } from "~/modules/matching/domain/corpus-stats";
import type { Engine } from "~/modules/matching/domain/engine";
import type { InputLine } from "~/modules/matching/domain/listing-input";
import { type ReadListing, readListing } from "~/modules/matching/domain/read-listing";
import type { ScoringRules } from "~/modules/matching/domain/score-pair";
import { sectorAffinity } from "~/modules/matching/domain/sector-affinity";
import sectors from "../../prisma/seed/data/sectors.json";
import set from "../fixtures/matching/structured-set.json";
import { anInputLine, anInputListing } from "./matching";

type Row = (typeof set)[number];
export type StructuredRow = { need: ReadListing; offerings: { name: string; read: ReadListing }[] };

function line(
  { line: { name, comparison } }: Row,
  { value, unit }: { value: number; unit: string },
  must = false,
): InputLine {
  if (!must) return anInputLine(name, "eq", value, value, unit);
  return comparison === "gte"
    ? anInputLine(name, "gte", value, null, unit, true)
    : anInputLine(name, "lte", null, value, unit, true);
}

const million = (value: number) => value * 1_000_000;
/** As the product fills it in for listings whose sector was picked from the list. */
const nameOf = new Map(sectors.flatMap((field) => field.children.map((sector) => [sector.code, sector.nameVi])));

/**
 * Needs with requirement lines, readiness, budget and kind of transfer, written by hand from the trade's glossary: the facts
 * that real judgements hardly carry. Of six offerings the first solves the need; three say the same words and fail one fact
 * each; one is another problem of the sector, one the same words in another sector.
 */
export function readStructuredSet(engine: Engine): { rows: StructuredRow[]; rules: ScoringRules } {
  const placed = (code: string) => ({ sectorCodes: [code], sectorText: nameOf.get(code) ?? null });
  const rows = set.map((row) => {
    const need = readListing(
      anInputListing({
        kind: "need",
        title: row.need,
        body: row.body,
        ...placed(row.sector),
        lines: [line(row, row.line, true)],
        trl: row.trl,
        needTypes: ["buy_line_with_technology"],
        moneyMax: million(row.budgetMillion),
      }),
      engine,
    );
    const right = {
      title: row.right,
      body: row.rightBody,
      ...placed(row.sector),
      lines: [line(row, row.meets)],
      trl: row.trl,
      forms: ["with_equipment_sale"],
      moneyMin: million(row.budgetMillion * 0.8),
    };
    const offerings = {
      right,
      "a must is failed": { ...right, lines: [line(row, row.fails)] },
      "too early": { ...right, trl: row.trl - 4 },
      "far above the budget": { ...right, moneyMin: million(row.budgetMillion * 2) },
      "other problem": { title: row.sameSector, ...placed(row.sector), trl: 9 },
      "other sector": { title: row.sameWords.title, ...placed(row.sameWords.sector), trl: 9 },
    };
    return {
      need,
      offerings: Object.entries(offerings).map(([name, facts]) => ({
        name,
        read: readListing(anInputListing(facts), engine),
      })),
    };
  });
  const rules = {
    stats: countCorpus(
      rows.flatMap(({ need, offerings }) => [need, ...offerings.map(({ read }) => read)]),
      sectorAffinity(sectors.flatMap((field) => field.children)),
    ),
    compareLine,
    now: new Date("2026-11-23T00:00:00Z"),
    weights: engine.weights,
  };
  return { rows, rules };
}
