import { BOTH, MAIL, PAGE, PATHS, type Rule } from "./rule";

/** Listings, their review, matches and interests. */
// biome-ignore format: one rule a line reads as the table it is
export const LISTING_RULES: readonly Rule[] = [
  { event: "listing.submitted", to: "responsible-broker", channels: BOTH, template: "listing-to-review", path: PATHS.review },
  { event: "listing.submitted", to: "brokers", channels: PAGE, template: "listing-to-review", path: PATHS.review },
  { event: "import.sent", to: "responsible-broker", channels: BOTH, template: "import-to-review", path: PATHS.reviews },
  { event: "import.sent", to: "brokers", channels: PAGE, template: "import-to-review", path: PATHS.reviews },
  { event: "listing.approval-asked", to: "managers", channels: BOTH, template: "approval-asked", path: PATHS.approval },
  { event: "import.sent-on-behalf", to: "brokers", channels: BOTH, template: "import-on-behalf-to-review", path: PATHS.reviews },
  { event: "import.to-confirm", to: "owners", channels: BOTH, template: "import-to-confirm", path: PATHS.myListings },
  { event: "import.approval-asked", to: "managers", channels: BOTH, template: "approvals-asked", path: PATHS.approvals },
  { event: "listing.approval-given", to: "person", channels: BOTH, template: "approval-given", path: PATHS.mine },
  { event: "listing.approval-declined", to: "person", channels: BOTH, template: "approval-declined", path: PATHS.mine },
  { event: "listing.published", to: "owners", channels: BOTH, template: "listing-published", path: PATHS.mine },
  { event: "listing.trl-confirmed", to: "owners", channels: BOTH, template: "trl-confirmed", path: PATHS.publicListing },
  { event: "listing.changes-requested", to: "owners", channels: BOTH, template: "listing-changes-requested", path: PATHS.mine },
  { event: "listing.rejected", to: "owners", channels: BOTH, template: "listing-rejected", path: PATHS.mine },
  { event: "listing.withdrawn", to: "responsible-broker", channels: PAGE, template: "listing-withdrawn", path: PATHS.brokered },
  { event: "listing.expired", to: "owners", channels: BOTH, template: "listing-expired", path: PATHS.mine },
  { event: "listing.posted-on-behalf", to: "owners", channels: BOTH, template: "listing-to-confirm", path: PATHS.mine },
  { event: "listing.on-behalf-confirmed", to: "responsible-broker", channels: PAGE, template: "listing-confirmed", path: PATHS.brokered },

  { event: "listing.reconfirm-due", to: "owners", channels: PAGE, template: "listing-reconfirm", path: PATHS.mine },
  { event: "listing.reconfirm-due", to: "owners", channels: MAIL, template: "listing-reconfirm", path: PATHS.reconfirm },
  { event: "listing.unconfirmed", to: "owners", channels: PAGE, template: "listing-hidden", path: PATHS.mine },
  { event: "listing.unconfirmed", to: "owners", channels: MAIL, template: "listing-hidden", path: PATHS.reconfirm },
  { event: "listing.unconfirmed", to: "responsible-broker", channels: PAGE, template: "listing-hidden-brokered", path: PATHS.brokered },

  { event: "annex.requested", to: "owners", channels: BOTH, template: "annex-requested", path: PATHS.annexRoom },
  { event: "annex.answered", to: "person", channels: BOTH, template: "annex-granted", when: "approved", path: PATHS.annex },
  { event: "annex.answered", to: "person", channels: BOTH, template: "annex-declined", when: "declined", path: PATHS.annex },
  { event: "annex.closed", to: "owners", channels: BOTH, template: "annex-closed", path: PATHS.annex },
  { event: "annex.opened", to: "owners", channels: BOTH, template: "annex-opened", path: PATHS.annexRoom },

  { event: "matches.computed", to: "owners", channels: BOTH, template: "first-matches", when: "has-matches", once: true, path: PATHS.matches },
  { event: "match.shortlisted", to: "owners", channels: PAGE, template: "match-shortlisted", when: "other-side-visible", path: PATHS.matches },
  { event: "search.found", to: "person", channels: BOTH, template: "search-found", path: PATHS.savedSearch },
  { event: "interest.expressed", to: "responsible-broker", channels: BOTH, template: "interest-to-handle", when: "can-solve", path: PATHS.interests },
  { event: "interest.expressed", to: "responsible-broker", channels: BOTH, template: "question-to-answer", when: "ask-broker", path: PATHS.interests },
  { event: "interest.expressed", to: "responsible-broker", channels: BOTH, template: "search-question", when: "ask-search", path: PATHS.interests },
  { event: "interest.expressed", to: "owners", channels: BOTH, template: "interest-received", when: "can-solve", path: PATHS.mine },
  { event: "interest.answered", to: "person", channels: BOTH, template: "interest-answered", unless: "ask-search", path: PATHS.interest },
  { event: "interest.answered", to: "person", channels: BOTH, template: "search-question-answered", when: "ask-search", path: PATHS.interest },
];
