import type { ListingKind } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";
import type { ListingFacts, ListingLine } from "./types";

const NAME = "Công suất";

/**
 * The lines with the capacity as one of them, so that the engine weighs it as any other quantity: a need asks for at least
 * its lowest, an offering is made for a span. Whoever already wrote a line about capacity meant that one.
 */
export function withScale(
  kind: ListingKind,
  lines: ListingLine[],
  { scaleMin, scaleMax, scaleUnit }: Pick<ListingFacts, "scaleMin" | "scaleMax" | "scaleUnit">,
): ListingLine[] {
  if (scaleMin === null && scaleMax === null) return lines;
  if (lines.some((line) => fold(line.name).includes(fold(NAME)))) return lines;
  const exact = scaleMin !== null && scaleMin === scaleMax;
  const comparison = exact
    ? kind === "need"
      ? "gte"
      : "eq"
    : scaleMin === null
      ? "lte"
      : scaleMax === null
        ? "gte"
        : "between";
  return [
    ...lines,
    {
      name: NAME,
      comparison,
      minValue: scaleMin,
      maxValue: comparison === "gte" ? null : scaleMax,
      textValue: null,
      unit: scaleUnit,
      must: kind === "need" ? true : null,
      condition: null,
    },
  ];
}
