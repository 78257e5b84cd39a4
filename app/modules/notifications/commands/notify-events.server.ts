import type { OutboxEvent } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { faultPoint } from "~/platform/fault-points.server";
import { jobDone } from "~/platform/outbox.server";
import { ok } from "~/platform/result";
import { signal } from "~/platform/signal.server";
import { loadChoices } from "../queries/choices.server";
import { compose, type Gathered, gather, type Reader } from "./notify-event.server";

const JOB = "notify";

/** How the telling of one event ended. */
export type Told =
  /** ids of the event's mails that may be handed to the mail server now */
  | { kind: "told"; mailIds: string[] }
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
  const [rows, behind] = await Promise.all([
    ctx.db.outboxEvent.findMany({ where: { id: { in: ids } }, orderBy: { seq: "asc" } }),
    ctx.db.$queryRaw<{ subjectId: string }[]>`
      WITH mine AS MATERIALIZED (
        SELECT id, subject_id, seq, relayed_at FROM outbox_event WHERE id = ANY(${patient}::uuid[]) FOR KEY SHARE)
      SELECT e.subject_id AS "subjectId" FROM mine e
      WHERE e.relayed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM outbox_event p WHERE p.subject_id = e.subject_id AND p.seq < e.seq AND p.id <> ALL(${ids}::uuid[])
          AND (p.relayed_at IS NULL OR p.waiting <> '{}') AND (p.relayed_at IS NULL OR ${JOB} = ANY(p.waiting)))`,
  ]);
  const held = new Set(behind.map((row) => row.subjectId));
  const now = rows.filter((row) => !held.has(row.subjectId) || !patient.includes(row.id));
  const told = new Map((await tell(ctx, now)).map((end, at) => [now[at]?.id, end]));
  const present = new Set(rows.map((row) => row.id));
  return ids.map((id) => told.get(id) ?? (present.has(id) ? { kind: "behind" } : { kind: "told", mailIds: [] }));
}

async function tell(ctx: Ctx, rows: OutboxEvent[]): Promise<Told[]> {
  const found = await Promise.allSettled(rows.map((row) => gather(ctx, row)));
  const gathered = found.flatMap((end) => (end.status === "fulfilled" && end.value ? [end.value] : []));
  try {
    const mailIds = await commit(ctx, rows, found, gathered);
    return rows.map((row, at) => {
      const end = found[at];
      if (end?.status === "rejected") return { kind: "failed", error: end.reason };
      return { kind: "told", mailIds: mailIds.get(row.id) ?? [] };
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
  rows: OutboxEvent[],
  found: PromiseSettledResult<Gathered | null>[],
  gathered: Gathered[],
): Promise<Map<string, string[]>> {
  const readerIds = [...new Set(gathered.flatMap(({ wanted }) => wanted.flatMap(({ ids }) => ids)))];
  const [people, choices] = await Promise.all([
    ctx.db.person.findMany({
      where: { id: { in: readerIds }, disabledAt: null },
      select: { id: true, email: true, locale: true, emailConfirmedAt: true },
    }),
    loadChoices(ctx.db, ctx.env, readerIds),
  ]);
  const readers = new Map<string, Reader>(
    people.map(({ emailConfirmedAt, ...person }) => [person.id, { ...person, confirmed: emailConfirmedAt !== null }]),
  );
  const written = gathered.map((one) => ({ id: one.row.id, ...compose(ctx, one, readers, choices) }));
  const notices = written.flatMap((one) => one.notices);
  const mails = written.flatMap((one) => one.mails);
  const done = rows.filter((_row, at) => found[at]?.status === "fulfilled").map((row) => row.id);

  await transact(ctx, async (tx) => {
    if (notices.length > 0) await tx.notice.createMany({ data: notices, skipDuplicates: true });
    if (mails.length > 0) await tx.mail.createMany({ data: mails, skipDuplicates: true });
    await signal(
      tx,
      "notices",
      notices.map((notice) => notice.personId),
    );
    await jobDone(tx, JOB, done);
    if (notices.length + mails.length > 0) faultPoint("notify:before-commit");
    return ok();
  });
  if (notices.length + mails.length > 0) faultPoint("notify:after-commit");
  if (mails.length === 0) return new Map();

  // a mail of an earlier run has the id it got then
  const waiting = await ctx.db.mail.findMany({
    where: {
      dedupeKey: { in: mails.map((mail) => mail.dedupeKey) },
      state: { in: ["queued", "sending"] },
      OR: [{ sendAfter: null }, { sendAfter: { lte: ctx.clock.now() } }],
    },
    select: { id: true, dedupeKey: true },
  });
  const byKey = new Map(waiting.map((mail) => [mail.dedupeKey, mail.id]));
  return new Map(
    written.map((one) => [
      one.id,
      one.mails.flatMap((mail) => {
        const id = byKey.get(mail.dedupeKey);
        return id ? [id] : [];
      }),
    ]),
  );
}
