/**
 * A number as people here type it: "1.250", "1,25", "1.250.000,5", "0.5", "12 000", "2.5e3" is not one of them.
 * A dot before groups of three digits is a thousands mark, a comma is the decimal mark (Vietnamese usage); English
 * writing is read too where it cannot be mistaken ("1,250,000", "0.5", "2.75").
 * @returns null when the text is not a number
 */
export function parseNumber(text: string): number | null {
  const compact = text
    .replace(/[\s\u00a0\u202f_]/g, "")
    .replace(/^[+]/, "")
    .replace(/^[−–]/, "-");
  const negative = compact.startsWith("-");
  const digits = negative ? compact.slice(1) : compact;
  if (!/^\d[\d.,]*$/.test(digits) || /[.,]$/.test(digits)) return null;
  let plain: string;
  if (/^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(digits)) plain = digits.replaceAll(".", "").replace(",", ".");
  else if (/^[1-9]\d{0,2}(,\d{3}){2,}(\.\d+)?$/.test(digits) || /^[1-9]\d{0,2}(,\d{3})+\.\d+$/.test(digits))
    plain = digits.replaceAll(",", "");
  else if (/^\d+(,\d+)?$/.test(digits)) plain = digits.replace(",", ".");
  else if (/^\d+\.\d+$/.test(digits)) plain = digits;
  else return null;
  const value = Number(plain);
  return Number.isFinite(value) ? (negative ? -value : value) : null;
}

/** Writes a number so that `parseNumber` reads the same value back: "1250,5" (no thousands marks). */
export function writeNumber(value: number): string {
  return String(value).replace(".", ",");
}
