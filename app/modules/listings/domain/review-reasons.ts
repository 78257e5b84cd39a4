/** Coded reasons of a review (labels: listings:reason.*). Counted in reports, so codes never change their meaning. */
export const CHANGE_REASONS = [
  "description_unclear",
  "benefit_unclear",
  "parameters_missing",
  "route_unclear",
  "evidence_missing",
  "ip_unclear",
  "price_unclear",
  "sector_wrong",
  "contact_in_text",
  "owner_revealed",
  "other",
] as const;
export const REJECT_REASONS = [
  "not_technology",
  "equipment_only",
  "too_early",
  "duplicate",
  "not_owner",
  "prohibited",
  "state_secret",
  "advertising",
  "out_of_scope",
  "other",
] as const;
