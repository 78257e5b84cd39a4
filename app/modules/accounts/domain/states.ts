import type { ClaimState, MembershipState, OrganisationState } from "~/generated/prisma/enums";

/** Who moves an organisation from one state to the next. A rejected one may be handed in again with better facts. */
export const ORGANISATION_TRANSITIONS = {
  verify: { from: ["pending"], to: "verified" },
  reject: { from: ["pending"], to: "rejected" },
  resubmit: { from: ["rejected"], to: "pending" },
} as const satisfies Record<string, { from: OrganisationState[]; to: OrganisationState }>;

export const CLAIM_TRANSITIONS = {
  approve: { from: ["pending"], to: "approved" },
  reject: { from: ["pending"], to: "rejected" },
} as const satisfies Record<string, { from: ClaimState[]; to: ClaimState }>;

export const MEMBERSHIP_TRANSITIONS = {
  request: { from: ["declined", "ended"], to: "requested" },
  accept: { from: ["requested"], to: "active" },
  decline: { from: ["requested"], to: "declined" },
  end: { from: ["active"], to: "ended" },
} as const satisfies Record<string, { from: MembershipState[]; to: MembershipState }>;

/** Why a broker turns an organisation or a claim down. "other" needs a note. Texts: accounts:reason.<code>. */
export const ORGANISATION_REASONS = [
  "not_in_registry",
  "tax_code_mismatch",
  "duplicate",
  "evidence_missing",
  "out_of_scope",
  "other",
] as const;
export const CLAIM_REASONS = [
  "not_entitled",
  "evidence_missing",
  "organisation_denies",
  "unreachable",
  "other",
] as const;

/** Organisations in these states have members and may be found, claimed and joined. */
export const LIVE_ORGANISATION_STATES = ["pending", "verified"] as const satisfies OrganisationState[];
