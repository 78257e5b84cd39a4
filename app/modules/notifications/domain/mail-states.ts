import type { MailState } from "~/generated/prisma/enums";

/**
 * The life of an outgoing mail. `claim` also takes over a mail whose claim is older than MAIL_TAKEOVER_MS: the worker
 * that held it died, perhaps after the server had accepted it; the second copy then carries the same Message-ID.
 */
export const MAIL_TRANSITIONS = {
  claim: { from: ["queued"], to: "sending" },
  accepted: { from: ["sending", "queued"], to: "sent" },
  /** the server may take it later */
  postpone: { from: ["sending"], to: "queued" },
  refuse: { from: ["sending"], to: "failed" },
  /** its reader wants no such mails any more, while it is held back */
  stop: { from: ["queued"], to: "failed" },
  /** a person replays it from the dead letters */
  replay: { from: ["failed"], to: "queued" },
} as const satisfies Record<string, { from: MailState[]; to: MailState }>;

/** A mail claimed this often without ever being accepted is given up: something kills the worker that sends it. */
export const MAX_CLAIMS = 30;
