import { Prisma } from "~/generated/prisma/client";
import { type Ctx, hasGrant, type PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { FUNNEL, type FunnelKind, type FunnelStep, MISTAKEN, yearBounds } from "../domain/funnel";

/** `year` null = since the exchange began; `mine` = the acting broker's own. */
export type FunnelAsk = { year: number | null; mine: boolean };
export type Funnel = {
  year: number | null;
  mine: boolean;
  /** years in which something happened, newest first; the present one is always there */
  years: number[];
  steps: { step: FunnelStep; count: number }[];
};

export type FunnelRecord = {
  id: string;
  /** when the step was first reached */
  at: Date;
  /** the case's or deal's title, the need's title; null when the thing is no more */
  title: string | null;
  /** reference of the deal or need */
  reference: string | null;
  /** null when there is nothing to open, or not for this reader */
  to: string | null;
};
export type FunnelRecords = FunnelAsk & {
  step: FunnelStep;
  years: number[];
  rows: FunnelRecord[];
  total: number;
  page: number;
  pages: number;
};

const PAGE_SIZE = 25;
const ACTIONS = FUNNEL.map((one) => one.action as string);

/** Sees the funnel: brokers, and leaders of the office. */
const mayRead = (actor: Ctx["actor"]): actor is PersonActor => hasGrant(actor, "broker", "leader");

/**
 * What was first reached, one row per action and thing: the rows every figure and every page of records is counted from.
 * A figure is count(distinct subject_id) over the audit log of that action, less what a later entry calls a mistake; of a
 * year, those whose first row of that action lies in that year in Việt Nam, so that the years add up to the whole. `mine`:
 * the broker has the case or deal now; of a suggestion: shortlisted it.
 */
function reached(actor: PersonActor, ask: FunnelAsk, actions: readonly string[]): Prisma.Sql {
  const bounds = ask.year === null ? null : yearBounds(ask.year);
  const inYear = bounds ? Prisma.sql`AND first.at >= ${bounds.from} AND first.at < ${bounds.until}` : Prisma.empty;
  const own = ask.mine
    ? Prisma.sql`AND CASE WHEN first.action = 'match.shortlisted' THEN first.actor_id
                          ELSE coalesce(c.broker_id, d.broker_id) END = ${actor.personId}::uuid`
    : Prisma.empty;
  return Prisma.sql`
    SELECT first.action, first.subject_id AS id, first.at
      FROM (SELECT DISTINCT ON (action, subject_id) action, subject_id, at, actor_id
              FROM audit_entry entry
             WHERE action = ANY(${actions}::text[])
               AND NOT (action = 'meeting.held' AND EXISTS (
                     SELECT 1 FROM audit_entry later
                      WHERE later.action = ${MISTAKEN.action} AND later.subject_id = entry.subject_id
                        AND later.after->>'state' = ${MISTAKEN.state} AND later.seq > entry.seq))
             ORDER BY action, subject_id, seq) first
      LEFT JOIN match m ON first.action = 'match.shortlisted' AND m.id = first.subject_id
      LEFT JOIN listing need ON need.id = m.need_id
      LEFT JOIN introduction i ON first.action LIKE 'introduction.%' AND i.id = first.subject_id
      LEFT JOIN meeting mt ON first.action = 'meeting.held' AND mt.id = first.subject_id
      LEFT JOIN broker_case c ON c.id = CASE WHEN first.action = 'case.opened' THEN first.subject_id
                                             ELSE coalesce(i.case_id, mt.case_id) END
      LEFT JOIN deal d ON first.action LIKE 'deal.%' AND d.id = first.subject_id
     -- a suggestion that was taken back and is no more was this office's too
     WHERE coalesce(need.office_id, c.office_id, d.office_id, ${actor.officeId}::uuid) = ${actor.officeId}::uuid
       ${inYear} ${own}`;
}

async function yearsOf(ctx: Ctx): Promise<number[]> {
  const yearAt = (at: Date) => Number(localDay(at).slice(0, 4));
  const now = yearAt(ctx.clock.now());
  const { _min } = await ctx.db.auditEntry.aggregate({ where: { action: { in: ACTIONS } }, _min: { at: true } });
  const first = Math.min(now, _min.at ? yearAt(_min.at) : now);
  return Array.from({ length: now - first + 1 }, (_, index) => now - index);
}

/** How many suggestions, cases, introductions, meetings and deals came how far. Null for who may not see it. */
export async function funnel(ctx: Ctx, ask: FunnelAsk): Promise<Funnel | null> {
  const { actor, db } = ctx;
  if (!mayRead(actor)) return null;
  const [rows, years] = await Promise.all([
    db.$queryRaw<{ action: string; count: number }[]>`
      SELECT action, count(*)::int AS count FROM (${reached(actor, ask, ACTIONS)}) r GROUP BY action`,
    yearsOf(ctx),
  ]);
  const countOf = (action: string) => rows.find((row) => row.action === action)?.count ?? 0;
  return { ...ask, years, steps: FUNNEL.map(({ step, action }) => ({ step, count: countOf(action) })) };
}

/** The records behind one figure, latest first, 25 a page; `total` is the figure. Null for who may not see them. */
export async function funnelRecords(
  ctx: Ctx,
  ask: FunnelAsk & { step: FunnelStep; page: number },
): Promise<FunnelRecords | null> {
  const { actor, db } = ctx;
  const found = FUNNEL.find((one) => one.step === ask.step);
  if (!mayRead(actor) || !found) return null;
  const { year, mine, step } = ask;
  const behind = reached(actor, { year, mine }, [found.action]);
  const [[counted], years] = await Promise.all([
    db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${behind}) r`,
    yearsOf(ctx),
  ]);
  const total = counted?.count ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(Math.max(1, ask.page), pages);
  const rows = await db.$queryRaw<{ id: string; at: Date }[]>`
    SELECT id, at FROM (${behind}) r ORDER BY at DESC, id DESC LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE}`;
  const described = await DESCRIBE[found.kind](
    ctx,
    rows.map((row) => row.id),
  );
  return {
    step,
    year,
    mine,
    years,
    total,
    page,
    pages,
    rows: rows.map((row) => ({ ...row, ...(described.get(row.id) ?? { title: null, reference: null, to: null }) })),
  };
}

type Described = Map<string, Pick<FunnelRecord, "title" | "reference" | "to">>;

const DESCRIBE: Record<FunnelKind, (ctx: Ctx, ids: string[]) => Promise<Described>> = {
  async match(ctx, ids) {
    const broker = hasGrant(ctx.actor, "broker");
    const rows = await ctx.db.match.findMany({
      where: { id: { in: ids } },
      select: {
        id: true,
        needId: true,
        need: {
          select: {
            reference: true,
            publishedVersion: { select: { texts: { select: { lang: true, title: true }, orderBy: { lang: "desc" } } } },
          },
        },
      },
    });
    return new Map(
      rows.map(({ id, needId, need }) => {
        const texts = need.publishedVersion?.texts ?? [];
        const title = (texts.find((text) => text.lang === ctx.locale) ?? texts[0])?.title ?? need.reference;
        const to = broker ? `/broker/listings/${needId}#match-${id}` : null;
        return [id, { title, reference: need.reference, to }];
      }),
    );
  },
  async case(ctx, ids) {
    const rows = await ctx.db.brokerCase.findMany({ where: { id: { in: ids } }, select: { id: true, title: true } });
    return new Map(rows.map(({ id, title }) => [id, { title, reference: null, to: `/broker/cases/${id}` }]));
  },
  async introduction(ctx, ids) {
    const rows = await ctx.db.introduction.findMany({
      where: { id: { in: ids } },
      select: { id: true, caseId: true, case: { select: { title: true } } },
    });
    return new Map(
      rows.map((row) => [row.id, { title: row.case.title, reference: null, to: `/broker/cases/${row.caseId}` }]),
    );
  },
  async meeting(ctx, ids) {
    const rows = await ctx.db.meeting.findMany({
      where: { id: { in: ids } },
      select: { id: true, case: { select: { title: true } } },
    });
    return new Map(
      rows.map((row) => [row.id, { title: row.case.title, reference: null, to: `/broker/meetings/${row.id}` }]),
    );
  },
  async deal(ctx, ids) {
    const rows = await ctx.db.deal.findMany({
      where: { id: { in: ids } },
      select: { id: true, title: true, reference: true },
    });
    return new Map(rows.map(({ id, title, reference }) => [id, { title, reference, to: `/deals/${id}` }]));
  },
};

export type FunnelPage = {
  funnel: Funnel;
  records: FunnelRecords /** has cases and deals of their own */;
  mayOwn: boolean;
};

/** Everything /broker/funnel/:step shows: all figures, and the records behind one. Null for who may not see it. */
export async function funnelPage(
  ctx: Ctx,
  ask: FunnelAsk & { step: FunnelStep; page: number },
): Promise<FunnelPage | null> {
  const [figures, records] = await Promise.all([
    funnel(ctx, { year: ask.year, mine: ask.mine }),
    funnelRecords(ctx, ask),
  ]);
  return figures && records && { funnel: figures, records, mayOwn: hasGrant(ctx.actor, "broker") };
}
