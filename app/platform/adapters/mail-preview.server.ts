import type { MailPort } from "../ports/mail";
import { composeMessage } from "./mail-message.server";

const KEPT = 100;

export type KeptMail = { messageId: string; to: string; source: Buffer };
/** The newest mails as a mail server would have received them, oldest first; gone with the process. */
export type MailPreview = MailPort & { kept(): readonly KeptMail[] };

/**
 * Demo without a mail server: writes every message out, accepts it and sends nothing. The page /dev/mailbox reads the
 * mail rows themselves, so that it shows mails of every process.
 */
export function createMailPreview(): MailPreview {
  const kept: KeptMail[] = [];
  return {
    async send(mail, _signal, accepted) {
      kept.push({ messageId: mail.messageId, to: mail.to, source: composeMessage(mail) });
      if (kept.length > KEPT) kept.shift();
      await accepted?.();
      return { accepted: true, response: `250 kept for the mailbox page ${mail.messageId}` };
    },
    kept: () => kept,
    cut: () => {},
    close: async () => {},
  };
}
