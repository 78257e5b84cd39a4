import { z } from "zod";
import { needed, optional, revision } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";
import { parseNumber } from "./domain/number-parse";
import { DIMENSIONS } from "./domain/units";

/** Client-safe shapes of the units' administration. Messages are i18next keys. */
export { DIMENSIONS } from "./domain/units";
export const UNIT_LENGTH = 30;
const MOST_ALIASES = 40;
/** Beyond these a factor is a slip of the finger. */
const MOST = 1e15;

/** Names, one a line, also parted by commas or semicolons; doubled ones are said once. */
const aliases = z
  .string()
  .max(5_000, "common:error.tooLong")
  .optional()
  .transform((typed, ctx) => {
    const names = (typed ?? "").split(/[\n,;]+/).map((one) => cleanText(one).replace(/\s+/g, " "));
    const list = [...new Set(names.filter((one) => one !== ""))];
    if (list.length > MOST_ALIASES || list.some((one) => one.length > UNIT_LENGTH))
      ctx.addIssue({ code: "custom", message: "units:error.aliases" });
    return list;
  });

/** A number as typed, also a fraction ("1/24"): factors often are one. Null for anything else. */
export function parseFactor(typed: string): number | null {
  const [above, below, ...more] = typed.split("/").map((part) => parseNumber(part.trim()));
  if (above === null || above === undefined || more.length > 0) return null;
  if (below === undefined) return above;
  return below === null || below === 0 ? null : above / below;
}

/** Writes a factor so that `parseFactor` reads the same value back: "3,6", "1/24". */
export function writeFactor(value: number): string {
  const below = Math.round(1 / value);
  if (below > 1 && 1 / below === value) return `1/${below}`;
  const digits = String(value);
  // without the exponent that nobody types
  const plain = digits.includes("e")
    ? new Intl.NumberFormat("en", { useGrouping: false, maximumSignificantDigits: 17 }).format(value)
    : digits;
  return plain.replace(".", ",");
}

const number = (fits: (value: number) => boolean, message: string) =>
  z
    .string({ error: message })
    .max(60, message)
    .transform((typed, ctx): number => {
      const value = typed.trim() === "" ? Number.NaN : (parseFactor(typed) ?? Number.NaN);
      if (!(Number.isFinite(value) && fits(value))) ctx.addIssue({ code: "custom", message });
      return value;
    });

/** How it leads to the base unit: base = value × factor + offset. */
const scale = {
  factor: number((value) => value > 1 / MOST && value < MOST, "units:error.factor"),
  offset: z
    .string()
    .optional()
    .transform((typed) => typed?.trim() || "0")
    .pipe(number((value) => Math.abs(value) < MOST, "units:error.offset")),
};

/** What may be changed of a supplied unit: further names. */
export const suppliedUnitSchema = z.object({ aliases, note: optional(500), revision });
export const ownUnitSchema = suppliedUnitSchema.extend(scale);
export const newUnitSchema = ownUnitSchema.extend({
  code: needed(UNIT_LENGTH).pipe(z.string().regex(/^[^\d\s,;][^,;]*$/u, "units:error.code")),
  dimension: z.enum(DIMENSIONS, { error: "units:error.dimension" }),
});
export const unitStandingSchema = z.object({ note: optional(500), revision });
export type NewUnitInput = z.infer<typeof newUnitSchema>;
export type UnitInput = z.infer<typeof suppliedUnitSchema> & Partial<Pick<NewUnitInput, "factor" | "offset">>;
