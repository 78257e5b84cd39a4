import { z } from "zod";
import { needed, optional, revision } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";

/** Client-safe shapes of the sectors' administration. Messages are i18next keys. */
export const SECTOR_CODE = /^[A-Z]{3}(-\d{2})?$/;
export const SECTOR_NAME_LENGTH = 150;
const MOST_KEYWORDS = 80;
const KEYWORD_LENGTH = 80;

/** One entry a line, also parted by commas or semicolons; doubled ones are said once. */
const entries = (fits: RegExp | null, wrong: string) =>
  z
    .string()
    .max(10_000, "common:error.tooLong")
    .optional()
    .transform((typed, ctx) => {
      const list = [
        ...new Set(
          (typed ?? "")
            .split(/[\n,;]+/)
            .map((one) => cleanText(one).replace(/\s+/g, " "))
            .filter((one) => one !== ""),
        ),
      ];
      if (list.length > MOST_KEYWORDS || list.some((one) => one.length > KEYWORD_LENGTH || (fits && !fits.test(one))))
        ctx.addIssue({ code: "custom", message: wrong });
      return list;
    });

export const sectorSchema = z.object({
  nameVi: needed(SECTOR_NAME_LENGTH),
  nameEn: needed(SECTOR_NAME_LENGTH),
  keywordsVi: entries(null, "lists:error.keywords"),
  keywordsEn: entries(null, "lists:error.keywords"),
  relatedCodes: entries(/^[A-Za-z0-9]{2,12}:[\w./-]{1,30}$/, "lists:error.relatedCodes"),
  note: optional(500),
  revision,
});
export type SectorInput = z.infer<typeof sectorSchema>;

export const newSectorSchema = sectorSchema.extend({
  code: z
    .string({ error: "lists:error.sectorCode" })
    .transform(cleanText)
    .pipe(z.string().regex(SECTOR_CODE, "lists:error.sectorCode")),
});
export type NewSectorInput = z.infer<typeof newSectorSchema>;

export const retireSectorSchema = z.object({
  /** the sector whose listings its listings become; none: they stay where they are */
  replacedBy: z
    .string()
    .optional()
    .transform((code) => code || null),
  note: optional(500),
  revision,
});
