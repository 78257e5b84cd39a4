import { type ListingCard, listCards } from "~/modules/listings/index.server";
import { type Ctx, hasGrant } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { engineOf } from "../domain/engine";

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

type Row = { id: string; need_id: string; offering_id: string; at: Date } & Pick<
  Decided,
  "engine" | "place" | "reason"
> & {
    decision: string;
  };

/** What the figures are counted from. */
export type Decided = {
  engine: string;
  place: number;
  shortlisted: boolean;
  reason: string | null;
  at: Date;
  /** null: the listing is no longer for this reader's eyes */
  need: ListingCard | null;
  offering: ListingCard | null;
};

/** The last decision on each suggestion that stood among its need's first five when it was decided; newest first. */
function lastDecisions(db: Db, officeId: string): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT m.id, a.engine, m.need_id, m.offering_id, a.decision, a.reason, a.place, a.at
      FROM (SELECT DISTINCT ON (subject_id) subject_id, at, after->>'decision' AS decision, after->>'reasonCode' AS reason,
                   after->>'engineVersion' AS engine, (after->>'place')::int AS place
              FROM audit_entry
             WHERE action IN ('match.shortlisted', 'match.dismissed', 'match.undecided')
             ORDER BY subject_id, seq DESC) a
      JOIN match m ON m.id = a.subject_id
      JOIN listing need ON need.id = m.need_id AND need.office_id = ${officeId}::uuid
     WHERE a.decision <> 'none' AND a.place <= 5 AND a.engine IS NOT NULL
     ORDER BY a.at DESC, m.id`;
}

/**
 * Precision at five from real decisions, by engine version, newest first. Counted from the audit log, so that a later engine does
 * not rewrite it; revisions of the dictionary count as one engine. Decisions that were taken back do not count. Null for who is neither broker, leader nor administrator.
 */
export async function precisionByEngine(ctx: Ctx): Promise<EnginePrecision[] | null> {
  const { actor } = ctx;
  if (!hasGrant(actor, "broker", "leader", "administrator")) return null;
  const rows = await lastDecisions(ctx.db, actor.officeId);
  const byEngine = new Map<string, Row[]>();
  for (const row of rows) byEngine.set(engineOf(row.engine), [...(byEngine.get(engineOf(row.engine)) ?? []), row]);
  return [...byEngine]
    .map(([engineVersion, own]) => summarise(engineVersion, own))
    .sort((a, b) => b.engineVersion.localeCompare(a.engineVersion, "en", { numeric: true }));
}

const PAGE_SIZE = 25;

/** The decisions behind one figure, newest first. Null as precisionByEngine. */
export async function precisionRecords(
  ctx: Ctx,
  input: { engine?: string; decision?: "shortlisted" | "dismissed"; reason?: string; page: number },
): Promise<{ rows: Decided[]; total: number; page: number; pages: number } | null> {
  const { actor } = ctx;
  if (!hasGrant(actor, "broker", "leader", "administrator")) return null;
  const found = (await lastDecisions(ctx.db, actor.officeId)).filter(
    ({ engine, decision, reason }) =>
      (input.engine === undefined || engineOf(engine) === input.engine) &&
      (input.decision === undefined || decision === input.decision) &&
      (input.reason === undefined || reason === input.reason),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, input.page));
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const ids = [...new Set(shown.flatMap((row) => [row.need_id, row.offering_id]))];
  const cards = new Map((await listCards(ctx, ids)).map((card) => [card.id, card]));
  return {
    total: found.length,
    page,
    pages,
    rows: shown.map((row) => ({
      engine: row.engine,
      place: row.place,
      shortlisted: row.decision === "shortlisted",
      reason: row.reason,
      at: row.at,
      need: cards.get(row.need_id) ?? null,
      offering: cards.get(row.offering_id) ?? null,
    })),
  };
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
