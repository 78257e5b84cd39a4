import type { Locale, MailState } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { readLetters } from "./letters.server";
import { type MailToSend, writeLetter, writeMail } from "./write-mail.server";

export type MailboxEntry = {
  id: string;
  to: string;
  subject: string;
  locale: Locale;
  state: MailState;
  createdAt: Date;
  /** held until then; null when it may go */
  heldUntil: Date | null;
};
export type MailboxMail = MailboxEntry & { messageId: string; lastError: string | null; written: MailToSend };

const NEWEST = 100;
const ENTRY = {
  id: true,
  kind: true,
  locale: true,
  toAddress: true,
  state: true,
  createdAt: true,
  sendAfter: true,
} as const;

/** Demo and tests only: outside of them the mailbox does not exist, whoever asks. */
function open(ctx: Ctx): boolean {
  return ctx.env.APP_MODE !== "production";
}

/** The newest outgoing mails, with subjects as their readers see them. */
export async function mailbox(ctx: Ctx): Promise<MailboxEntry[]> {
  if (!open(ctx)) return [];
  const rows = await ctx.db.mail.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: NEWEST,
    select: ENTRY,
  });
  const ids = rows.map((row) => row.id);
  const letters = new Map((await readLetters(ctx.db, ids)).map((letter) => [letter.id, letter]));
  const written = async (id: string) => {
    const letter = letters.get(id);
    return letter ? writeLetter(ctx, letter) : null;
  };
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      to: row.toAddress,
      subject: (await written(row.id))?.subject ?? row.kind,
      locale: row.locale,
      state: row.state,
      createdAt: row.createdAt,
      heldUntil: row.sendAfter,
    })),
  );
}

/** One mail, written out; null when there is none or the mailbox does not exist. */
export async function mailboxMail(ctx: Ctx, id: string): Promise<MailboxMail | null> {
  if (!open(ctx) || !isId(id)) return null;
  const row = await ctx.db.mail.findUnique({ where: { id }, select: { ...ENTRY, messageId: true, lastError: true } });
  const written = row && (await writeMail(ctx, row));
  if (!row || !written) return null;
  const { toAddress: to, locale, state, createdAt, sendAfter: heldUntil, messageId, lastError } = row;
  return { id, to, subject: written.subject, locale, state, createdAt, heldUntil, messageId, lastError, written };
}
