import { parseMoney } from "~/modules/listings/schemas";

export type AmountAnswer = { ok: true; minor: bigint } | { ok: false; problem: "unreadable" | "unit" };

/** Decimals of a currency's minor unit (ISO 4217). */
const DECIMALS: Readonly<Record<string, number>> = { VND: 0, JPY: 0, KRW: 0, USD: 2, EUR: 2, CNY: 2 };
/** More than this is a mistyped number: 10^15 minor units. */
const LARGEST = 10n ** 15n;
const THOUSANDS: Readonly<Record<string, number>> = {
  "": 0,
  k: 3,
  nghin: 3,
  m: 6,
  trieu: 6,
  million: 6,
  ty: 9,
  billion: 9,
};

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

/**
 * A contract value as people type it, in whole minor units of its currency: "1,25 tỷ" (VND), "120.000,50" or "120,000.50"
 * (USD, EUR: cents). Never a float on the way for a currency with cents.
 */
export function parseAmount(typed: string, currency: string): AmountAnswer {
  if (currency === "VND") {
    const answer = parseMoney(typed);
    if (!answer.ok) return answer;
    return bounded(BigInt(answer.dong));
  }
  const text = typed
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[$€¥₩\s\u00a0\u202f]|usd|eur|jpy|krw|cny/g, "");
  const parts = /^(\d[\d.,]*?)([a-z]*)$/.exec(text);
  const word = parts?.[2] ?? "";
  const power = Object.hasOwn(THOUSANDS, word) ? THOUSANDS[word] : undefined;
  const digits = parts?.[1] && plainDigits(parts[1]);
  if (!digits || power === undefined) return { ok: false, problem: "unreadable" };
  const [whole = "", fraction = ""] = digits.split(".");
  const places = decimalsOf(currency) + power;
  if (fraction.length > places) return { ok: false, problem: "unreadable" };
  return bounded(BigInt(whole + fraction.padEnd(places, "0")));
}

function bounded(minor: bigint): AmountAnswer {
  return minor > 0n && minor <= LARGEST ? { ok: true, minor } : { ok: false, problem: "unreadable" };
}

/** Thousands marks removed, a dot as decimal mark; null when the writing can be read in two ways or in none. */
function plainDigits(text: string): string | null {
  if (/^\d+$/.test(text)) return text;
  if (/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(text)) return text.replaceAll(".", "").replace(",", ".");
  if (/^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(",", "");
  return /^\d+[.,]\d{1,2}$/.test(text) ? text.replace(",", ".") : null;
}

/** Writes an amount so that `parseAmount` reads the same value back: "1250000000", "1200,50". */
export function writeAmount(minor: bigint, currency: string): string {
  const places = decimalsOf(currency);
  if (places === 0) return String(minor);
  const text = String(minor).padStart(places + 1, "0");
  const fraction = text.slice(-places);
  return /^0+$/.test(fraction) ? text.slice(0, -places) : `${text.slice(0, -places)},${fraction}`;
}
