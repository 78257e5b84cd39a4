import { type Ctx, hasGrant } from "~/platform/context";

/** How the suggestions of one engine version fared with the brokers. */
export type EnginePrecision = {
  engineVersion: string;
  /** decisions on the first five places of needs, and those that were shortlisted */
  decided: number;
  shortlisted: number;
  /** needs with at least one such decision */
  needs: number;
  /** mean over these needs of the share that was shortlisted, 0–1 */
  precisionAt5: number;
  /** coded reasons of the dismissed ones, commonest first */
  reasons: { code: string; count: number }[];
};

type Row = { engine: string; need_id: string; decision: string; reason: string | null };

/**
 * Precision at five from real decisions, by engine version, newest first: the last decision on each suggestion that stood among its
 * need's first five when it was decided. Counted from the audit log, so that a later engine does not rewrite it. Decisions
 * that were taken back do not count. Null for who is neither broker nor leader of the office.
 */
export async function precisionByEngine(ctx: Ctx): Promise<EnginePrecision[] | null> {
  const { actor } = ctx;
  if (!hasGrant(actor, "broker", "leader", "administrator")) return null;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT a.engine, m.need_id, a.decision, a.reason
      FROM (SELECT DISTINCT ON (subject_id) subject_id, after->>'decision' AS decision, after->>'reasonCode' AS reason,
                   after->>'engineVersion' AS engine, (after->>'place')::int AS place
              FROM audit_entry
             WHERE action IN ('match.shortlisted', 'match.dismissed', 'match.undecided')
             ORDER BY subject_id, seq DESC) a
      JOIN match m ON m.id = a.subject_id
      JOIN listing need ON need.id = m.need_id AND need.office_id = ${actor.officeId}::uuid
     WHERE a.decision <> 'none' AND a.place <= 5 AND a.engine IS NOT NULL
     ORDER BY a.engine`;
  const byEngine = new Map<string, Row[]>();
  for (const row of rows) byEngine.set(row.engine, [...(byEngine.get(row.engine) ?? []), row]);
  return [...byEngine]
    .map(([engineVersion, own]) => summarise(engineVersion, own))
    .sort((a, b) => b.engineVersion.localeCompare(a.engineVersion, "en", { numeric: true }));
}

function summarise(engineVersion: string, rows: Row[]): EnginePrecision {
  const perNeed = new Map<string, boolean[]>();
  const reasons = new Map<string, number>();
  for (const { need_id, decision, reason } of rows) {
    perNeed.set(need_id, [...(perNeed.get(need_id) ?? []), decision === "shortlisted"]);
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const shares = [...perNeed.values()].map((good) => good.filter(Boolean).length / good.length);
  return {
    engineVersion,
    decided: rows.length,
    shortlisted: rows.filter(({ decision }) => decision === "shortlisted").length,
    needs: perNeed.size,
    precisionAt5: shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length),
    reasons: [...reasons].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}
