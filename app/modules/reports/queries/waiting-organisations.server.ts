import type { Ctx, PersonActor } from "~/platform/context";
import type { WaitingItem } from "../domain/waiting";

export type OwnOrganisations = {
  organisations: { id: string; name: string; state: string; role: string }[];
  waiting: WaitingItem[];
};

/** A person's organisations, with what waits about them: verification, claims, requests to join. */
export async function ownOrganisations(ctx: Ctx, person: PersonActor): Promise<OwnOrganisations> {
  const { db } = ctx;
  const managed = person.memberships.filter((m) => m.role === "manager").map((m) => m.organisationId);
  const [memberships, claims, joinRequests] = await Promise.all([
    db.membership.findMany({
      where: { personId: person.personId, state: { in: ["active", "requested"] } },
      select: {
        state: true,
        role: true,
        createdAt: true,
        organisation: { select: { id: true, nameVi: true, state: true, createdAt: true } },
      },
    }),
    db.organisationClaim.findMany({
      where: { personId: person.personId, state: "pending" },
      select: { id: true, createdAt: true, organisation: { select: { id: true, nameVi: true } } },
    }),
    db.membership.findMany({
      where: { organisationId: { in: managed }, state: "requested" },
      select: {
        id: true,
        createdAt: true,
        organisationId: true,
        person: { select: { fullName: true } },
        organisation: { select: { nameVi: true } },
      },
    }),
  ]);

  const waiting: WaitingItem[] = [];
  const add = (item: WaitingItem) => waiting.push(item);
  if (memberships.length === 0 && claims.length === 0) {
    add({
      id: "organisation",
      key: "noOrganisation",
      params: {},
      to: "/organisations/new",
      who: "you",
      since: ctx.clock.now(),
      dueOn: null,
    });
  }
  for (const m of memberships) {
    const { organisation } = m;
    const base = { params: { name: organisation.nameVi }, to: `/organisations/${organisation.id}`, dueOn: null };
    if (m.state === "requested")
      add({ ...base, id: `join-${organisation.id}`, key: "joinWaiting", who: "colleague", since: m.createdAt });
    else if (organisation.state === "pending")
      add({
        ...base,
        id: `org-${organisation.id}`,
        key: "organisationPending",
        who: "broker",
        since: organisation.createdAt,
      });
    else if (organisation.state === "rejected")
      add({
        ...base,
        id: `org-${organisation.id}`,
        key: "organisationRejected",
        who: "you",
        since: organisation.createdAt,
      });
  }
  for (const c of claims) {
    add({
      id: c.id,
      key: "claimWaiting",
      params: { name: c.organisation.nameVi },
      to: `/organisations/${c.organisation.id}`,
      who: "broker",
      since: c.createdAt,
      dueOn: null,
    });
  }
  for (const j of joinRequests) {
    add({
      id: j.id,
      key: "joinToDecide",
      params: { person: j.person.fullName, name: j.organisation.nameVi },
      to: `/organisations/${j.organisationId}`,
      who: "you",
      since: j.createdAt,
      dueOn: null,
    });
  }
  return {
    organisations: memberships
      .filter((m) => m.state === "active")
      .map((m) => ({ id: m.organisation.id, name: m.organisation.nameVi, state: m.organisation.state, role: m.role })),
    waiting,
  };
}
