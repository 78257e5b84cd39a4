import { z } from "zod";
import { day, needed, optional } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";

/** What administrators set of the rules of reviews. Messages are i18next keys. */
export const TECHNOLOGY_LISTS = ["encouraged", "restricted", "prohibited"] as const;
const REQUIRED = "common:error.required";
const MOST_ENTRIES = 300;

const words = z
  .string()
  .max(2_000, "common:error.tooLong")
  .optional()
  .transform((typed) => [
    ...new Set(
      (typed ?? "")
        .split(/[\n,;]+/)
        .map((one) => cleanText(one).replace(/\s+/g, " "))
        .filter((one) => one !== ""),
    ),
  ]);

const entry = z
  .object({
    code: optional(60),
    list: z.enum(TECHNOLOGY_LISTS, REQUIRED),
    vi: optional(600),
    en: optional(600),
    law: optional(200),
    words,
  })
  .superRefine((row, ctx) => {
    // a row without words in either language is one that was taken out
    if (row.vi === null && row.en === null) return;
    for (const name of ["vi", "en", "law"] as const)
      if (row[name] === null) ctx.addIssue({ code: "custom", path: [name], message: REQUIRED });
  });

/** A new version of the technology lists; `version` is the one that the form was filled from. */
export const technologyVersionSchema = z.object({
  version: z.coerce.number().int().min(0),
  validFrom: day("lists:error.day"),
  source: needed(1_000),
  note: optional(500),
  entries: z
    .array(entry)
    .max(MOST_ENTRIES, "lists:error.tooManyEntries")
    .transform((rows) =>
      rows.flatMap(({ code, list, vi, en, law, words: said }) =>
        vi && en && law ? [{ code, list, vi, en, law, words: said }] : [],
      ),
    ),
});
export type TechnologyVersionInput = z.output<typeof technologyVersionSchema>;

/** Whether every listing needs two brokers, from today on. */
export const secondReviewerSchema = z.object({
  version: z.coerce.number().int().min(0),
  on: z.enum(["yes", "no"]).transform((value) => value === "yes"),
  source: needed(1_000),
});
