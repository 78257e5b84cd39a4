import type { InputLine, InputListing } from "~/modules/matching/domain/listing-input";

type Facts = Partial<Omit<InputListing, "texts">> & { title: string; summary?: string; body?: string };
let serial = 0;

/** A listing as the engine reads it; what is not given is not stated. */
export function anInputListing({ title, summary, body, ...rest }: Facts): InputListing {
  return {
    id: `l${String(++serial)}`,
    kind: "offering",
    keywords: [],
    sectorCodes: [],
    sectorText: null,
    lines: [],
    trl: null,
    needTypes: [],
    forms: [],
    rights: [],
    moneyMin: null,
    moneyMax: null,
    ipStatus: null,
    provinceCode: null,
    publishedAt: new Date("2026-01-01T00:00:00Z"),
    texts: [
      {
        title,
        summary: summary ?? null,
        description: body ?? null,
        currentTechnology: null,
        problemSolved: null,
        tried: null,
        principle: null,
        advantages: null,
        standards: null,
      },
    ],
    ...rest,
  };
}

/** A requirement or parameter line with numbers. */
export function anInputLine(
  name: string,
  comparison: InputLine["comparison"],
  min: number | null,
  max: number | null,
  unit: string,
  must: boolean | null = null,
): InputLine {
  return { name, comparison, minValue: min, maxValue: max, textValue: null, unit, must, condition: null };
}
