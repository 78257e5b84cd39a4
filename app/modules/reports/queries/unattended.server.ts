import { type Ctx, hasGrant } from "~/platform/context";
import type { WaitingItem } from "../domain/waiting";

export type UnattendedFile = {
  kind: "case" | "session" | "deal";
  id: string;
  title: string;
  /** who had it, and is no broker any more */
  formerId: string;
  former: string;
  since: Date;
  /** its nearest open deadline, the law's included */
  dueOn: Date | null;
};

/** At most so many; more than a handful means that a hand-over was forgotten, and one press settles them all. */
const LIMIT = 100;

/**
 * Open cases, sessions and deals whose broker's grant has ended or whose account is closed: nobody is reminded of them until
 * they are handed over. For brokers, leaders and administrators of the office; empty for others.
 */
export async function unattendedFiles(ctx: Ctx): Promise<UnattendedFile[]> {
  const { actor } = ctx;
  if (!hasGrant(actor, "broker", "leader", "administrator")) return [];
  return ctx.db.$queryRaw<UnattendedFile[]>`
    WITH open_file AS (
      SELECT 'case' AS kind, id, title, broker_id AS person_id, created_at, next_action_on AS due_on
        FROM broker_case WHERE state = 'open' AND office_id = ${actor.officeId}::uuid
      UNION ALL
      SELECT 'session', id, title, owner_id, created_at, (starts_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        FROM connection_session WHERE state NOT IN ('closed', 'cancelled') AND office_id = ${actor.officeId}::uuid
      UNION ALL
      SELECT 'deal', d.id, d.reference || ' ' || d.title, d.broker_id, d.created_at, least(d.next_action_on,
             (SELECT min(due_on) FROM due WHERE state = 'open' AND (subject_id = d.id
                 OR subject_id IN (SELECT id FROM deal_milestone WHERE deal_id = d.id))))
        FROM deal d WHERE d.status IN ('active', 'paused') AND d.office_id = ${actor.officeId}::uuid
    )
    SELECT f.kind, f.id, f.title, p.id AS "formerId", p.full_name AS former, f.created_at AS since, f.due_on AS "dueOn"
      FROM open_file f JOIN person p ON p.id = f.person_id
     WHERE p.disabled_at IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM "grant" g WHERE g.person_id = p.id AND g.role = 'broker' AND g.ended_at IS NULL)
     ORDER BY f.due_on NULLS LAST, f.created_at, f.id LIMIT ${LIMIT}`;
}

const PAGES = { case: "/broker/cases", session: "/broker/sessions", deal: "/deals" } as const;

/** The same as rows of a work list: whoever reads them should see to it that somebody takes them over. */
export async function unattendedItems(ctx: Ctx): Promise<WaitingItem[]> {
  return (await unattendedFiles(ctx)).map((file) => ({
    id: `unattended-${file.id}`,
    key: `unattended-${file.kind}`,
    params: { title: file.title, person: file.former },
    to: hasGrant(ctx.actor, "broker") ? `${PAGES[file.kind]}/${file.id}/hand-over` : `${PAGES[file.kind]}/${file.id}`,
    who: "you",
    since: file.since,
    dueOn: file.dueOn,
  }));
}
