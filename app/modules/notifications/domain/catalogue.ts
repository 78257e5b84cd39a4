import type { EventType } from "~/platform/events";

/** Who is told. Resolved to people in the worker, when the job runs (queries/resolve-audience.server.ts). */
export type Audience =
  /** the person the event is about: who signed up, claimed, asked to join, asked a question */
  | "person"
  /** active members of the subject's organisation; of a listing without one, the person who made it */
  | "owners"
  | "managers"
  /** every broker of the Department */
  | "brokers"
  /** the broker who looks after the listing or the organisation, else the Department's first */
  | "responsible-broker"
  | "inviter"
  /** an address, perhaps without a person behind it yet */
  | "invitee";

export type Channel = "page" | "mail";

/** What a rule may ask about the subject before anyone is told. */
export type Condition =
  | "has-matches"
  | "other-side-visible"
  | "can-solve"
  | "ask-broker"
  | "approved"
  | "declined"
  /** the event is for one side of a case or introduction, for its broker, for who receives or gives a case */
  | "to-side"
  | "to-broker"
  | "receiver"
  | "giver";

export type TemplateKey =
  | "confirm-email"
  | "reset-password"
  | "password-changed"
  | "organisation-submitted"
  | "organisation-verified"
  | "organisation-rejected"
  | "claim-submitted"
  | "claim-approved"
  | "claim-rejected"
  | "membership-requested"
  | "membership-approved"
  | "membership-declined"
  | "invitation"
  | "invitation-accepted"
  | "listing-to-review"
  | "listing-published"
  | "listing-changes-requested"
  | "listing-rejected"
  | "listing-withdrawn"
  | "listing-expired"
  | "listing-to-confirm"
  | "listing-confirmed"
  | "first-matches"
  | "match-shortlisted"
  | "interest-to-handle"
  | "question-to-answer"
  | "interest-received"
  | "interest-answered"
  | "due-overdue"
  | "case-opened"
  | "case-received"
  | "case-given"
  | "case-closed"
  | "case-closed-for-you"
  | "introduction-proposed"
  | "introduction-reminder"
  | "introduction-recorded"
  | "introduction-answered"
  | "introduction-accepted"
  | "introduction-both-agreed"
  | "introduction-declined"
  | "introduction-not-agreed"
  | "introduction-expired"
  | "introduction-ran-out"
  | "introduction-withdrawn"
  | "introduction-taken-back"
  | "introduction-due-today";

export type Rule = {
  event: EventType;
  to: Audience;
  channels: readonly Channel[];
  template: TemplateKey;
  /** where the notice and the mail's button lead; `token` stands for a one-time token made when the mail is written */
  path: (ids: {
    organisationId: string;
    listingId: string;
    reviewId: string;
    caseId: string;
    introductionId: string;
    token: string;
  }) => string;
  when?: Condition;
  /** told once for this subject, however often the event comes */
  once?: true;
  /** goes out although the address is not confirmed yet */
  security?: true;
};

const BOTH = ["page", "mail"] as const;
const PAGE = ["page"] as const;
const MAIL = ["mail"] as const;

/** Where notices and buttons lead. A one-time token's place is kept; the token is made when the mail is written. */
const PATHS = {
  confirm: ({ token }) => `/confirm/${token}`,
  reset: ({ token }) => `/reset/${token}`,
  forgot: () => "/forgot",
  account: () => "/account",
  invitation: ({ token }) => `/invitations/${token}`,
  organisation: ({ organisationId }) => `/organisations/${organisationId}`,
  verify: ({ organisationId }) => `/broker/organisations/${organisationId}`,
  review: ({ reviewId }) => `/broker/reviews/${reviewId}`,
  mine: ({ listingId }) => `/my/listings/${listingId}`,
  matches: ({ listingId }) => `/my/listings/${listingId}/matches`,
  brokered: ({ listingId }) => `/broker/listings/${listingId}`,
  interests: () => "/broker/interests",
  notices: () => "/notices",
  brokerCase: ({ caseId }) => `/broker/cases/${caseId}`,
  introduction: ({ introductionId }) => `/introductions/${introductionId}`,
  answer: ({ token }) => `/introductions/answer/${token}`,
} satisfies Record<string, Rule["path"]>;

/**
 * The whole catalogue as data: event → who is told → how → which words. A person hit by several rules of one event is
 * told by the first that reaches them on each channel. Events without a row concern no person.
 */
