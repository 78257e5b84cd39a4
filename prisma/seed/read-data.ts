import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Reads and checks one of the files shipped in prisma/seed/data. Relative to the project's folder: bundles run from there too. */
export function readSeedData<T>(name: string, schema: z.ZodType<T>): T {
  const file = path.join(process.cwd(), "prisma", "seed", "data", name);
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const sector = z.object({
  code: z.string(),
  nameVi: z.string(),
  nameEn: z.string(),
  keywordsVi: z.array(z.string()).default([]),
  keywordsEn: z.array(z.string()).default([]),
  relatedCodes: z.array(z.string()).default([]),
});
export const sectorTreeSchema = z.array(sector.extend({ children: z.array(sector) }));

const day = z.iso.date();
export const rulesSchema = z.array(
  z.object({ key: z.string(), version: z.int().positive(), value: z.json(), validFrom: day, source: z.string() }),
);
export const calendarSchema = z.array(z.object({ day, working: z.boolean(), nameVi: z.string(), source: z.string() }));
