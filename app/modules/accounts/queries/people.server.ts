import type { GrantRole, MembershipRole } from "~/generated/prisma/enums";
import type { Tx } from "~/platform/db/client.server";
import { joined } from "~/platform/db/joined.server";

export type BrokerContact = { personId: string; fullName: string; phone: string | null; email: string };
const contact = { id: true, fullName: true, phone: true, email: true } as const;
type ContactRow = { id: string; fullName: string; phone: string | null; email: string };
const asContact = ({ id, ...rest }: ContactRow): BrokerContact => ({ personId: id, ...rest });

/**
 * Whom an organisation can call: its own broker while that person still is one, else the office's first broker; null when
 * the office has none.
 */
export async function brokerFor(ctx: { db: Tx }, organisationId: string | null): Promise<BrokerContact | null> {
  if (organisationId) {
    const organisation = await ctx.db.organisation.findUnique({
      where: { id: organisationId },
      select: {
        broker: {
          select: {
            ...contact,
            disabledAt: true,
            grants: { where: { role: "broker", endedAt: null }, select: { id: true } },
          },
        },
      },
    });
    const own = organisation?.broker;
    if (own && !own.disabledAt && own.grants.length > 0) {
      return asContact({ id: own.id, fullName: own.fullName, phone: own.phone, email: own.email });
    }
  }
  const first = await ctx.db.grant.findFirst({
    where: { role: "broker", endedAt: null, person: { disabledAt: null } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { person: { select: contact } },
  });
  return first ? asContact(first.person) : null;
}

/** The same for many organisations: ids of their brokers by their own ids, null where the office has no broker. */
export async function brokerIdsFor(db: Tx, organisationIds: readonly string[]): Promise<Map<string, string | null>> {
  const first = (await brokerFor({ db }, null))?.personId ?? null;
  const own = await db.organisation.findMany({
    where: {
      id: { in: [...organisationIds] },
      broker: { disabledAt: null, grants: { some: { role: "broker", endedAt: null } } },
    },
    select: { id: true, brokerId: true },
  });
  const byId = new Map(own.map(({ id, brokerId }) => [id, brokerId]));
  return new Map(organisationIds.map((id) => [id, byId.get(id) ?? first]));
}

/** All brokers of the office, by name. */
export async function listBrokers(db: Tx): Promise<BrokerContact[]> {
  const people = await db.person.findMany({
    where: { disabledAt: null, grants: { some: { role: "broker", endedAt: null } } },
    select: contact,
    orderBy: [{ fullName: "asc" }, { id: "asc" }],
  });
  return people.map(asContact);
}

/** Who may act for these organisations today. */
async function actives(db: Tx, organisationIds: string[], role?: MembershipRole): Promise<string[][]> {
  const rows = await db.membership.findMany({
    where: {
      organisationId: { in: organisationIds },
      state: "active",
      ...(role ? { role } : {}),
      person: { disabledAt: null },
    },
    select: { organisationId: true, personId: true },
    orderBy: { personId: "asc" },
  });
  return organisationIds.map((id) => rows.filter((row) => row.organisationId === id).map((row) => row.personId));
}

/** Ids of the organisation's active members, managers included. */
export const memberIdsOf = joined<string, string[]>((db, ids) => actives(db, ids));

/** Ids of the organisation's managers. */
export const managerIdsOf = joined<string, string[]>((db, ids) => actives(db, ids, "manager"));

/** Ids of the people who hold a role of the Department; of one office of it when that is named. */
export async function grantHolderIds(db: Tx, role: GrantRole, officeId: string | null = null): Promise<string[]> {
  const rows = await db.grant.findMany({
    where: { role, endedAt: null, person: { disabledAt: null, ...(officeId ? { officeId } : {}) } },
    select: { personId: true },
    orderBy: { personId: "asc" },
  });
  return rows.map((row) => row.personId);
}
