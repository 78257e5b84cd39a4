import { v5 } from "uuid";

/** Namespace of ids that derive from words (RFC 9562 §5.5). */
const NAMESPACE = "0199a0c0-6e1f-7c5e-9d3a-5d1b7c2e4f60";

/** The event id of a notice told once per subject: the same however often the event comes. */
export function onceId(template: string, subjectId: string): string {
  return v5(`${template}:${subjectId}`, NAMESPACE);
}

/** One mail per event (or subject, when told once) and recipient. Never holds an address. */
export function mailKey(eventId: string, recipient: string): string {
  return `${eventId}:${recipient}`;
}

/** RFC 5322 Message-ID of a mail: stable over every attempt. The domain is that of the sender's address. */
export function messageIdOf(mailId: string, mailFrom: string): string {
  const domain = /@([^\s>]+)/.exec(mailFrom)?.[1] ?? "cungcau.invalid";
  return `<${mailId}@${domain}>`;
}

/** A mail's job: its id derives from the mail, without ":" (BullMQ). */
export const deliverJobId = (mailId: string): string => `deliver-mail.${mailId}`;

/** Kind of a mail that gathers notices. */
export const DIGEST = "digest";

/** One digest per person and period; a period is named by the moment at which it ends. */
export const digestKey = (personId: string, dueAt: Date): string => `${DIGEST}.${dueAt.getTime()}:${personId}`;
