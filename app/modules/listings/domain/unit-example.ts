import { baseUnit, type Dimension } from "./units";

export type Converted = { value: number; unit: string; inBase: number; base: string };

const MOST_ZEROS = 15;

/**
 * What somebody checks a factor by: 1 of the unit in the base unit, or 10, 100 … of it where one is next to nothing; on a scale
 * whose zero is elsewhere 0 and 100. None for a dimension's own base.
 */
export function conversionsOf(unit: {
  code: string;
  dimension: Dimension;
  factor: number;
  offset: number;
}): Converted[] {
  const { code, dimension, factor, offset } = unit;
  const base = baseUnit(dimension).id;
  if (base === code) return [];
  const convert = (value: number): Converted => ({
    value,
    unit: code,
    // what is shown has six digits: 0.1 × 3 is 0.3
    inBase: Number((value * factor + offset).toPrecision(6)),
    base,
  });
  if (offset !== 0) return [convert(0), convert(100)];
  const zeros = Math.min(MOST_ZEROS, Math.max(0, Math.ceil(-Math.log10(factor) - 1)));
  return [convert(10 ** zeros)];
}
