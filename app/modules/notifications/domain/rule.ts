import type viMail from "~/locales/vi/mail.json";
import type viNotices from "~/locales/vi/notifications.json";
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
  /** every registrar of the Department */
  | "registrars"
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
  /** a question that is not about a listing */
  | "ask-search"
  | "approved"
  | "declined"
  /** the event is for one side of a case, meeting or deal, for its broker, for the registrars */
  | "to-side"
  | "to-broker"
  | "to-registrars"
  /** who receives or gives a case */
  | "receiver"
  | "giver"
  /** the reader's side still has to answer, confirm or accept */
  | "awaits-you"
  /** both sides have confirmed */
  | "both"
  /** a date of the Due table is running: the contract is to be registered */
  | "deadline"
  /** the registrar sent the file back */
  | "returned";

/** A key of the words: mails read `mail:templates`, notices `notifications:kinds`. A test asks for both where both are used. */
export type TemplateKey = keyof typeof viMail.templates | keyof typeof viNotices.kinds;

/** What a path may name; "-" where the subject has none. `token` stands for a one-time token made when the mail is written. */
export type PathIds = Record<
  | "organisationId"
  | "listingId"
  | "reviewId"
  | "caseId"
  | "introductionId"
  | "interestId"
  | "sessionId"
  | "meetingId"
  | "dealId"
  | "searchId"
  | "questionId"
  | "token",
  string
>;

export type Rule = {
  event: EventType;
  to: Audience;
  channels: readonly Channel[];
  template: TemplateKey;
  /** where the notice and the mail's button lead */
  path: (ids: PathIds) => string;
  /** all of these hold … */
  when?: Condition | readonly Condition[];
  /** … and this one does not */
  unless?: Condition;
  /** told once for this subject, however often the event comes */
  once?: true;
  /** goes out although the address is not confirmed yet */
  security?: true;
};

export const BOTH = ["page", "mail"] as const;
export const PAGE = ["page"] as const;
export const MAIL = ["mail"] as const;

/** Where notices and buttons lead. A one-time token's place is kept; the token is made when the mail is written. */
export const PATHS = {
  confirm: ({ token }) => `/confirm/${token}`,
  reset: ({ token }) => `/reset/${token}`,
  forgot: () => "/forgot",
  checkAddress: ({ token }) => `/mail/check/${token}`,
  account: () => "/account",
  invitation: ({ token }) => `/invitations/${token}`,
  organisation: ({ organisationId }) => `/organisations/${organisationId}`,
  verify: ({ organisationId }) => `/broker/organisations/${organisationId}`,
  review: ({ reviewId }) => `/broker/reviews/${reviewId}`,
  reviews: () => "/broker/reviews",
  approval: ({ listingId }) => `/my/listings/${listingId}/approval`,
  approvals: () => "/my/approvals",
  reconfirm: ({ token }) => `/listings/confirm/${token}`,
  myListings: () => "/my/listings",
  mine: ({ listingId }) => `/my/listings/${listingId}`,
  annexRoom: ({ listingId }) => `/my/listings/${listingId}/annex`,
  publicListing: ({ listingId }) => `/listings/${listingId}`,
  annex: ({ listingId }) => `/listings/${listingId}/annex`,
  matches: ({ listingId }) => `/my/listings/${listingId}/matches`,
  brokered: ({ listingId }) => `/broker/listings/${listingId}`,
  savedSearch: ({ searchId }) => `/account/searches/${searchId}`,
  interests: () => "/broker/interests",
  interest: ({ interestId }) => `/interests/${interestId}`,
  brokerCase: ({ caseId }) => `/broker/cases/${caseId}`,
  introduction: ({ introductionId }) => `/introductions/${introductionId}`,
  answer: ({ token }) => `/introductions/answer/${token}`,
  session: ({ sessionId }) => `/broker/sessions/${sessionId}`,
  meeting: ({ meetingId }) => `/meetings/${meetingId}`,
  brokerMeeting: ({ meetingId }) => `/broker/meetings/${meetingId}`,
  writeMinutes: ({ meetingId }) => `/broker/meetings/${meetingId}/minutes`,
  answerMeeting: ({ token }) => `/meetings/answer/${token}`,
  answerMinutes: ({ token }) => `/minutes/answer/${token}`,
  deal: ({ dealId }) => `/deals/${dealId}`,
  outcome: ({ questionId }) => `/outcomes/${questionId}`,
  outcomes: () => "/broker/outcomes",
  answerOutcome: ({ token }) => `/outcomes/answer/${token}`,
} satisfies Record<string, Rule["path"]>;
