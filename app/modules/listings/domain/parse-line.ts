import type { Comparison } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";
import type { Line } from "./compare-line";
import { parseNumber, writeNumber } from "./number-parse";
import { findUnit } from "./units";

/** A line of the form as typed. */
export type TypedLine = {
  name: string;
  comparison: string;
  value: string;
  unit: string;
  must: string;
  condition: string;
};

const COMPARISONS: readonly string[] = ["eq", "gte", "lte", "between", "text"];
const LEAD: [RegExp, Comparison][] = [
  [/^(>=|≥|>|tu|toi thieu|it nhat|khong nho hon|khong duoi|toi thieu la|at least|min\.?)\s*/, "gte"],
  [/^(<=|≤|<|den|toi da|khong qua|khong vuot qua|nho hon|duoi|at most|up to|max\.?)\s*/, "lte"],
  [/^(=|khoang|~|≈|about)\s*/, "eq"],
];

/**
 * Reads the value cell of a line. Signs and words in it ("≥ 500", "5–10", "từ 5 đến 10", "tối đa 30 mg/l") win over the
 * chosen comparison, and a unit typed into it is taken when the unit cell is empty. What is no number is kept as text.
 */
export function parseLine(typed: TypedLine): Line {
  const name = typed.name.trim();
  const value = typed.value.trim();
  const unit = typed.unit.trim();
  const asText: Line = {
    name,
    comparison: "text",
    minValue: null,
    maxValue: null,
    textValue: value,
    unit: unit || null,
  };
  if (typed.comparison === "text" || value === "") return asText;

  const folded = fold(value);
  const range =
    /^(?:tu |from )?(-?[\d.,\s]*\d)\s*(?:-|–|—|÷|~|\bden\b|\bto\b|\.\.)\s*(-?\d(?:[\d.,\s]*\d)?)\s*([^\d\s].*)?$/.exec(
      folded,
    );
  const numbers = range && [parseNumber(range[1] ?? ""), parseNumber(range[2] ?? "")];
  if (
    range &&
    numbers &&
    numbers[0] !== null &&
    numbers[1] !== null &&
    numbers[0] !== undefined &&
    numbers[1] !== undefined
  ) {
    const found = unitOf(unit, range[3], value);
    if (found === undefined) return asText;
    const [low, high] = [Math.min(numbers[0], numbers[1]), Math.max(numbers[0], numbers[1])];
    return { name, comparison: "between", minValue: low, maxValue: high, textValue: null, unit: found };
  }

  let rest = folded;
  let comparison = (COMPARISONS.includes(typed.comparison) ? typed.comparison : "eq") as Comparison;
  for (const [lead, meaning] of LEAD) {
    if (lead.test(rest)) {
      comparison = meaning;
      rest = rest.replace(lead, "");
      break;
    }
  }
  const single = /^([-+−]?\d[\d.,]*(?:\s\d{3})*)\s*([^\d\s].*)?$/.exec(rest);
  const number = single && parseNumber(single[1] ?? "");
  if (!single || number === null) return asText;
  const found = unitOf(unit, single[2], value);
  if (found === undefined) return asText;
  if (comparison === "between") comparison = "eq";
  return {
    name,
    comparison,
    textValue: null,
    unit: found,
    minValue: comparison === "lte" ? null : number,
    maxValue: comparison === "gte" ? null : number,
  };
}

/** The unit of a line: its own cell, else what stood behind the number when we know it. undefined = unreadable. */
function unitOf(cell: string, behind: string | undefined, value: string): string | null | undefined {
  const tail = behind?.trim() ?? "";
  if (tail === "") return cell || null;
  const known = findUnit(value.slice(value.search(/[^\d\s.,–—~÷<>=≤≥-][^\d]*$/u)).trim()) ?? findUnit(tail);
  if (!known) return undefined;
  if (cell !== "" && findUnit(cell) !== known) return undefined;
  return cell || known.id;
}

/** The cell text that `parseLine` reads back to the same line. */
export function writeValue(line: Line): string {
  if (line.comparison === "text") return line.textValue ?? "";
  if (line.comparison === "between") return `${writeNumber(line.minValue ?? 0)} – ${writeNumber(line.maxValue ?? 0)}`;
  return writeNumber(line.minValue ?? line.maxValue ?? 0);
}
