import type { Ctx } from "~/platform/context";
import { mayOperate } from "../policy";

export type FileHolder = {
  personId: string;
  fullName: string;
  /** still a broker of the Department */
  broker: boolean;
  cases: number;
  sessions: number;
  deals: number;
  /** nearest open deadline of the deals, the law's included */
  dueOn: Date | null;
};

/** Everybody of the office who has open cases, sessions or deals, those who are no brokers any more first; null for non-administrators. */
export async function fileHolders(ctx: Ctx): Promise<FileHolder[] | null> {
  const { actor } = ctx;
  if (!mayOperate(actor) || actor.kind !== "person") return null;
  return ctx.db.$queryRaw<FileHolder[]>`
    SELECT * FROM (
      SELECT p.id AS "personId", p.full_name AS "fullName",
             p.disabled_at IS NULL AND EXISTS (SELECT 1 FROM "grant" g
               WHERE g.person_id = p.id AND g.role = 'broker' AND g.ended_at IS NULL) AS broker,
             (SELECT count(*)::int FROM broker_case c WHERE c.broker_id = p.id AND c.state = 'open') AS cases,
             (SELECT count(*)::int FROM connection_session s
               WHERE s.owner_id = p.id AND s.state NOT IN ('closed', 'cancelled')) AS sessions,
             (SELECT count(*)::int FROM deal d WHERE d.broker_id = p.id AND d.status IN ('active', 'paused')) AS deals,
             (SELECT min(u.due_on) FROM due u JOIN deal d ON d.id = u.subject_id
               WHERE u.state = 'open' AND d.broker_id = p.id AND d.status IN ('active', 'paused')) AS "dueOn"
        FROM person p WHERE p.office_id = ${actor.officeId}::uuid
    ) holder WHERE cases + sessions + deals > 0
    ORDER BY broker, "dueOn" NULLS LAST, "fullName", "personId"`;
}
