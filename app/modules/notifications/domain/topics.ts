import type { MailMode } from "~/generated/prisma/enums";
import type { TemplateKey } from "./rule";

/** What a person may choose about, in the order of the page. */
export const TOPICS = [
  "organisation",
  "listings",
  "matches",
  "searches",
  "introductions",
  "sessions",
  "deals",
  "outcomes",
  "work",
  "work-news",
] as const;
export type Topic = (typeof TOPICS)[number];

/** Topics of the Department's staff: nobody else is told of them, so nobody else is asked. */
export const STAFF_TOPICS: readonly Topic[] = ["work", "work-news"];

/** How often mails come while a person has chosen nothing: what waits for an answer must not wait for a digest. */
export const DEFAULT_MODE: Record<Topic, MailMode> = {
  organisation: "immediate",
  listings: "immediate",
  matches: "immediate",
  searches: "immediate",
  introductions: "immediate",
  sessions: "immediate",
  deals: "immediate",
  outcomes: "immediate",
  work: "immediate",
  "work-news": "immediate",
};

/** The topic of every template; "security" is sent whatever somebody chose. A template without a topic does not compile. */
export const TOPIC_OF: Record<TemplateKey, Topic | "security"> = {
  "confirm-email": "security",
  "reset-password": "security",
  "password-changed": "security",
  invitation: "security",
  "address-check": "security",

  "organisation-verified": "organisation",
  "organisation-rejected": "organisation",
  "claim-approved": "organisation",
  "claim-rejected": "organisation",
  "membership-requested": "organisation",
  "membership-approved": "organisation",
  "membership-declined": "organisation",
  "invitation-accepted": "organisation",

  "listing-published": "listings",
  "listing-changes-requested": "listings",
  "trl-confirmed": "listings",
  "listing-rejected": "listings",
  "listing-expired": "listings",
  "listing-to-confirm": "listings",
  "import-to-confirm": "listings",
  "listing-reconfirm": "listings",
  "listing-hidden": "listings",

  "approval-asked": "listings",
  "approvals-asked": "listings",
  "approval-given": "listings",
  "approval-declined": "listings",

  "annex-requested": "listings",
  "annex-granted": "listings",
  "annex-declined": "listings",
  "annex-opened": "listings",
  "annex-closed": "listings",

  "first-matches": "matches",
  "match-shortlisted": "matches",
  "interest-received": "matches",
  "interest-answered": "matches",
  "search-question-answered": "matches",

  "search-found": "searches",

  "case-opened": "introductions",
  "case-closed": "introductions",
  "introduction-proposed": "introductions",
  "introduction-reminder": "introductions",
  "introduction-recorded": "introductions",
  "introduction-accepted": "introductions",
  "introduction-declined": "introductions",
  "introduction-expired": "introductions",
  "introduction-withdrawn": "introductions",

  "meeting-invited": "sessions",
  "meeting-moved": "sessions",
  "meeting-changed": "sessions",
  "meeting-cancelled": "sessions",
  "meeting-answer-recorded": "sessions",
  "meeting-reminder": "sessions",
  "meeting-reminder-answer": "sessions",
  "meeting-soon": "sessions",
  "minutes-to-confirm": "sessions",
  "minutes-confirmed": "sessions",
  "step-due": "sessions",

  "deal-opened": "deals",
  "deal-moved": "deals",
  "deal-returned": "deals",
  "deal-returned-open": "deals",
  "deal-signed-register": "deals",
  "deal-signed": "deals",
  "deal-filed": "deals",
  "deal-registered": "deals",
  "deal-acceptance-asked": "deals",
  "deal-acceptance-recorded": "deals",
  "deal-accepted": "deals",
  "deal-liquidated": "deals",
  "deal-paused": "deals",
  "deal-resumed": "deals",
  "deal-lost": "deals",
  "deal-terminated": "deals",
  "deal-registration-reminder": "deals",
  "deal-milestone-reminder": "deals",
  "deal-royalty-reminder": "deals",

  "outcome-asked": "outcomes",

  "organisation-submitted": "work",
  "claim-submitted": "work",
  "listing-to-review": "work",
  "import-to-review": "work",
  "import-on-behalf-to-review": "work",
  "interest-to-handle": "work",
  "question-to-answer": "work",
  "search-question": "work",
  "case-received": "work",
  "deal-received": "work",
  "session-received": "work",
  "introduction-due-today": "work",
  "introduction-not-agreed": "work",
  "introduction-ran-out": "work",
  "meeting-declined": "work",
  "minutes-disputed": "work",
  "step-due-for-you": "work",
  "deal-to-register": "work",
  "deal-file-to-process": "work",
  "deal-registration-due": "work",
  "deal-milestone-due": "work",
  "deal-royalty-due": "work",
  "outcome-conflict": "work",
  "due-overdue": "work",
  "interest-overdue": "work",
  "search-question-overdue": "work",
  "minutes-overdue": "work",
  "outcome-overdue": "work",

  "listing-withdrawn": "work-news",
  "deal-given": "work-news",
  "session-given": "work-news",
  "listing-hidden-brokered": "work-news",
  "listing-confirmed": "work-news",
  "case-given": "work-news",
  "case-closed-for-you": "work-news",
  "introduction-answered": "work-news",
  "introduction-both-agreed": "work-news",
  "introduction-taken-back": "work-news",
  "meeting-confirmed": "work-news",
  "minutes-one-confirmed": "work-news",
  "minutes-both-confirmed": "work-news",
  "deal-news": "work-news",
  "outcome-answered": "work-news",
};

/** Worth nothing in a digest, which comes later than what they speak of: whoever reads digests finds them on the page. */
export const TIMELY: ReadonlySet<string> = new Set<TemplateKey>(["meeting-soon"]);

export function isTopic(value: string): value is Topic {
  return TOPICS.some((topic) => topic === value);
}

/** The topic of a stored kind; one that no longer exists counts as security, so that it is never stopped by mistake. */
export function topicOf(kind: string): Topic | "security" {
  return Object.hasOwn(TOPIC_OF, kind) ? TOPIC_OF[kind as TemplateKey] : "security";
}

/** All kinds of a topic. */
export function kindsOf(topic: Topic): string[] {
  return Object.entries(TOPIC_OF).flatMap(([kind, of]) => (of === topic ? [kind] : []));
}
