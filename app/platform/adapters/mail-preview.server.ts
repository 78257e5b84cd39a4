import type { MailPort } from "../ports/mail";

/** Demo without a mail server: accepts everything and sends nothing. The mail rows themselves are shown at /dev/mailbox. */
export function createMailPreview(): MailPort {
  return {
    send: async (mail) => ({ accepted: true, response: `250 kept for the mailbox page ${mail.messageId}` }),
    close: async () => {},
  };
}
