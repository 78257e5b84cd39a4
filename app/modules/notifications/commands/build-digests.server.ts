import type { Locale } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { ok } from "~/platform/result";
import { DIGEST, digestKey, messageIdOf } from "../domain/keys";
import { nextDigestAt } from "../domain/rhythm";
import { topicOf } from "../domain/topics";
import { loadChoices } from "../queries/choices.server";

/** Notices that one turn starts from; their readers' digests are one batch. While it is made, others wait for the database. */
const NOTICES = 1_000;
/** One builder at a time over all workers: readers of one batch never meet in another. */
const LOCK = [19, 1] as const;

/** A notice whose digest is due. */
type Due = { id: string; personId: string; kind: string; dueAt: Date; unread: boolean };
type Reader = { id: string; email: string; locale: Locale; dueAt: Date };

/**
 * Makes one batch of digests out of notices whose digest is due: one mail per person and period, however often and in how
 * many workers it runs. After downtime everything that fell due goes into one mail. Notices that were read meanwhile are
 * let go; whoever has nothing unread gets nothing. Set-wise: a few statements a batch, each led by ids, so that it takes
 * as long when a hundred thousand fall due in one moment, which the planner knows nothing of yet.
 * @returns the batch, if any, and whether there may be more
 */
export async function buildDigests(ctx: Ctx): Promise<{ built: number; batchId: string | null; more: boolean }> {
  const now = ctx.clock.now();
  const batchId = newId();
  const result = await transact(ctx, async (tx) => {
    const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${LOCK[0]}::int, ${LOCK[1]}::int) AS free`;
    if (!lock?.free) return ok({ built: 0, batchId: null, more: false });
    const due = await dueNotices(tx, now);
    if (due.length === 0) return ok({ built: 0, batchId: null, more: false });
    const readers = await readersOf(tx, due);
    const mailOf = await writeMails(tx, ctx, batchId, readers);
    const taken = due.filter((notice) => notice.unread && mailOf.has(notice.personId));
    await tx.$executeRaw`
      UPDATE notice n SET digest_mail_id = t.mail_id, digest_due_at = NULL
      FROM unnest(${taken.map(({ id }) => id)}::uuid[], ${taken.map(({ personId }) => mailOf.get(personId))}::uuid[])
        AS t (id, mail_id)
      WHERE n.id = t.id AND n.digest_due_at <= ${now} AND n.read_at IS NULL`;
    const told = new Set(readers.map((reader) => reader.id));
    const left = due.filter((notice) => !(notice.unread && mailOf.has(notice.personId)));
    if (left.length > 0) await settleLeft(tx, ctx, told, left);
    return ok({ built: mailOf.size, batchId: mailOf.size > 0 ? batchId : null, more: true });
  });
  // nothing in there fails as a value
  return result.ok ? result.value : { built: 0, batchId: null, more: false };
}

/**
 * All that is due for the people behind the oldest due notices. The inner condition is written so that only the index of a
 * person's waiting notices serves it: before its statistics are anew, the planner takes the due ones for none at all, and
 * would read them all once for every person.
 */
function dueNotices(tx: Tx, now: Date): Promise<Due[]> {
  return tx.$queryRaw<Due[]>`
    WITH oldest AS MATERIALIZED (
      SELECT DISTINCT person_id FROM (
        SELECT person_id FROM notice WHERE digest_due_at <= ${now} ORDER BY digest_due_at LIMIT ${NOTICES}) AS first
    )
    SELECT n.id, n.person_id AS "personId", n.kind, n.digest_due_at AS "dueAt", n.read_at IS NULL AS unread
    FROM oldest o CROSS JOIN LATERAL (
      SELECT id, person_id, kind, digest_due_at, read_at FROM notice
      WHERE person_id = o.person_id AND digest_due_at IS NOT NULL AND (digest_due_at <= ${now}) IS TRUE OFFSET 0) AS n`;
}

/** Who of them is told: people that may be mailed and have something unread, with when their digest fell due. */
async function readersOf(tx: Tx, due: readonly Due[]): Promise<Reader[]> {
  const unread = new Set(due.filter((notice) => notice.unread).map((notice) => notice.personId));
  const last = new Map<string, Date>();
  for (const { personId, dueAt } of due) {
    const known = last.get(personId);
    if (unread.has(personId) && (!known || known < dueAt)) last.set(personId, dueAt);
  }
  const people = await tx.person.findMany({
    where: { id: { in: [...last.keys()] }, disabledAt: null, emailConfirmedAt: { not: null } },
    select: { id: true, email: true, locale: true },
    orderBy: { id: "asc" },
  });
  return people.flatMap((person) => {
    const dueAt = last.get(person.id);
    return dueAt ? [{ ...person, dueAt }] : [];
  });
}

/** One mail for each. @returns person → mail, without those whose mail of this period was made before */
async function writeMails(tx: Tx, ctx: Ctx, batchId: string, readers: readonly Reader[]): Promise<Map<string, string>> {
  if (readers.length === 0) return new Map();
  const mails = readers.map((reader) => {
    const id = newId();
    return {
      id,
      dedupeKey: digestKey(reader.id, reader.dueAt),
      personId: reader.id,
      toAddress: reader.email,
      locale: reader.locale,
      params: { path: "/notices" },
      messageId: messageIdOf(id, ctx.env.MAIL_FROM),
      requestId: ctx.requestId,
    };
  });
  const written = await tx.$queryRaw<{ id: string; personId: string }[]>`
    INSERT INTO mail (id, batch_id, kind, dedupe_key, person_id, to_address, locale, params, message_id, created_at,
      request_id)
    SELECT "id", ${batchId}::uuid, ${DIGEST}, "dedupeKey", "personId", "toAddress", "locale"::"Locale", "params",
      "messageId", ${ctx.clock.now()}, "requestId"
    FROM jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) AS m ("id" uuid, "dedupeKey" text, "personId" uuid,
      "toAddress" text, "locale" text, "params" jsonb, "messageId" text, "requestId" text)
    ON CONFLICT DO NOTHING RETURNING id, person_id AS "personId"`;
  return new Map(written.map((mail) => [mail.personId, mail.id]));
}

/**
 * What no mail took: read notices and those of people who are not mailed wait no longer; one that came after its period's
 * digest was made goes into the next.
 */
async function settleLeft(tx: Tx, ctx: Ctx, told: ReadonlySet<string>, left: readonly Due[]): Promise<void> {
  const late = left.filter((row) => row.unread && told.has(row.personId));
  const gone = left.filter((row) => !late.includes(row)).map((row) => row.id);
  await tx.$executeRaw`UPDATE notice SET digest_due_at = NULL WHERE id = ANY(${gone}::uuid[])`;
  if (late.length === 0) return;
  const choices = await loadChoices(
    tx,
    ctx.env,
    late.map((row) => row.personId),
  );
  for (const row of late) {
    const { modes, rhythm } = choices(row.personId);
    const topic = topicOf(row.kind);
    const mode = topic === "security" ? "off" : modes[topic];
    const digestDueAt = mode === "daily" || mode === "weekly" ? nextDigestAt(ctx.clock.now(), mode, rhythm) : null;
    await tx.notice.update({ where: { id: row.id }, data: { digestDueAt } });
  }
}
