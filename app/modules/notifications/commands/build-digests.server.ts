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

/** Notices that one turn starts from; their readers' digests are one batch. */
const NOTICES = 1_200;
/** One builder at a time over all workers: readers of one batch never meet in another. */
const LOCK = [19, 1] as const;

type Reader = { personId: string; dueAt: Date; unread: number; email: string; locale: Locale; may: boolean };

/**
 * Makes one batch of digests out of notices whose digest is due: one mail per person and period, however often and in how
 * many workers it runs. After downtime everything that fell due goes into one mail. Notices that were read meanwhile are
 * let go; whoever has nothing unread gets nothing. Set-wise: four statements a batch.
 * @returns the batch, if any, and whether there may be more
 */
export async function buildDigests(ctx: Ctx): Promise<{ built: number; batchId: string | null; more: boolean }> {
  const now = ctx.clock.now();
  const batchId = newId();
  const result = await transact(ctx, async (tx) => {
    const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${LOCK[0]}::int, ${LOCK[1]}::int) AS free`;
    if (!lock?.free) return ok({ built: 0, batchId: null, more: false });
    const readers = await dueReaders(tx, now);
    if (readers.length === 0) return ok({ built: 0, batchId: null, more: false });
    const told = readers.filter((reader) => reader.may && reader.unread > 0);
    const mails = told.map((reader) => {
      const id = newId();
      return {
        id,
        dedupeKey: digestKey(reader.personId, reader.dueAt),
        personId: reader.personId,
        toAddress: reader.email,
        locale: reader.locale,
        params: { path: "/notices" },
        messageId: messageIdOf(id, ctx.env.MAIL_FROM),
        requestId: ctx.requestId,
      };
    });
    const count = await tx.$executeRaw`
      INSERT INTO mail (id, batch_id, kind, dedupe_key, person_id, to_address, locale, params, message_id, created_at,
        request_id)
      SELECT "id", ${batchId}::uuid, ${DIGEST}, "dedupeKey", "personId", "toAddress", "locale"::"Locale", "params",
        "messageId", ${now}, "requestId"
      FROM jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) AS m ("id" uuid, "dedupeKey" text, "personId" uuid,
        "toAddress" text, "locale" text, "params" jsonb, "messageId" text, "requestId" text)
      ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`
      UPDATE notice n SET digest_mail_id = m.id, digest_due_at = NULL
      FROM mail m
      WHERE m.batch_id = ${batchId}::uuid AND n.person_id = m.person_id AND n.digest_due_at <= ${now} AND n.read_at IS NULL`;
    const ids = readers.map((reader) => reader.personId);
    const left = await tx.$queryRaw<{ id: string; personId: string; kind: string; late: boolean }[]>`
      SELECT id, person_id AS "personId", kind, read_at IS NULL AS late FROM notice
      WHERE person_id = ANY(${ids}::uuid[]) AND digest_due_at <= ${now}`;
    if (left.length > 0) await settleLeft(tx, ctx, new Set(told.map((reader) => reader.personId)), left);
    return ok({ built: count, batchId: count > 0 ? batchId : null, more: true });
  });
  // nothing in there fails as a value
  return result.ok ? result.value : { built: 0, batchId: null, more: false };
}

/** People behind the oldest due notices, with all that is due for them. */
function dueReaders(tx: Tx, now: Date): Promise<Reader[]> {
  return tx.$queryRaw<Reader[]>`
    WITH oldest AS (
      SELECT person_id FROM notice WHERE digest_due_at <= ${now} ORDER BY digest_due_at LIMIT ${NOTICES}
    ), due AS (
      SELECT n.person_id, max(n.digest_due_at) AS due_at, count(*) FILTER (WHERE n.read_at IS NULL)::int AS unread
      FROM notice n JOIN (SELECT DISTINCT person_id FROM oldest) o USING (person_id)
      WHERE n.digest_due_at <= ${now} GROUP BY n.person_id
    )
    SELECT d.person_id AS "personId", d.due_at AS "dueAt", d.unread, p.email, p.locale::text AS locale,
      p.disabled_at IS NULL AND p.email_confirmed_at IS NOT NULL AS may
    FROM due d JOIN person p ON p.id = d.person_id ORDER BY d.person_id`;
}

/**
 * What no mail took: read notices and those of people who are not mailed wait no longer; one that came after its period's
 * digest was made goes into the next.
 */
async function settleLeft(
  tx: Tx,
  ctx: Ctx,
  told: ReadonlySet<string>,
  left: { id: string; personId: string; kind: string; late: boolean }[],
): Promise<void> {
  const late = left.filter((row) => row.late && told.has(row.personId));
  const gone = left.filter((row) => !late.includes(row)).map((row) => row.id);
  await tx.notice.updateMany({ where: { id: { in: gone } }, data: { digestDueAt: null } });
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
