import type { Comparison } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";
import { convert, type Dimension, findUnit } from "./units";

/**
 * A requirement of a need or a parameter of an offering. Values are in `unit` as typed.
 * eq: minValue = maxValue · gte: minValue · lte: maxValue · between: both · text: textValue.
 */
export type Line = {
  name: string;
  comparison: Comparison;
  minValue: number | null;
  maxValue: number | null;
  textValue: string | null;
  unit: string | null;
};

export type LineVerdict = "meets" | "near" | "fails" | "unknown";

/** How far beside the asked value an offering may lie to be worth a broker's look: a tenth of it. */
export const NEAR_TOLERANCE = 0.1;
/** Two measured values that differ by less are the same value (rounding in data sheets). */
const SAME_TOLERANCE = 0.01;
/** Scales whose zero is arbitrary or which are logarithmic: nearness is a difference in the base unit, not a share. */
const NEAR_DIFFERENCE: Partial<Record<Dimension, number>> = { temperature: 5, acidity: 0.5, sound: 3 };

/** Quantities in which a provider's "from–to" names the sizes it builds: a need of at least 500 is served by 100–1,000. */
const CAPACITY = new Set<Dimension | undefined>([
  "volume-flow",
  "mass-flow",
  "mass-per-batch",
  "volume-per-batch",
  "pieces-per-time",
]);

type Interval = { low: number; high: number };

function intervalOf(line: Line, into: string | null): Interval | null {
  const change = (value: number) => (into === null || line.unit === null ? value : convert(value, line.unit, into));
  const low = line.minValue === null ? Number.NEGATIVE_INFINITY : change(line.minValue);
  const high = line.maxValue === null ? Number.POSITIVE_INFINITY : change(line.maxValue);
  if (low === null || high === null || line.comparison === "text") return null;
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return null;
  return { low: Math.min(low, high), high: Math.max(low, high) };
}

/** The unit both lines are compared in; undefined when they cannot be compared at all. */
function commonUnit(requirement: Line, parameter: Line): string | null | undefined {
  const asked = requirement.unit?.trim() || null;
  const given = parameter.unit?.trim() || null;
  if (asked === null && given === null) return null;
  if (asked === null || given === null) return undefined;
  const a = findUnit(asked);
  const b = findUnit(given);
  if (a && b) return a.dimension === b.dimension ? a.id : undefined;
  // units we do not know are comparable only when they are written alike
  return !a && !b && fold(asked) === fold(given) ? null : undefined;
}

/**
 * Does a parameter of an offering satisfy a requirement of a need?
 * - A requirement "at least / at most" is met when everything the parameter promises lies inside it; for a capacity
 *   given as a range of sizes, when one of the sizes does.
 * - A requirement of a value or range is met when it lies inside what the parameter covers (a capability from–to).
 * - Partly inside, or beside it by at most NEAR_TOLERANCE, is "near". Other dimensions, unknown units or words: "unknown".
 * Whether the two lines speak of the same quantity is for the caller to know.
 */
export function compareLine(requirement: Line, parameter: Line): LineVerdict {
  if (requirement.comparison === "text" || parameter.comparison === "text") {
    const asked = fold(requirement.textValue ?? "");
    return asked !== "" && asked === fold(parameter.textValue ?? "") ? "meets" : "unknown";
  }
  const unit = commonUnit(requirement, parameter);
  if (unit === undefined) return "unknown";
  const asked = intervalOf(requirement, unit);
  const given = intervalOf(parameter, unit);
  if (!asked || !given) return "unknown";

  const dimension = unit === null ? undefined : findUnit(unit)?.dimension;
  const size = Math.max(...[asked.low, asked.high].filter(Number.isFinite).map(Math.abs));
  const slack = SAME_TOLERANCE * size;
  const inside = (inner: Interval, outer: Interval, by: number) =>
    inner.low >= outer.low - by && inner.high <= outer.high + by;

  const oneSided = requirement.comparison === "gte" || requirement.comparison === "lte";
  // conversion leaves rounding noise only: a bound is a bound
  const noise = 1e-9 * Math.max(size, 1e-9);
  if (oneSided ? inside(given, asked, noise) : inside(asked, given, requirement.comparison === "eq" ? slack : noise))
    return "meets";
  const sizes = parameter.comparison === "between" && CAPACITY.has(dimension);
  if (oneSided && sizes && given.low <= asked.high + noise && asked.low <= given.high + noise) return "meets";
  if (requirement.comparison === "between" && inside(given, asked, noise)) return "meets";
  if (given.low <= asked.high + noise && asked.low <= given.high + noise) return "near";

  const gap = given.low > asked.high ? given.low - asked.high : asked.low - given.high;
  const tolerance =
    (dimension && NEAR_DIFFERENCE[dimension] && nearIn(unit, NEAR_DIFFERENCE[dimension])) || NEAR_TOLERANCE * size;
  return gap <= tolerance + noise ? "near" : "fails";
}

/** A difference of base units, in this unit (scale only: offsets do not apply to differences). */
function nearIn(unit: string | null, difference: number): number {
  const found = findUnit(unit);
  return found ? difference / found.factor : difference;
}
