/** Why an invited side cannot come. Coded, so that the next session is planned better. */
export const MEETING_DECLINE_REASONS = [
  "time",
  "place",
  "nobody_free",
  "not_ready",
  "no_longer_interested",
  "already_met",
  "other",
] as const;

/** Why a meeting, or a whole session, is called off. Both sides read it. */
export const CANCEL_REASONS = [
  "side_withdrew",
  "postponed",
  "office",
  "weather",
  "too_few",
  "no_longer_needed",
  "mistake",
  "other",
] as const;
