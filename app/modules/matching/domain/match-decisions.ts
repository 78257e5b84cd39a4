export type Decision = "none" | "shortlisted" | "dismissed";
export type DecisionAction = "shortlist" | "dismiss" | "undo";

/** State machine of a match's decision, owned by the Department's brokers. */
const TRANSITIONS: Record<Decision, Partial<Record<DecisionAction, Decision>>> = {
  none: { shortlist: "shortlisted", dismiss: "dismissed" },
  shortlisted: { dismiss: "dismissed", undo: "none" },
  dismissed: { shortlist: "shortlisted", undo: "none" },
};

/** The decision after the action; null when the action makes no sense now. */
export function nextDecision(now: Decision, action: DecisionAction): Decision | null {
  return TRANSITIONS[now][action] ?? null;
}

/** Why a broker put a suggestion aside. Coded, so that reasons can be counted and fed back; "other" needs a note. */
export const DISMISS_REASONS = [
  "other_problem",
  "too_early",
  "other_scale",
  "requirements",
  "price",
  "known_already",
  "unclear",
  "not_available",
  "other",
] as const;
