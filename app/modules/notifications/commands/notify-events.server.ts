import type { Ctx } from "~/platform/context";
import { faultPoint } from "~/platform/fault-points.server";
import { loadReaders } from "../queries/choices.server";
import { keepTold } from "./keep-told.server";
import { compose, type EventRow, type Gathered, gather } from "./notify-event.server";

const JOB = "notify";
const NO_MAILS = { mailIds: [], fresh: [] };
type Mails = { mailIds: string[]; fresh: string[] };

/** How the telling of one event ended. */
export type Told =
  /** ids of the event's mails that may be handed to the mail server now; `fresh` are those that no earlier run wrote */
  | { kind: "told"; mailIds: string[]; fresh: string[] }
  /** an earlier event of its subject is still to be told */
  | { kind: "behind" }
  | { kind: "failed"; error: unknown };

/** Tells one event, whatever else waits. @returns ids of its mails that may be handed to the mail server now */
export async function notifyEvent(ctx: Ctx, eventId: string): Promise<{ mailIds: string[] }> {
  const rows = await ctx.db.outboxEvent.findMany({ where: { id: eventId } });
  const [told] = await tell(ctx, rows);
  if (told?.kind === "failed") throw told.error;
  return { mailIds: told?.kind === "told" ? told.mailIds : [] };
}

/**
 * Tells everyone whom these events concern, all of them in one transaction: what each costs alone is paid once. Runs as
 * often as it likes: unique keys keep every row single. Everything is re-read here; jobs carry the event's id only.
 *
 * Events of one subject are told in the order they were committed: one that comes before its elder waits ("behind"),
 * unless `anyway` says that it has waited enough. @returns one answer per id, in their order
 */
export async function notifyEvents(ctx: Ctx, asked: readonly { eventId: string; anyway: boolean }[]): Promise<Told[]> {
  const ids = asked.map(({ eventId }) => eventId);
  const patient = asked.filter(({ anyway }) => !anyway).map(({ eventId }) => eventId);
  // the lock waits for a relay that is still marking these rows; one it has not marked came from no relay
  const rows = await ctx.db.$queryRaw<(EventRow & { behind: boolean })[]>`
    WITH mine AS MATERIALIZED (SELECT * FROM outbox_event WHERE id = ANY(${ids}::uuid[]) FOR KEY SHARE)
    SELECT e.id, e.type, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.payload,
      e.request_id AS "requestId",
      e.relayed_at IS NOT NULL AND e.id = ANY(${patient}::uuid[]) AND EXISTS (
        SELECT 1 FROM outbox_event p WHERE p.subject_id = e.subject_id AND p.seq < e.seq AND p.id <> ALL(${ids}::uuid[])
          AND (p.relayed_at IS NULL OR p.waiting <> '{}') AND (p.relayed_at IS NULL OR ${JOB} = ANY(p.waiting))) AS behind
    FROM mine e ORDER BY e.seq`;
  const held = new Set(rows.flatMap((row) => (row.behind ? [row.subjectId] : [])));
  const now = rows.filter((row) => !held.has(row.subjectId) || !patient.includes(row.id));
  const told = new Map((await tell(ctx, now)).map((end, at) => [now[at]?.id, end]));
  const present = new Set(rows.map((row) => row.id));
  return ids.map((id) => told.get(id) ?? (present.has(id) ? { kind: "behind" } : { kind: "told", ...NO_MAILS }));
}

async function tell(ctx: Ctx, rows: EventRow[]): Promise<Told[]> {
  const found = await Promise.allSettled(rows.map((row) => gather(ctx, row)));
  const gathered = found.flatMap((end) => (end.status === "fulfilled" && end.value ? [end.value] : []));
  try {
    const mails = await commit(ctx, rows, found, gathered);
    return rows.map((row, at) => {
      const end = found[at];
      if (end?.status === "rejected") return { kind: "failed", error: end.reason };
      return { kind: "told", ...(mails.get(row.id) ?? NO_MAILS) };
    });
  } catch (error) {
    if (rows.length === 1) return [{ kind: "failed", error }];
    // one row that the database refuses must not take its neighbours along
    const ends: Told[] = [];
    for (const row of rows) ends.push(...(await tell(ctx, [row])));
    return ends;
  }
}

async function commit(
  ctx: Ctx,
  rows: EventRow[],
  found: PromiseSettledResult<Gathered | null>[],
  gathered: Gathered[],
): Promise<Map<string, Mails>> {
  const readerIds = [...new Set(gathered.flatMap(({ wanted }) => wanted.flatMap(({ ids }) => ids)))];
  const { readers, choices } = await loadReaders(ctx.db, ctx.env, readerIds);
  const written = gathered.map((one) => ({ id: one.row.id, ...compose(ctx, one, readers, choices) }));
  const notices = written.flatMap((one) => one.notices);
  const mails = written.flatMap((one) => one.mails);
  const done = rows.filter((_row, at) => found[at]?.status === "fulfilled").map((row) => row.id);

  if (notices.length + mails.length > 0) faultPoint("notify:before-commit");
  // one statement that commits itself: all of it is there, or none
  const fresh = new Set(await keepTold(ctx.db, notices, mails, { job: JOB, eventIds: done }));
  if (notices.length + mails.length > 0) faultPoint("notify:after-commit");
  if (mails.length === 0) return new Map();

  const now = ctx.clock.now();
  const mayGo = new Map(
    mails.flatMap((mail): [string, string][] =>
      fresh.has(mail.id) && (!mail.sendAfter || mail.sendAfter <= now) ? [[mail.dedupeKey, mail.id]] : [],
    ),
  );
  const earlier = mails.filter((mail) => !fresh.has(mail.id)).map((mail) => mail.dedupeKey);
  for (const mail of await waitingMails(ctx, earlier)) mayGo.set(mail.dedupeKey, mail.id);
  return new Map(
    written.map((one) => {
      const mailIds = one.mails.flatMap((mail) => mayGo.get(mail.dedupeKey) ?? []);
      return [one.id, { mailIds, fresh: mailIds.filter((id) => fresh.has(id)) }];
    }),
  );
}

/** Mails of an earlier run, under the ids they got then, that may go now. */
async function waitingMails(ctx: Ctx, dedupeKeys: string[]): Promise<{ id: string; dedupeKey: string }[]> {
  if (dedupeKeys.length === 0) return [];
  return ctx.db.mail.findMany({
    where: {
      dedupeKey: { in: dedupeKeys },
      state: { in: ["queued", "sending"] },
      OR: [{ sendAfter: null }, { sendAfter: { lte: ctx.clock.now() } }],
    },
    select: { id: true, dedupeKey: true },
  });
}
