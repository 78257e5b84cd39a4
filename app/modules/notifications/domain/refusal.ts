/** A server's answer to a mail it did not take. */
export type Refusal = { code: string; status?: string | undefined; atRecipient?: boolean | undefined };

/** Codes that speak of the recipient's address (RFC 3463 §3.2, §3.3): no such mailbox, system or syntax; moved; disabled. */
const OF_ADDRESS = new Set(["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"]);
/** Replies to RCPT that usually mean the same, from servers without enhanced codes. */
const PERHAPS = new Set(["550", "551", "553"]);

/**
 * Does a permanent refusal mean that the address is no good? "perhaps": the server gave no enhanced status; only its
 * second refusal counts. Full mailboxes, policy and spam are about this mail or this day, not about the address.
 */
export function refusesAddress({ code, status, atRecipient }: Refusal): "yes" | "perhaps" | "no" {
  if (status) return OF_ADDRESS.has(status) ? "yes" : "no";
  return atRecipient && PERHAPS.has(code) ? "perhaps" : "no";
}
