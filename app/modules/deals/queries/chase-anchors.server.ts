import { z } from "zod";
import { Prisma } from "~/generated/prisma/client";
import type { ChaseSubject } from "~/generated/prisma/enums";
import type { Db, Tx } from "~/platform/db/client.server";
import { localDay } from "~/platform/ports/clock";
import { ruleAt } from "~/platform/rules.server";

const stepsOf = z.array(z.number().int().positive()).min(1);

/** Days after a meeting or introduction on which both sides are asked (rule outcome.askAfterDays, in force on `now`). */
export async function askAfterDays(db: Db | Tx, now: Date): Promise<number[]> {
  return stepsOf.parse((await ruleAt(db, "outcome.askAfterDays", now)).value);
}

/** What the chase asks about, and the day from which it counts. */
export type ChaseAnchor = {
  subjectKind: ChaseSubject;
  subjectId: string;
  caseId: string;
  introductionId: string;
  officeId: string;
  /** the meeting's end, or the second yes */
  at: Date;
  /** the same as a day in Việt Nam (YYYY-MM-DD) */
  day: string;
};

type Range = { from: Date; until: Date } | { caseId: string } | { subjectId: string };

function within(range: Range, at: Prisma.Sql, subject: Prisma.Sql, caseId: Prisma.Sql): Prisma.Sql {
  if ("caseId" in range) return Prisma.sql`${caseId} = ${range.caseId}::uuid`;
  if ("subjectId" in range) return Prisma.sql`${subject} = ${range.subjectId}::uuid`;
  return Prisma.sql`${at} >= ${range.from} AND ${at} < ${range.until}`;
}

/**
 * What there is to ask about: the latest held meeting of an introduction (a second meeting takes the place of the first, so
 * that nobody is asked about both), and accepted introductions that have no planned or held meeting. Earliest first.
 */
export async function chaseAnchors(db: Db | Tx, range: Range): Promise<ChaseAnchor[]> {
  const rows = await db.$queryRaw<Omit<ChaseAnchor, "day">[]>`
    SELECT a.*, c.office_id AS "officeId" FROM (
      SELECT 'meeting' AS "subjectKind", m.id AS "subjectId", m.case_id AS "caseId",
             m.introduction_id AS "introductionId", m.ends_at AS at
        FROM meeting m
       WHERE m.state = 'held' AND ${within(range, Prisma.sql`m.ends_at`, Prisma.sql`m.id`, Prisma.sql`m.case_id`)}
         AND NOT EXISTS (SELECT 1 FROM meeting later WHERE later.introduction_id = m.introduction_id
                            AND later.state = 'held' AND (later.ends_at, later.id) > (m.ends_at, m.id))
      UNION ALL
      SELECT 'introduction', i.id, i.case_id, i.id, i.settled_at
        FROM introduction i
       WHERE i.state = 'accepted' AND ${within(range, Prisma.sql`i.settled_at`, Prisma.sql`i.id`, Prisma.sql`i.case_id`)}
         AND NOT EXISTS (SELECT 1 FROM meeting m WHERE m.introduction_id = i.id AND m.state IN ('planned', 'held'))
    ) a JOIN broker_case c ON c.id = a."caseId"
    ORDER BY a.at, a."subjectId"`;
  return rows.map((row) => ({ ...row, day: localDay(row.at) }));
}
