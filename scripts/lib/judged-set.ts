/** Judged sets in the format of prisma/seed/data/listings/SOURCES.md. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { seeded } from "./random";

export type Judgement = { needId: string; offeringId: string; grade: number };
/** What measuring reads of a need's row beside what the import reads. */
export type JudgedNeed = z.infer<typeof needSchema>;
export type JudgedSet = {
  offerings: Row[];
  needs: Row[];
  judgements: Judgement[];
  needOf: ReadonlyMap<string, JudgedNeed>;
  /** needs that must stand on the same side of a held-out split: one group per need id */
  groupOf: ReadonlyMap<string, string>;
};
type Row = { id: string; [field: string]: unknown };

/** Spreadsheets make numbers of ids. */
const id = z.union([z.string(), z.number().transform(String)]);
const rowsSchema = z.array(z.looseObject({ id }));
const listed = z
  .array(id)
  .nullish()
  .transform((list) => list ?? []);
const needSchema = z.object({
  id,
  lang: z.string().nullish(),
  url: z.string().nullish(),
  sourceNote: z.string().nullish(),
  sectorGuess: z.string().nullish(),
  caseTypes: listed,
  sameSourceOfferings: listed,
  variantOf: id.nullish(),
  nearDuplicateOf: id.nullish(),
});
const judgementsSchema = z.array(z.object({ needId: id, offeringId: id, grade: z.number() }));

/** Reads a file of this format. Throws with the file's name and the schema's words when it is not. */
function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    // spreadsheets and editors of Windows put a byte order mark first
    return schema.parse(JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")));
  } catch (error) {
    const words = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`${file} is not of the format in SOURCES.md:\n${words}`, { cause: error });
  }
}

/** Joins needs that tell of each other: variants, near-duplicates, the same page, the same topic. */
function groupsOf(needs: readonly JudgedNeed[]): Map<string, string> {
  const parent = new Map<string, string>();
  const rootOf = (key: string): string => {
    const up = parent.get(key);
    return up === undefined || up === key ? key : rootOf(up);
  };
  const join = (one: string, other: string) => parent.set(rootOf(one), rootOf(other));
  for (const need of needs) {
    for (const twin of [need.variantOf, need.nearDuplicateOf]) if (twin) join(need.id, twin);
    if (need.url) join(need.id, `page ${need.url}`);
    else if (need.sourceNote) join(need.id, `note ${need.sourceNote}`);
    for (const offering of need.sameSourceOfferings) join(need.id, `source ${offering}`);
    if (need.sectorGuess) join(need.id, `topic ${need.sectorGuess.toLowerCase()}`);
  }
  return new Map(needs.map(({ id }) => [id, rootOf(id)]));
}

/** Reads a judged set. */
export function readJudgedSet(files: { offerings: string; needs: string; qrels: string }): JudgedSet {
  const needs = read(files.needs, rowsSchema);
  const judged = read(files.needs, z.array(needSchema));
  return {
    offerings: read(files.offerings, rowsSchema),
    needs,
    judgements: read(files.qrels, judgementsSchema),
    needOf: new Map(judged.map((need) => [need.id, need])),
    groupOf: groupsOf(judged),
  };
}

/** Splits needs into folds of like size without parting a group; the same seed gives the same folds. */
export function foldsOf({ groupOf }: Pick<JudgedSet, "groupOf">, count: number, seed: number): string[][] {
  const members = new Map<string, string[]>();
  for (const [id, group] of groupOf) members.set(group, [...(members.get(group) ?? []), id]);
  const { next: random } = seeded(seed);
  const groups = [...members.values()]
    .map((ids) => ({ ids, draw: random() }))
    .sort((a, b) => b.ids.length - a.ids.length || a.draw - b.draw);
  const folds: string[][] = Array.from({ length: count }, () => []);
  for (const { ids } of groups) [...folds].sort((a, b) => a.length - b.length)[0]?.push(...ids);
  return folds;
}
