import type { Locale } from "~/generated/prisma/enums";
import type { Condition } from "./catalogue";

/** What was read about an event's subject, in the worker, for the catalogue's rules. Holds no contacts. */
export type Facts = {
  organisationId: string | null;
  listingId: string | null;
  /** the review a submission opened */
  reviewId: string | null;
  caseId: string | null;
  introductionId: string | null;
  /** the person the event is about */
  personId: string | null;
  /** who made the listing or founded the organisation */
  creatorId: string | null;
  /** the listing's or the organisation's broker, when one is set */
  brokerId: string | null;
  inviterId: string | null;
  invitee: { address: string; locale: Locale } | null;
  /** one-time link's id, from which the token is made when the mail is written */
  linkId: string | null;
  conditions: ReadonlySet<Condition>;
  /** words for the templates, in the reader's language; titles the reader may see, never contacts or a blind owner's name */
  words: (locale: Locale) => Record<string, string>;
};

export const NO_FACTS: Facts = {
  organisationId: null,
  listingId: null,
  reviewId: null,
  caseId: null,
  introductionId: null,
  personId: null,
  creatorId: null,
  brokerId: null,
  inviterId: null,
  invitee: null,
  linkId: null,
  conditions: new Set(),
  words: () => ({}),
};
