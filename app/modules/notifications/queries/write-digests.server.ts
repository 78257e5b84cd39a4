import { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { type DigestLine, renderDigest } from "../domain/render-digest";
import type { WrittenMail } from "../domain/render-mail";
import { stopToken } from "../stop-token.server";
import type { Letter } from "./letters.server";

/** More subjects than this are counted, not listed: the page has them. */
const SUBJECTS = 25;

type Row = DigestLine & { mailId: string; subjects: number; total: number };

/**
 * Reads what digests say, in one statement for all of them; each is written out when it is asked for, so that nothing
 * else waits until a hundred are written. The same subject and kind several times is one line with its
 * count and newest words; lines of one subject stand together, newest subject first.
 */
export async function writeDigests(ctx: Ctx, mails: readonly Letter[]): Promise<Map<string, () => WrittenMail>> {
  const ids = mails.map((mail) => mail.id);
  const rows = await ctx.db.$queryRaw<Row[]>(Prisma.sql`
      WITH lines AS (
        SELECT digest_mail_id, subject_kind, subject_id, kind, count(*)::int AS count, max(created_at) AS at,
          (array_agg(id ORDER BY created_at DESC, id DESC))[1] AS id
        FROM notice WHERE digest_mail_id = ANY(${ids}::uuid[]) GROUP BY 1, 2, 3, 4
      ), ranked AS (
        SELECT *, max(at) OVER subject AS newest, sum(count) OVER mail AS total FROM lines
        WINDOW subject AS (PARTITION BY digest_mail_id, subject_kind, subject_id), mail AS (PARTITION BY digest_mail_id)
      ), placed AS (
        SELECT *, dense_rank() OVER (PARTITION BY digest_mail_id ORDER BY newest DESC, subject_id) AS place FROM ranked
      )
      SELECT l.digest_mail_id AS "mailId", l.subject_id AS "subjectId", l.kind, l.count, l.at, l.total::int AS total,
        n.id, n.params
      FROM placed l JOIN notice n ON n.id = l.id
      WHERE l.place <= ${SUBJECTS} ORDER BY l.digest_mail_id, l.place, l.at DESC`);
  const byMail = new Map<string, Row[]>();
  for (const row of rows) {
    const lines = byMail.get(row.mailId);
    if (lines) lines.push(row);
    else byMail.set(row.mailId, [row]);
  }
  const written = new Map<string, () => WrittenMail>();
  for (const mail of mails) {
    const { id, personId, locale } = mail;
    const lines = byMail.get(id);
    if (!lines || !personId) continue;
    written.set(id, () =>
      renderDigest({
        locale,
        lines,
        total: lines[0]?.total ?? 0,
        readerName: mail.readerName,
        publicUrl: ctx.env.PUBLIC_URL,
        stopToken: stopToken(ctx.env, personId, "digest"),
        office: { name: (locale === "en" ? mail.officeEn : mail.officeVi) ?? "", phone: mail.officePhone },
      }),
    );
  }
  return written;
}
