import { z } from "zod";
import { cleanText } from "~/platform/text";

const blankToNull = (value: unknown): unknown => (typeof value === "string" && cleanText(value) === "" ? null : value);
const optional = (max: number) =>
  z.preprocess(
    blankToNull,
    z
      .string()
      .transform(cleanText)
      .pipe(z.string().max(max))
      .nullish()
      .transform((value) => value ?? null),
  );

/**
 * One row of an import file: facts of a listing as another exchange or a page states them. Missing = null = "not stated".
 * Unknown columns are ignored.
 */
export const importedItemSchema = z.object({
  kind: z.enum(["need", "offering"]),
  /** stable identifier in the source's collection */
  id: z.preprocess((value) => (typeof value === "number" ? String(value) : value), z.string().trim().min(1).max(200)),
  title: z.string().transform(cleanText).pipe(z.string().min(3).max(300)),
  summary: optional(2_000),
  description: optional(20_000),
  /** the sector in the source's own words */
  sectorGuess: optional(300),
  keywords: z
    .array(z.string().transform(cleanText))
    .nullish()
    .transform((words) => [...new Set((words ?? []).filter((word) => word !== ""))].slice(0, 30)),
  trl: z
    .number()
    .int()
    .min(1)
    .max(9)
    .nullish()
    .transform((value) => value ?? null),
  trlEstimated: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  ipStatus: optional(500),
  priceText: optional(500),
  budgetText: optional(500),
  province: optional(100),
  organisation: optional(500),
  orgType: optional(100),
  lang: z.preprocess(
    blankToNull,
    z
      .enum(["vi", "en"])
      .nullish()
      .transform((value) => value ?? "vi"),
  ),
  url: z.preprocess(
    blankToNull,
    z
      .string()
      .trim()
      .max(2_000)
      .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "not a web address")
      .nullish()
      .transform((value) => value ?? null),
  ),
  sourceNote: optional(1_000),
});

export type ImportedItem = z.output<typeof importedItemSchema>;
export type ImportedItemInput = z.input<typeof importedItemSchema>;
