import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import type { Tx } from "~/platform/db/client.server";

export type NewNotice = {
  id: string;
  eventId: string;
  personId: string;
  kind: string;
  subjectKind: string;
  subjectId: string;
  params: Prisma.InputJsonObject;
  createdAt: Date;
  digestDueAt?: Date;
};
export type NewMail = {
  id: string;
  dedupeKey: string;
  personId: string | null;
  toAddress: string;
  kind: string;
  locale: Locale;
  subjectKind: string;
  subjectId: string;
  params: Prisma.InputJsonObject;
  messageId: string;
  createdAt: Date;
  sendAfter: Date | null;
  requestId: string | null;
};

/**
 * Keeps notices and mails that are not there yet, tells open pages of the notices (platform/signal), and notes that this
 * job of the events is done: one statement, whatever their number. Unique keys keep every row single.
 * @returns ids of the mails that were not there
 */
export async function keepTold(
  tx: Tx,
  notices: readonly NewNotice[],
  mails: readonly NewMail[],
  { job, eventIds }: { job: string; eventIds: readonly string[] },
): Promise<string[]> {
  // no condition on `waiting`: a row that the relay holds would be passed over with what it held before
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH told AS (
      INSERT INTO notice (id, event_id, person_id, kind, subject_kind, subject_id, params, created_at, digest_due_at)
      SELECT "id", "eventId", "personId", "kind", "subjectKind", "subjectId", "params", "createdAt", "digestDueAt"
      FROM jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) AS n ("id" uuid, "eventId" uuid, "personId" uuid,
        "kind" text, "subjectKind" text, "subjectId" uuid, "params" jsonb, "createdAt" timestamptz, "digestDueAt" timestamptz)
      ON CONFLICT DO NOTHING
    ), written AS (
      INSERT INTO mail (id, dedupe_key, person_id, to_address, kind, locale, subject_kind, subject_id, params, message_id,
        created_at, send_after, request_id)
      SELECT "id", "dedupeKey", "personId", "toAddress", "kind", "locale"::"Locale", "subjectKind", "subjectId", "params",
        "messageId", "createdAt", "sendAfter", "requestId"
      FROM jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) AS m ("id" uuid, "dedupeKey" text, "personId" uuid,
        "toAddress" text, "kind" text, "locale" text, "subjectKind" text, "subjectId" uuid, "params" jsonb,
        "messageId" text, "createdAt" timestamptz, "sendAfter" timestamptz, "requestId" text)
      ON CONFLICT DO NOTHING RETURNING id
    ), done AS (
      UPDATE outbox_event SET waiting = array_remove(waiting, ${job}) WHERE id = ANY(${[...eventIds].sort()}::uuid[])
    ), said AS (
      SELECT count(pg_notify('notices', person)) FROM unnest(${[...new Set(notices.map((one) => one.personId))]}::text[]) AS person
    )
    SELECT id FROM written, said`;
  return rows.map((row) => row.id);
}
