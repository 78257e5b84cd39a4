import { type Ctx, hasGrant } from "~/platform/context";
import { type ListChangeView, listChanges } from "~/platform/lists/list-changes.server";
import { localDay } from "~/platform/ports/clock";
import { ruleAt, ruleVersions } from "~/platform/rules.server";
import { LISTS_RULE, SECOND_RULE } from "../commands/set-review-rules.server";
import { type TechnologyListEntry, technologyListsSchema } from "../domain/review-checklist";

export type TechnologyVersion = {
  version: number;
  validFrom: string;
  source: string;
  /** in force today; a later one has not begun */
  standing: "inForce" | "coming" | "past";
  entries: TechnologyListEntry[];
  /** reviews that were judged by it */
  reviews: number;
};

/** Every version of the technology lists, newest first, with its history. Null for all but administrators. */
export async function technologyRoom(
  ctx: Ctx,
): Promise<{ versions: TechnologyVersion[]; history: ListChangeView[]; today: string } | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  const now = ctx.clock.now();
  const today = localDay(now);
  const [versions, current, judged, history] = await Promise.all([
    ruleVersions(ctx.db, LISTS_RULE),
    ruleAt(ctx.db, LISTS_RULE, now),
    ctx.db.$queryRaw<{ version: number; reviews: number }[]>`
      SELECT (checklist #>> '{rules,lists}')::int AS version, count(*)::int AS reviews
      FROM review WHERE checklist #>> '{rules,lists}' IS NOT NULL GROUP BY 1`,
    listChanges(ctx.db, { list: "rule", entryKey: LISTS_RULE }),
  ]);
  return {
    today,
    history,
    versions: versions.map(({ version, validFrom, source, value }) => ({
      version,
      validFrom,
      source,
      standing: version === current.version ? "inForce" : validFrom > today ? "coming" : "past",
      entries: technologyListsSchema.parse(value),
      reviews: judged.find((row) => row.version === version)?.reviews ?? 0,
    })),
  };
}

/** Whether two brokers must approve every listing, with its history. Null for all but administrators. */
export async function secondReviewerRoom(
  ctx: Ctx,
): Promise<{ on: boolean; version: number; source: string; history: ListChangeView[] } | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  const [rule, [newest], history] = await Promise.all([
    ruleAt(ctx.db, SECOND_RULE, ctx.clock.now()),
    ruleVersions(ctx.db, SECOND_RULE),
    listChanges(ctx.db, { list: "rule", entryKey: SECOND_RULE }),
  ]);
  return { on: rule.value === true, version: newest?.version ?? 0, source: rule.source, history };
}
