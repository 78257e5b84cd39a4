/** A cell as a person sees it. */
export type ReadCell = {
  kind: "text" | "number" | "date" | "percent" | "boolean" | "error";
  /** what stands in the cell: numbers with a decimal comma, days as dd/mm/yyyy, errors as "#REF!" */
  text: string;
  /** the number behind a number or day */
  value?: number;
};

/** Excel escapes control characters as _x000B_ (and a literal "_x000B_" as _x005F_x000B_). */
export function unescapeCell(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** A number without the noise of binary fractions, as `parseNumber` reads it: "1250,5". */
const plainNumber = (value: number) => String(Number(value.toPrecision(15))).replace(".", ",");

const DAY = 86_400_000;
/** Serial numbers of days count from 30 December 1899 (or 1 January 1904 on old Macs); 2958465 is the last day of 9999. */
export function dayOfSerial(serial: number, from1904: boolean): string | null {
  const days = Math.floor(serial) + (from1904 ? 1_462 : 0);
  if (days < 1 || days > 2_958_465) return null;
  // sheets believe in 29 February 1900
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * DAY);
  return `${String(date.getUTCDate()).padStart(2, "0")}/${String(date.getUTCMonth() + 1).padStart(2, "0")}/${date.getUTCFullYear()}`;
}

export type NumberLook = "number" | "date" | "percent";

/** What a number format shows. Built-in formats by their ids (ECMA-376, 18.8.30), others by their codes. */
export function lookOf(formatId: number, code: string | undefined): NumberLook {
  if (code === undefined) {
    if ((formatId >= 14 && formatId <= 17) || formatId === 22 || (formatId >= 27 && formatId <= 36)) return "date";
    return formatId === 9 || formatId === 10 ? "percent" : "number";
  }
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "");
  if (/[dy]/i.test(bare) && !/[#0?]/.test(bare)) return "date";
  return bare.includes("%") ? "percent" : "number";
}

/** A number cell as it is shown. */
export function numberCell(value: number, look: NumberLook, from1904: boolean): ReadCell {
  const day = look === "date" ? dayOfSerial(value, from1904) : null;
  if (day !== null) return { kind: "date", text: day, value };
  if (look === "percent") return { kind: "percent", text: `${plainNumber(value * 100)} %`, value };
  return { kind: "number", text: plainNumber(value), value };
}
