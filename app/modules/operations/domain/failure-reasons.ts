/** Families of failures that call for the same next step. Each has its words in the locale files (operate:reason.*). */
export const REASONS = [
  "mail-auth",
  "mail-unreachable",
  "mail-recipient",
  "mail-refused",
  "mail-later",
  "mail-stuck",
  "database",
  "search",
  "stalled",
  "program",
] as const;
export type Reason = (typeof REASONS)[number];

const SMTP_AUTH = new Set(["EAUTH", "ENOAUTH", "EOAUTH2", "530", "534", "535", "538"]);
const SMTP_AWAY = new Set([
  "ECONNECTION",
  "ETIMEDOUT",
  "ESOCKET",
  "EDNS",
  "ETLS",
  "EPROTOCOL",
  "ECONNREFUSED",
  "ECONNRESET",
  "EMAXLIMIT",
]);
/** The address does not exist, takes nothing, or is no address (RFC 5321 §4.2.3). */
const SMTP_RECIPIENT = new Set(["550", "551", "552", "553", "EENVELOPE", "EBOUNCE", "suppressed"]);

/** What the code of a job that was given up means to who looks after the exchange. */
export function reasonOfJob(code: string): Reason {
  if (code === "mail.temporary" || code === "mail.claimed") return "mail-later";
  if (code === "mail.refused") return "mail-refused";
  if (code.startsWith("search")) return "search";
  if (code === "stalled" || code === "job.timeout" || code === "timeout") return "stalled";
  if (/^(P1\d{3}|P20(24|28|34)|57P0\d|40001|40P01|53\d{3}|ECONN|ETIMEDOUT)/.test(code)) return "database";
  return "program";
}

/** What the last answer of a mail server means; `lastError` is "<code> <what the server said>". */
export function reasonOfMail(lastError: string | null): Reason {
  const code = (lastError ?? "").split(" ", 1)[0] ?? "";
  if (SMTP_AUTH.has(code)) return "mail-auth";
  if (SMTP_AWAY.has(code)) return "mail-unreachable";
  if (SMTP_RECIPIENT.has(code)) return "mail-recipient";
  if (/^4\d\d$/.test(code)) return "mail-later";
  if (/^5\d\d$/.test(code)) return "mail-refused";
  return lastError?.startsWith("given up after") ? "mail-stuck" : "program";
}
