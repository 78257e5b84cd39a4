/** An iTIP message (RFC 5546) that mail programs offer to put into the calendar. `filename` holds no name of anybody. */
export type MailCalendar = { method: "REQUEST" | "CANCEL" | "PUBLISH"; text: string; filename: string };

export type OutgoingMail = {
  messageId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers?: Record<string, string>;
  /** one of many that nobody waits for: it goes over connections of its own */
  bulk?: boolean;
  /** carried twice: as an alternative of the text, which programs act on, and as a file, which everybody can open */
  calendar?: MailCalendar;
};
/** `temporary`: the server may take it later (4xx, connection lost). Otherwise it never will (5xx). */
export type MailOutcome =
  | { accepted: true; response: string }
  | {
      accepted: false;
      temporary: boolean;
      code: string;
      response: string;
      /** enhanced status (RFC 3463) where the server gave one */
      status?: string;
      /** said of the recipient, not of the mail */
      atRecipient?: boolean;
      /** nobody was asked: the recipient's domain has had enough for now */
      retryAfterMs?: number;
    };

/** Hands one mail to a mail server. Never throws for what a server said; throws for programming mistakes only. */
export interface MailPort {
  /**
   * `signal` cuts the connection of this mail: a temporary outcome, though the server may have taken it just before.
   * `accepted` is run once the server took the mail, and its connection takes no other before that ends: there it is marked,
   * so that never more mails than connections are taken and not marked yet. What it throws is thrown.
   */
  send(mail: OutgoingMail, signal?: AbortSignal, accepted?: () => Promise<unknown>): Promise<MailOutcome>;
  /** Cuts every mail that is still on its way, as a temporary outcome; nothing is sent afterwards. */
  cut(): void;
  close(): Promise<void>;
}
