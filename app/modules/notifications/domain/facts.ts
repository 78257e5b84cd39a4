import type { Locale } from "~/generated/prisma/enums";
import type { Condition } from "./rule";

/** What was read about an event's subject, in the worker, for the catalogue's rules. Holds no contacts. */
export type Facts = {
  /** the office it belongs to, where no listing, case, deal or organisation tells */
  officeId: string | null;
  organisationId: string | null;
  listingId: string | null;
  /** the review a submission opened */
  reviewId: string | null;
  caseId: string | null;
  introductionId: string | null;
  interestId: string | null;
  sessionId: string | null;
  meetingId: string | null;
  dealId: string | null;
  /** a saved search */
  searchId: string | null;
  /** an outcome question */
  questionId: string | null;
  /** who took the step: knows of it already and is not told */
  doneById: string | null;
  /** the person the event is about */
  personId: string | null;
  /** who made the listing or founded the organisation */
  creatorId: string | null;
  /** the listing's or the organisation's broker, when one is set */
  brokerId: string | null;
  inviterId: string | null;
  invitee: { address: string; locale: Locale } | null;
  /** one-time link's id, from which token and calendar are made when the mail is written; of a meeting the participant's */
  linkId: string | null;
  conditions: ReadonlySet<Condition>;
  /**
   * words for the templates, in the reader's language; titles the reader may see, never contacts or a blind owner's name.
   * Hours are Vietnamese, with the reader's own beside them where their wall clock (`timeZone`) shows something else.
   */
  words: (locale: Locale, timeZone: string) => Record<string, string>;
};

export const NO_FACTS: Facts = {
  officeId: null,
  organisationId: null,
  listingId: null,
  reviewId: null,
  caseId: null,
  introductionId: null,
  interestId: null,
  sessionId: null,
  meetingId: null,
  dealId: null,
  searchId: null,
  questionId: null,
  doneById: null,
  personId: null,
  creatorId: null,
  brokerId: null,
  inviterId: null,
  invitee: null,
  linkId: null,
  conditions: new Set(),
  words: () => ({}),
};

/** The conditions that hold: `brokerId && "to-broker"`. */
export const conditions = (...list: (Condition | "" | false | null | undefined)[]): ReadonlySet<Condition> =>
  new Set(list.flatMap((one) => one || []));

/** A `date` column's value as people read it: dd/mm/yyyy. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10).split("-").reverse().join("/");

type Named = { nameVi: string; nameEn: string | null };

/** An organisation's name in the reader's language. */
export const nameIn = (named: Named | null | undefined, locale: Locale): string =>
  (locale === "en" ? named?.nameEn : null) ?? named?.nameVi ?? "";
