import type { ListingState } from "~/generated/prisma/enums";

/** What can happen to a listing. `approve`, `request_changes` and `reject` decide a review; `expire` is the clock's. */
export const LISTING_ACTIONS = ["submit", "approve", "request_changes", "reject", "withdraw", "expire"] as const;
export type ListingAction = (typeof LISTING_ACTIONS)[number];

/**
 * The life of a listing. A published listing stays published while a new version of it is drafted and reviewed: the old
 * version remains visible until the new one is approved, and a refusal changes nothing on the shelf.
 * `rejected` ends; withdrawn and expired listings may come back through review, with the same reference.
 */
export const TRANSITIONS: Record<ListingState, Partial<Record<ListingAction, ListingState>>> = {
  draft: { submit: "submitted", withdraw: "withdrawn" },
  submitted: { approve: "published", request_changes: "changes_requested", reject: "rejected", withdraw: "withdrawn" },
  changes_requested: { submit: "submitted", withdraw: "withdrawn" },
  published: {
    submit: "published",
    approve: "published",
    request_changes: "published",
    reject: "published",
    withdraw: "withdrawn",
    expire: "expired",
  },
  rejected: {},
  withdrawn: { submit: "submitted" },
  expired: { submit: "submitted", withdraw: "withdrawn" },
};

/** The state after an action, or null when the action is not possible now. */
export function nextState(state: ListingState, action: ListingAction): ListingState | null {
  return TRANSITIONS[state][action] ?? null;
}

/** States from which an action is possible. */
export function statesBefore(action: ListingAction): ListingState[] {
  return (Object.keys(TRANSITIONS) as ListingState[]).filter((state) => TRANSITIONS[state][action] !== undefined);
}

/** The text may be changed now: not while a broker looks at it, and not after it was rejected. */
export function isEditable(state: ListingState, underReview: boolean): boolean {
  return !underReview && TRANSITIONS[state].submit !== undefined;
}
