import { BOTH, MAIL, PAGE, PATHS, type Rule } from "./rule";

/** People, organisations, claims, memberships, invitations. */
// biome-ignore format: one rule a line reads as the table it is
export const ACCOUNT_RULES: readonly Rule[] = [
  { event: "person.signed-up", to: "person", channels: MAIL, template: "confirm-email", security: true, path: PATHS.confirm },
  { event: "person.confirmation-requested", to: "person", channels: MAIL, template: "confirm-email", security: true, path: PATHS.confirm },
  { event: "person.reset-requested", to: "person", channels: MAIL, template: "reset-password", security: true, path: PATHS.reset },
  { event: "person.password-changed", to: "person", channels: MAIL, template: "password-changed", security: true, path: PATHS.forgot },
  { event: "person.address-check-requested", to: "person", channels: MAIL, template: "address-check", security: true, path: PATHS.checkAddress },

  { event: "organisation.submitted", to: "responsible-broker", channels: BOTH, template: "organisation-submitted", path: PATHS.verify },
  { event: "organisation.submitted", to: "brokers", channels: PAGE, template: "organisation-submitted", path: PATHS.verify },
  { event: "organisation.verified", to: "owners", channels: BOTH, template: "organisation-verified", path: PATHS.organisation },
  { event: "organisation.rejected", to: "owners", channels: BOTH, template: "organisation-rejected", path: PATHS.organisation },
  { event: "claim.submitted", to: "responsible-broker", channels: BOTH, template: "claim-submitted", path: PATHS.verify },
  { event: "claim.submitted", to: "brokers", channels: PAGE, template: "claim-submitted", path: PATHS.verify },
  { event: "claim.decided", to: "person", channels: BOTH, template: "claim-approved", when: "approved", path: PATHS.organisation },
  { event: "claim.decided", to: "person", channels: BOTH, template: "claim-rejected", when: "declined", path: PATHS.account },
  { event: "membership.requested", to: "managers", channels: BOTH, template: "membership-requested", path: PATHS.organisation },
  { event: "membership.decided", to: "person", channels: BOTH, template: "membership-approved", when: "approved", path: PATHS.organisation },
  { event: "membership.decided", to: "person", channels: BOTH, template: "membership-declined", when: "declined", path: PATHS.account },
  { event: "invitation.sent", to: "invitee", channels: MAIL, template: "invitation", security: true, path: PATHS.invitation },
  { event: "invitation.accepted", to: "inviter", channels: PAGE, template: "invitation-accepted", path: PATHS.organisation },
];