// biome-ignore format: one rule a line reads as the table it is
export const CATALOGUE: readonly Rule[] = [
  { event: "person.signed-up", to: "person", channels: MAIL, template: "confirm-email", security: true, path: PATHS.confirm },
  { event: "person.confirmation-requested", to: "person", channels: MAIL, template: "confirm-email", security: true, path: PATHS.confirm },
  { event: "person.reset-requested", to: "person", channels: MAIL, template: "reset-password", security: true, path: PATHS.reset },
  { event: "person.password-changed", to: "person", channels: MAIL, template: "password-changed", security: true, path: PATHS.forgot },

  { event: "organisation.submitted", to: "responsible-broker", channels: BOTH, template: "organisation-submitted", path: PATHS.verify },
  { event: "organisation.submitted", to: "brokers", channels: PAGE, template: "organisation-submitted", path: PATHS.verify },
  { event: "organisation.verified", to: "owners", channels: BOTH, template: "organisation-verified", path: PATHS.organisation },
  { event: "organisation.rejected", to: "owners", channels: BOTH, template: "organisation-rejected", path: PATHS.organisation },
  { event: "claim.submitted", to: "responsible-broker", channels: BOTH, template: "claim-submitted", path: PATHS.verify },
  { event: "claim.submitted", to: "brokers", channels: PAGE, template: "claim-submitted", path: PATHS.verify },
  { event: "claim.decided", to: "person", channels: BOTH, template: "claim-approved", when: "approved", path: PATHS.organisation },
  { event: "claim.decided", to: "person", channels: BOTH, template: "claim-rejected", when: "declined", path: PATHS.account },
  { event: "membership.requested", to: "managers", channels: BOTH, template: "membership-requested", path: PATHS.organisation },
  { event: "membership.decided", to: "person", channels: BOTH, template: "membership-approved", when: "approved", path: PATHS.organisation },
  { event: "membership.decided", to: "person", channels: BOTH, template: "membership-declined", when: "declined", path: PATHS.account },
  { event: "invitation.sent", to: "invitee", channels: MAIL, template: "invitation", security: true, path: PATHS.invitation },
  { event: "invitation.accepted", to: "inviter", channels: PAGE, template: "invitation-accepted", path: PATHS.organisation },

  { event: "listing.submitted", to: "responsible-broker", channels: BOTH, template: "listing-to-review", path: PATHS.review },
  { event: "listing.submitted", to: "brokers", channels: PAGE, template: "listing-to-review", path: PATHS.review },
  { event: "listing.published", to: "owners", channels: BOTH, template: "listing-published", path: PATHS.mine },
  { event: "listing.changes-requested", to: "owners", channels: BOTH, template: "listing-changes-requested", path: PATHS.mine },
  { event: "listing.rejected", to: "owners", channels: BOTH, template: "listing-rejected", path: PATHS.mine },
  { event: "listing.withdrawn", to: "responsible-broker", channels: PAGE, template: "listing-withdrawn", path: PATHS.brokered },
  { event: "listing.expired", to: "owners", channels: BOTH, template: "listing-expired", path: PATHS.mine },
  { event: "listing.posted-on-behalf", to: "owners", channels: BOTH, template: "listing-to-confirm", path: PATHS.mine },
  { event: "listing.on-behalf-confirmed", to: "responsible-broker", channels: PAGE, template: "listing-confirmed", path: PATHS.brokered },

  { event: "matches.computed", to: "owners", channels: BOTH, template: "first-matches", when: "has-matches", once: true, path: PATHS.matches },
  { event: "match.shortlisted", to: "owners", channels: PAGE, template: "match-shortlisted", when: "other-side-visible", path: PATHS.matches },
  { event: "interest.expressed", to: "responsible-broker", channels: BOTH, template: "interest-to-handle", when: "can-solve", path: PATHS.interests },
  { event: "interest.expressed", to: "responsible-broker", channels: BOTH, template: "question-to-answer", when: "ask-broker", path: PATHS.interests },
  { event: "interest.expressed", to: "owners", channels: BOTH, template: "interest-received", when: "can-solve", path: PATHS.mine },
  { event: "interest.answered", to: "person", channels: BOTH, template: "interest-answered", path: PATHS.notices },

  // one event per group of readers: each side in its own words, the mail with a one-tap link, the broker by the case
  { event: "case.opened", to: "owners", channels: PAGE, template: "case-opened", when: "to-side", path: PATHS.mine },
  { event: "case.handed-over", to: "person", channels: BOTH, template: "case-received", when: "receiver", path: PATHS.brokerCase },
  { event: "case.handed-over", to: "person", channels: BOTH, template: "case-given", when: "giver", path: PATHS.brokerCase },
  { event: "case.closed", to: "owners", channels: PAGE, template: "case-closed", when: "to-side", path: PATHS.mine },
  { event: "case.closed", to: "person", channels: BOTH, template: "case-closed-for-you", when: "receiver", path: PATHS.brokerCase },
  { event: "introduction.proposed", to: "owners", channels: PAGE, template: "introduction-proposed", when: "to-side", path: PATHS.introduction },
  { event: "introduction.proposed", to: "owners", channels: MAIL, template: "introduction-proposed", when: "to-side", path: PATHS.answer },
  { event: "introduction.reminder-due", to: "owners", channels: PAGE, template: "introduction-reminder", when: "to-side", path: PATHS.introduction },
  { event: "introduction.reminder-due", to: "owners", channels: MAIL, template: "introduction-reminder", when: "to-side", path: PATHS.answer },
  { event: "introduction.escalated", to: "responsible-broker", channels: BOTH, template: "introduction-due-today", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.side-answered", to: "owners", channels: BOTH, template: "introduction-recorded", when: "to-side", path: PATHS.introduction },
  { event: "introduction.side-answered", to: "responsible-broker", channels: BOTH, template: "introduction-answered", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.accepted", to: "owners", channels: BOTH, template: "introduction-accepted", when: "to-side", path: PATHS.introduction },
  { event: "introduction.accepted", to: "responsible-broker", channels: BOTH, template: "introduction-both-agreed", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.declined", to: "owners", channels: BOTH, template: "introduction-declined", when: "to-side", path: PATHS.introduction },
  { event: "introduction.declined", to: "responsible-broker", channels: BOTH, template: "introduction-not-agreed", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.expired", to: "owners", channels: BOTH, template: "introduction-expired", when: "to-side", path: PATHS.introduction },
  { event: "introduction.expired", to: "responsible-broker", channels: BOTH, template: "introduction-ran-out", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.withdrawn", to: "owners", channels: BOTH, template: "introduction-withdrawn", when: "to-side", path: PATHS.introduction },
  { event: "introduction.withdrawn", to: "responsible-broker", channels: BOTH, template: "introduction-taken-back", when: "to-broker", path: PATHS.brokerCase },
];

/** Events that tell nobody, on purpose; a test keeps catalogue and this list complete against platform/events.ts. */
export const SILENT: readonly EventType[] = ["match.dismissed", "dead-letter.replayed"];
