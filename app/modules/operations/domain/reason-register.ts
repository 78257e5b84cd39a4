import type { Locale } from "~/generated/prisma/enums";
import enAccounts from "~/locales/en/accounts.json";
import enBrokering from "~/locales/en/brokering.json";
import enDeals from "~/locales/en/deals.json";
import enDuplicates from "~/locales/en/duplicates.json";
import enListings from "~/locales/en/listings.json";
import enMatching from "~/locales/en/matching.json";
import enSessions from "~/locales/en/sessions.json";
import viAccounts from "~/locales/vi/accounts.json";
import viBrokering from "~/locales/vi/brokering.json";
import viDeals from "~/locales/vi/deals.json";
import viDuplicates from "~/locales/vi/duplicates.json";
import viListings from "~/locales/vi/listings.json";
import viMatching from "~/locales/vi/matching.json";
import viSessions from "~/locales/vi/sessions.json";
import { CLAIM_REASONS, ORGANISATION_REASONS } from "~/modules/accounts/schemas";
import { CLOSE_REASONS, DECLINE_REASONS } from "~/modules/brokering/schemas";
import { LOSE_REASONS, PAUSE_REASONS, RETURN_REASONS, TERMINATE_REASONS } from "~/modules/deals/schemas";
import { CHANGE_REASONS, DISTINCT_REASONS, DUPLICATE_REASONS, REJECT_REASONS } from "~/modules/listings/schemas";
import { DISMISS_REASONS } from "~/modules/matching/schemas";
import { CANCEL_REASONS, MEETING_DECLINE_REASONS } from "~/modules/sessions/schemas";
import { REASON_LISTS, type ReasonList } from "~/platform/lists/reason-lists";

/** Reasons as each context supplies them, in their order. */
export const SUPPLIED: Record<ReasonList, readonly string[]> = {
  "review.change": CHANGE_REASONS,
  "review.reject": REJECT_REASONS,
  "duplicate.distinct": DISTINCT_REASONS,
  "duplicate.same": DUPLICATE_REASONS,
  "match.dismiss": DISMISS_REASONS,
  "organisation.reject": ORGANISATION_REASONS,
  "claim.reject": CLAIM_REASONS,
  "introduction.decline": DECLINE_REASONS,
  "case.close": CLOSE_REASONS,
  "meeting.decline": MEETING_DECLINE_REASONS,
  "meeting.cancel": CANCEL_REASONS,
  "deal.pause": PAUSE_REASONS,
  "deal.lose": LOSE_REASONS,
  "deal.terminate": TERMINATE_REASONS,
  "registration.return": RETURN_REASONS,
};

type Labels = Record<string, string>;
const WORDS: Record<(typeof REASON_LISTS)[ReasonList], Record<Locale, Labels>> = {
  "listings/reason": { vi: viListings.reason, en: enListings.reason },
  "duplicates/reason": { vi: viDuplicates.reason, en: enDuplicates.reason },
  "matching/reason": { vi: viMatching.reason, en: enMatching.reason },
  "accounts/reason": { vi: viAccounts.reason, en: enAccounts.reason },
  "brokering/declineReason": { vi: viBrokering.declineReason, en: enBrokering.declineReason },
  "brokering/closeReason": { vi: viBrokering.closeReason, en: enBrokering.closeReason },
  "sessions/declineReason": { vi: viSessions.declineReason, en: enSessions.declineReason },
  "sessions/cancelReason": { vi: viSessions.cancelReason, en: enSessions.cancelReason },
  "deals/reason": { vi: viDeals.reason, en: enDeals.reason },
  "deals/returnReason": { vi: viDeals.returnReason, en: enDeals.returnReason },
};

/** What a reason is called as supplied. */
export const suppliedLabel = (list: ReasonList, code: string, locale: Locale): string =>
  WORDS[REASON_LISTS[list]][locale][code] ?? code;

/** A code out of a label: "Không có kinh phí" → "khong_co_kinh_phi". */
export const codeOf = (folded: string): string =>
  folded
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, 36) || "reason";
