/** Door of the accounts context: people, organisations, memberships, grants, logins, consents. */
export { changePassword, requestReset, resetPassword } from "./commands/change-password.server";
export { claimOrganisation, decideClaim } from "./commands/claim-organisation.server";
export { confirmEmail, requestConfirmation } from "./commands/confirm-email.server";
export { assignBroker, decideOrganisation } from "./commands/decide-organisation.server";
export { editOrganisation } from "./commands/edit-organisation.server";
export { DEMO_LOGINS, DEMO_PASSWORD, ensureDemoAccounts } from "./commands/ensure-demo-accounts.server";
export { ensureImportedOrganisation, organisationTypeOf } from "./commands/ensure-imported-organisation.server";
export { foundOrganisation } from "./commands/found-organisation.server";
export {
  acceptInvitation,
  INVITATION_DAYS,
  inviteColleague,
  revokeInvitation,
} from "./commands/invite-colleague.server";
export { makeNamedOrganisations, type OrganisationToMake } from "./commands/make-named-organisations.server";
export { appointStaff, endAppointment, ensureOffice, ensurePerson } from "./commands/make-people.server";
export {
  decideMembership,
  endMembership,
  requestMembership,
  setMembershipRole,
} from "./commands/manage-members.server";
export { setOfficeApproval } from "./commands/set-office-approval.server";
export { LINK_HOURS, limited } from "./commands/shared.server";
export { revokeLogin, signIn, signOut } from "./commands/sign-in.server";
export { signUp } from "./commands/sign-up.server";
export { type Tidied, tidyLogins } from "./commands/tidy-logins.server";
export { setConsents, updateProfile } from "./commands/update-profile.server";
export { displayName } from "./domain/display-name";
export { communeName, provinceName } from "./domain/places";
export {
  type LinkPurpose,
  linkToken,
  type PairLinkPurpose,
  pairToken,
  verifyLinkToken,
  verifyPairToken,
} from "./links.server";
export {
  mayDecideOrganisations,
  mayEditOrganisation,
  mayManageMembers,
  maySeeMembers,
  maySeeOrganisation,
} from "./policy";
export { type FoundOrganisation, findOrganisations, likelyDuplicates } from "./queries/find-organisations.server";
export { getOffice, type OfficeView } from "./queries/get-office.server";
export { loginStands } from "./queries/login-stands.server";
export { type AccountView, listMyInvitations, viewAccount } from "./queries/my-account.server";
export { type NamedOrganisation, officeOrganisations } from "./queries/office-organisations.server";
export {
  type BrokerOrganisationView,
  organisationQueue,
  organisationQueueCount,
  type QueueItem,
  viewOrganisationForBroker,
} from "./queries/organisation-queue.server";
export {
  type BrokerContact,
  brokerFor,
  brokerIdsFor,
  grantHolderIds,
  listBrokers,
  managerIdsOf,
  memberIdsOf,
} from "./queries/people.server";
export { personActor } from "./queries/person-actor.server";
export { resolveActor } from "./queries/resolve-actor.server";
export { type InvitationView, type LinkView, viewInvitation, viewLink } from "./queries/view-link.server";
export { type OrganisationView, viewOrganisation } from "./queries/view-organisation.server";
