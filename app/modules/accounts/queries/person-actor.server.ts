import type { PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";

/**
 * A person as actor without a browser's login, for scripts and tests that act in somebody's name through the real
 * commands. Never use it for a request: those come through resolveActor.
 */
export async function personActor(ctx: { db: Tx }, personId: string): Promise<PersonActor> {
  const person = await ctx.db.person.findUniqueOrThrow({
    where: { id: personId },
    select: {
      id: true,
      officeId: true,
      fullName: true,
      email: true,
      grants: { where: { endedAt: null }, select: { role: true } },
      memberships: {
        where: { state: "active", organisation: { state: { in: ["pending", "verified"] } } },
        select: { role: true, organisation: { select: { id: true, state: true, nameVi: true } } },
      },
    },
  });
  return {
    kind: "person",
    personId: person.id,
    officeId: person.officeId,
    // no login: nothing can be signed out or excepted by it
    loginId: "00000000-0000-0000-0000-000000000000",
    fullName: person.fullName,
    email: person.email,
    grants: person.grants.map((grant) => grant.role),
    memberships: person.memberships.map(({ role, organisation }) => ({
      organisationId: organisation.id,
      role,
      verified: organisation.state === "verified",
      name: organisation.nameVi,
    })),
  };
}
