/** Why a side does not want to be introduced now. Coded, so that brokers learn from the sum (after Inpart's feedback reasons). */
export const DECLINE_REASONS = [
  "does_not_fit",
  "too_early",
  "benefit_unclear",
  "price",
  "no_capacity",
  "already_solved",
  "not_now",
  "other",
] as const;

/** Why a broker closes a case. */
export const CLOSE_REASONS = [
  "meeting_arranged",
  "deal_follows",
  "declined",
  "no_answer",
  "need_gone",
  "offering_gone",
  "solved_elsewhere",
  "duplicate",
  "out_of_scope",
  "other",
] as const;
