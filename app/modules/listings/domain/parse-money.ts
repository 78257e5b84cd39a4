import { fold } from "~/platform/text";
import { parseNumber } from "./number-parse";

export type MoneyAnswer = { ok: true; dong: number } | { ok: false; problem: "unreadable" | "unit" };

const UNIT: Record<string, number> = {
  ty: 1e9,
  ti: 1e9,
  b: 1e9,
  billion: 1e9,
  bn: 1e9,
  trieu: 1e6,
  tr: 1e6,
  m: 1e6,
  million: 1e6,
  nghin: 1e3,
  ngan: 1e3,
  k: 1e3,
  dong: 1,
  d: 1,
  vnd: 1,
  "₫": 1,
};
/** A sum of a technology below this is a forgotten unit: "500" means 500 triệu, and we do not guess. */
const SMALLEST = 1_000;

/**
 * An amount as people type it: "1,25 tỷ", "800 triệu", "800tr", "1 tỷ 200 triệu", "1.250.000.000 đồng", "VND 2 billion".
 * @returns whole đồng; "unit" when a bare number is too small to be đồng
 */
export function parseMoney(typed: string): MoneyAnswer {
  const text = fold(typed)
    .replace(/\b(khoang|tam|about|vnd|vn dong)\b/g, " ")
    .replace(/(\d)\s+(?=\d{3}(\D|$))/g, "$1")
    .replace(/\.$/, "")
    .trim();
  const parts = [...text.matchAll(/(\d[\d.,]*)\s*([a-z₫]*)/g)];
  const rest = text.replace(/(\d[\d.,]*)\s*([a-z₫]*)/g, "").replace(/\b(dong|d|va|and)\b|[₫\s]/g, "");
  if (parts.length === 0 || rest !== "") return { ok: false, problem: "unreadable" };
  let total = 0;
  let before = Number.POSITIVE_INFINITY;
  let named = false;
  for (const [, digits = "", unit = ""] of parts) {
    const value = parseNumber(digits.replace(/[.,]$/, ""));
    const size = unit === "" ? 1 : UNIT[unit];
    if (value === null || size === undefined || size >= before) return { ok: false, problem: "unreadable" };
    // "1 tỷ 200" means 1 tỷ 200 triệu to its writer and 1 tỷ and 200 đồng to a machine: ask
    if (unit === "" && named && value < SMALLEST) return { ok: false, problem: "unit" };
    if (size > 1) named = true;
    before = size;
    total += value * size;
  }
  const dong = Math.round(total);
  if (!Number.isSafeInteger(dong) || dong < 0) return { ok: false, problem: "unreadable" };
  return dong > 0 && dong < SMALLEST && !named ? { ok: false, problem: "unit" } : { ok: true, dong };
}
