export type OutgoingMail = {
  messageId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers?: Record<string, string>;
};
/** `temporary`: the server may take it later (4xx, connection lost). Otherwise it never will (5xx). */
export type MailOutcome =
  | { accepted: true; response: string }
  | { accepted: false; temporary: boolean; code: string; response: string };

/** Hands one mail to a mail server. Never throws for what a server said; throws for programming mistakes only. */
export interface MailPort {
  send(mail: OutgoingMail): Promise<MailOutcome>;
  close(): Promise<void>;
}
