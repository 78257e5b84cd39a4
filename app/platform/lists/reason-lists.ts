/** Lists of coded reasons, and where their words are: namespace and key of the texts. Lists of the same words share them. */
export const REASON_LISTS = {
  "review.change": "listings/reason",
  "review.reject": "listings/reason",
  "duplicate.distinct": "duplicates/reason",
  "duplicate.same": "duplicates/reason",
  "match.dismiss": "matching/reason",
  "organisation.reject": "accounts/reason",
  "claim.reject": "accounts/reason",
  "introduction.decline": "brokering/declineReason",
  "case.close": "brokering/closeReason",
  "meeting.decline": "sessions/declineReason",
  "meeting.cancel": "sessions/cancelReason",
  "deal.pause": "deals/reason",
  "deal.lose": "deals/reason",
  "deal.terminate": "deals/reason",
  "registration.return": "deals/returnReason",
} as const;
export type ReasonList = keyof typeof REASON_LISTS;
export const REASON_LIST_NAMES = Object.keys(REASON_LISTS) as ReasonList[];

/** Takes anything that wants explaining, and so a note: it always stands. */
export const CATCH_ALL = "other";

/** What administrators said of a reason; those without are as supplied. */
export type ReasonRow = { list: string; code: string; position: number; retired: boolean };

/** A supplied reason's place, until somebody moves it. */
export const suppliedPosition = (at: number): number => (at + 1) * 10;

type Placed = { code: string; position: number; retired: boolean };

/** All reasons of a list in their order, those out of use too. */
export function reasonsOf(list: ReasonList, supplied: readonly string[], rows: readonly ReasonRow[]): Placed[] {
  const own = rows.filter((row) => row.list === list);
  const known = new Map(own.map((row) => [row.code, row]));
  const all = [
    ...supplied.map((code, at) => known.get(code) ?? { code, position: suppliedPosition(at), retired: false }),
    ...own.filter(({ code }) => !supplied.includes(code)),
  ];
  return all
    .map(({ code, position, retired }) => ({ code, position, retired }))
    .sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1));
}

/** The reasons one can choose, in their order. */
export const reasonsInForce = (list: ReasonList, supplied: readonly string[], rows: readonly ReasonRow[]): string[] =>
  reasonsOf(list, supplied, rows).flatMap(({ code, retired }) => (retired ? [] : [code]));
