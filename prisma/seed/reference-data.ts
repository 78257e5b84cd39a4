import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { dateOnly } from "~/platform/ports/clock";
import { calendarSchema, readSeedData, rulesSchema, sectorTreeSchema } from "./read-data";

/** Rows whose source begins so were not yet announced: a later release may correct them. */
const EXPECTED = "Dự kiến";

export type ReferenceCounts = { sectors: number; rules: number; days: number };

type SectorRow = Omit<Prisma.SectorCreateManyInput, "keywordsVi" | "keywordsEn" | "relatedCodes"> & {
  keywordsVi: string[];
  keywordsEn: string[];
  relatedCodes: string[];
};

function sectorRows(): SectorRow[] {
  let position = 0;
  return readSeedData("sectors.json", sectorTreeSchema).flatMap(({ children, ...field }) => [
    { ...field, parentCode: null, position: position++ },
    ...children.map((sector) => ({ ...sector, parentCode: field.code, position: position++ })),
  ]);
}

async function seedSectors(ctx: Ctx): Promise<number> {
  const rows = sectorRows();
  const stored = new Map((await ctx.db.sector.findMany()).map((row) => [row.code, row]));
  let changed = 0;
  for (const row of rows) {
    const old = stored.get(row.code);
    if (!old) continue;
    // an administrator's word goes before ours
    if (old.revision > 0) continue;
    const { retiredAt, ...facts } = old;
    const same = Object.entries(row).every(
      ([key, value]) => JSON.stringify(facts[key as keyof typeof facts]) === JSON.stringify(value),
    );
    if (same && retiredAt === null) continue;
    await ctx.db.sector.update({ where: { code: row.code }, data: { ...row, retiredAt: null } });
    changed++;
  }
  // fields before their sectors: the array keeps that order
  const added = await ctx.db.sector.createMany({
    data: rows.filter((row) => !stored.has(row.code)),
    skipDuplicates: true,
  });
  const codes = rows.map((row) => row.code);
  const retired = await ctx.db.sector.updateMany({
    where: { code: { notIn: codes }, retiredAt: null, revision: 0 },
    data: { retiredAt: ctx.clock.now() },
  });
  return added.count + changed + retired.count;
}

/** A stored version of a rule is law that was applied: it is never overwritten, a new value is a new version. */
async function seedRules(ctx: Ctx): Promise<number> {
  const rules = readSeedData("rules.json", rulesSchema);
  const { count } = await ctx.db.ruleParameter.createMany({
    data: rules.map((rule) => ({
      ...rule,
      value: rule.value as Prisma.InputJsonValue,
      validFrom: dateOnly(rule.validFrom),
    })),
    skipDuplicates: true,
  });
  return count;
}

async function seedCalendar(ctx: Ctx): Promise<number> {
  const days = readSeedData("calendar.json", calendarSchema).map((row) => ({ ...row, day: dateOnly(row.day) }));
  const { count } = await ctx.db.calendarDay.createMany({ data: days, skipDuplicates: true });
  const expected = await ctx.db.calendarDay.findMany({ where: { source: { startsWith: EXPECTED } } });
  let corrected = 0;
  for (const old of expected) {
    const row = days.find((one) => one.day.getTime() === old.day.getTime());
    if (!row || (row.source === old.source && row.working === old.working && row.nameVi === old.nameVi)) continue;
    await ctx.db.calendarDay.update({ where: { day: old.day }, data: row });
    corrected++;
  }
  return count + corrected;
}

/**
 * Loads what every exchange needs before anything else: the sector tree, the rule parameters (deadlines with their legal
 * or house source) and the days off. Idempotent: the counts are of rows that were added or changed.
 */
export async function seedReferenceData(ctx: Ctx): Promise<ReferenceCounts> {
  return { sectors: await seedSectors(ctx), rules: await seedRules(ctx), days: await seedCalendar(ctx) };
}
