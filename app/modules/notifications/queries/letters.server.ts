import { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import type { Tx } from "~/platform/db/client.server";
import { MAIL_TRANSITIONS } from "../domain/mail-states";

/** A mail row with all that is read to write it, so that one statement serves a hundred mails. */
export type Letter = {
  id: string;
  kind: string;
  locale: Locale;
  personId: string | null;
  toAddress: string;
  params: Prisma.JsonValue;
  messageId: string;
  attempts: number;
  claimedAt: Date | null;
  requestId: string | null;
  readerName: string | null;
  /** the broker named in the params, unless that is the reader */
  brokerName: string | null;
  brokerPhone: string | null;
  /** null where no Department is set up yet */
  officeVi: string | null;
  officeEn: string | null;
  officePhone: string | null;
  /** mails to the address are stopped */
  stopped: boolean;
};

/** Columns of `mail` that a letter is made of; what hands over mails has them RETURNed. */
const COLUMNS = Prisma.sql`id, kind, locale, person_id, to_address, params, message_id, attempts, claimed_at, request_id`;

/** `mails` is a statement that yields COLUMNS. */
function letters(db: Tx, mails: Prisma.Sql): Promise<Letter[]> {
  return db.$queryRaw<Letter[]>`
    WITH m AS (${mails})
    SELECT m.id, m.kind, m.locale::text AS locale, m.person_id AS "personId", m.to_address AS "toAddress", m.params,
      m.message_id AS "messageId", m.attempts, m.claimed_at AS "claimedAt", m.request_id AS "requestId",
      r.full_name AS "readerName", b.full_name AS "brokerName", b.phone AS "brokerPhone",
      o.name_vi AS "officeVi", o.name_en AS "officeEn", o.phone AS "officePhone",
      EXISTS (SELECT 1 FROM mail_suppression s WHERE s.address = lower(m.to_address) AND s.lifted_at IS NULL) AS stopped
    FROM m
    LEFT JOIN person r ON r.id = m.person_id
    LEFT JOIN person b ON b.id IS DISTINCT FROM m.person_id
      AND b.id = CASE WHEN m.params->>'brokerId' ~ '^[0-9a-f-]{36}$' THEN (m.params->>'brokerId')::uuid END
    LEFT JOIN (SELECT name_vi, name_en, phone FROM office ORDER BY id LIMIT 1) o ON true`;
}

/** These mails as they are. */
export function readLetters(db: Tx, ids: readonly string[]): Promise<Letter[]> {
  return letters(db, Prisma.sql`SELECT ${COLUMNS} FROM mail WHERE id = ANY(${[...ids]}::uuid[])`);
}

/** Claims at most so many waiting mails of a batch, and those whose worker died. */
export function claimBatch(db: Tx, batchId: string, most: number, now: Date, stale: Date): Promise<Letter[]> {
  return letters(
    db,
    Prisma.sql`
      UPDATE mail SET state = ${MAIL_TRANSITIONS.claim.to}::"MailState", claimed_at = ${now}, attempts = attempts + 1
      WHERE id IN (
        SELECT id FROM mail WHERE batch_id = ${batchId}::uuid AND state IN ('queued', 'sending') AND (
          (state = 'queued' AND (send_after IS NULL OR send_after <= ${now})) OR (state = 'sending' AND claimed_at < ${stale}))
        ORDER BY id LIMIT ${most} FOR UPDATE SKIP LOCKED)
      RETURNING ${COLUMNS}`,
  );
}

/**
 * Claims those of these mails that may go: they wait and are not held back, or whoever claimed them died. One statement
 * that commits itself.
 */
export function claimLetters(db: Tx, ids: readonly string[], now: Date, stale: Date): Promise<Letter[]> {
  return letters(
    db,
    Prisma.sql`
      UPDATE mail SET state = ${MAIL_TRANSITIONS.claim.to}::"MailState", claimed_at = ${now}, attempts = attempts + 1
      WHERE id = ANY(${[...ids]}::uuid[]) AND (
        (state = ANY(${[...MAIL_TRANSITIONS.claim.from]}::"MailState"[]) AND (send_after IS NULL OR send_after <= ${now})) OR (state = 'sending' AND claimed_at < ${stale}))
      RETURNING ${COLUMNS}`,
  );
}
