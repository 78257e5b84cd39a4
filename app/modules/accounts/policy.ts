import type { Actor } from "~/platform/context";
import { hasGrant, isManagerOf, isMemberOf, isPerson } from "~/platform/context";

type OrganisationRef = { id: string; state: string };

/** A colleague. Not a type guard, so that the other branch keeps its type. */
export function isColleague(actor: Actor, organisationId: string): boolean {
  return isMemberOf(actor, organisationId);
}
/** Broker's work on organisations, claims and join requests. */
export function mayDecideOrganisations(actor: Actor): boolean {
  return hasGrant(actor, "broker");
}
/** Members edit nothing, managers edit; brokers correct what was typed wrongly. */
export function mayEditOrganisation(actor: Actor, organisationId: string): boolean {
  return isManagerOf(actor, organisationId) || hasGrant(actor, "broker");
}
/** Colleagues' names, requests and invitations are for managers and brokers. */
export function mayManageMembers(actor: Actor, organisationId: string): boolean {
  return isManagerOf(actor, organisationId) || hasGrant(actor, "broker");
}
/** Colleagues see one another; other people do not. */
export function maySeeMembers(actor: Actor, organisationId: string): boolean {
  return isMemberOf(actor, organisationId) || hasGrant(actor, "broker");
}
/** A verified organisation is public; one still waiting is for its people, for brokers and for whoever would claim it. */
export function maySeeOrganisation(actor: Actor, organisation: OrganisationRef): boolean {
  if (hasGrant(actor, "broker") || isMemberOf(actor, organisation.id)) return true;
  return organisation.state === "verified" || (organisation.state === "pending" && isPerson(actor));
}
export function mayEndMembership(actor: Actor, membership: { organisationId: string; personId: string }): boolean {
  return (
    (isPerson(actor) && actor.personId === membership.personId) || mayManageMembers(actor, membership.organisationId)
  );
}
/** Accounts that did not sign up themselves are made by the system only (demo, first administrator). */
export function mayMakePeople(actor: Actor): boolean {
  return actor.kind === "system";
}
