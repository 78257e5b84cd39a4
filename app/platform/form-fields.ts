import { z } from "zod";
import { cleanText } from "./text";

/** Fields that many forms share. Messages are i18next keys; forms translate them. */
const REQUIRED = "common:error.required";
const TOO_LONG = "common:error.tooLong";

/** Text that must be there, cleaned; at most `max` characters. */
export const needed = (max: number) =>
  z.string({ error: REQUIRED }).transform(cleanText).pipe(z.string().min(1, REQUIRED).max(max, TOO_LONG));

/** Text that may be left out; empty becomes null. */
export const optional = (max: number) =>
  z
    .string()
    .optional()
    .transform((value) => cleanText(value ?? "") || null)
    .pipe(z.string().max(max, TOO_LONG).nullable());

/** A coded reason: the command knows which ones stand. `missing` is said when there is none. */
export const reasonCode = (missing: string) => z.string({ error: missing }).regex(/^[a-z][a-z0-9_]{0,39}$/, missing);

/** The revision a form was filled from. */
export const revision = z.coerce.number().int().min(0);

/** A date as typed ("5/3/2027", "05-03-2027") or from a date input ("2027-03-05") as YYYY-MM-DD; null when it is none. */
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  if (!year || !month || !day) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  // "2026-02-31" would silently become March
  return date.toISOString().slice(0, 10) === written ? written : null;
}

/** A day that must be there, as YYYY-MM-DD; `wrong` is said of what is none. */
export const day = (wrong: string) =>
  z.string({ error: REQUIRED }).transform((typed, ctx) => {
    const read = parseDay(typed);
    if (read) return read;
    ctx.addIssue({ code: "custom", message: typed.trim() === "" ? REQUIRED : wrong });
    return z.NEVER;
  });

/** A day that may be left out. */
export const optionalDay = (wrong: string) =>
  z
    .string()
    .optional()
    .transform((typed, ctx) => {
      if (!typed?.trim()) return null;
      const read = parseDay(typed);
      if (read) return read;
      ctx.addIssue({ code: "custom", message: wrong });
      return z.NEVER;
    });
