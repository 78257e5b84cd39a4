import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { mayDecideOrganisations } from "../policy";
import { likelyDuplicates } from "./find-organisations.server";
import { listBrokers } from "./people.server";

export type QueueItem = {
  /** organisation, claim or membership id */
  id: string;
  stage: "organisation" | "claim" | "request";
  organisationId: string;
  organisation: string;
  taxCode: string | null;
  provinceCode: string | null;
  person: string | null;
  since: Date;
  /** whole days in the queue */
  days: number;
};

/**
 * What waits for a broker, oldest first: founded organisations, claims on existing ones and requests to join. A founder's
 * own claim is decided with the organisation and is not listed apart. Null for other people.
 */
export async function organisationQueue(ctx: Ctx): Promise<QueueItem[] | null> {
  if (!mayDecideOrganisations(ctx.actor)) return null;
  const organisation = {
    select: { id: true, nameVi: true, taxCode: true, provinceCode: true, state: true, createdById: true },
  } as const;
  const [founded, claims, requests] = await Promise.all([
    ctx.db.organisation.findMany({
      where: { state: "pending", origin: { in: ["member", "broker"] }, anonymous: false },
      select: {
        ...organisation.select,
        createdAt: true,
        claims: {
          where: { state: "pending" },
          select: { createdAt: true, personId: true, person: { select: { fullName: true } } },
        },
      },
    }),
    ctx.db.organisationClaim.findMany({
      where: { state: "pending" },
      select: { id: true, createdAt: true, personId: true, person: { select: { fullName: true } }, organisation },
    }),
    ctx.db.membership.findMany({
      where: { state: "requested", organisation: { state: { in: ["pending", "verified"] } } },
      select: { id: true, createdAt: true, person: { select: { fullName: true } }, organisation },
    }),
  ]);
  const now = ctx.clock.now();
  const item = (
    stage: QueueItem["stage"],
    id: string,
    of: { id: string; nameVi: string; taxCode: string | null; provinceCode: string | null },
    person: string | null,
    since: Date,
  ): QueueItem => ({
    id,
    stage,
    organisationId: of.id,
    organisation: of.nameVi,
    taxCode: of.taxCode,
    provinceCode: of.provinceCode,
    person,
    since,
    days: Math.max(0, Math.floor((now.getTime() - since.getTime()) / 86_400_000)),
  });
  return [
    ...founded.map((row) => {
      const own = row.claims.find((claim) => claim.personId === row.createdById);
      return item("organisation", row.id, row, own?.person.fullName ?? null, own?.createdAt ?? row.createdAt);
    }),
    ...claims
      .filter((row) => row.organisation.state !== "pending" || row.personId !== row.organisation.createdById)
      .map((row) => item("claim", row.id, row.organisation, row.person.fullName, row.createdAt)),
    ...requests.map((row) => item("request", row.id, row.organisation, row.person.fullName, row.createdAt)),
  ].sort((a, b) => a.since.getTime() - b.since.getTime() || a.id.localeCompare(b.id));
}

/** How many things of organisations wait for a broker; 0 for other people. */
export async function organisationQueueCount(ctx: Ctx): Promise<number> {
  return (await organisationQueue(ctx))?.length ?? 0;
}

/** Everything a broker needs to decide about one organisation; null for other people and unknown ids. */
export async function viewOrganisationForBroker(ctx: Ctx, id: string) {
  if (!mayDecideOrganisations(ctx.actor) || !isId(id)) return null;
  const person = {
    select: { id: true, fullName: true, email: true, phone: true, position: true, createdAt: true },
  } as const;
  const row = await ctx.db.organisation.findFirst({
    where: { id, anonymous: false },
    select: {
      id: true,
      type: true,
      nameVi: true,
      nameEn: true,
      shortName: true,
      taxCode: true,
      countryCode: true,
      provinceCode: true,
      communeCode: true,
      address: true,
      website: true,
      about: true,
      state: true,
      origin: true,
      sourceUrl: true,
      createdAt: true,
      createdById: true,
      verifiedAt: true,
      rejectReason: true,
      rejectNote: true,
      brokerId: true,
      parent: { select: { id: true, nameVi: true } },
      claims: {
        select: {
          id: true,
          state: true,
          evidence: true,
          reasonCode: true,
          note: true,
          createdAt: true,
          decidedAt: true,
          person,
        },
        orderBy: { createdAt: "asc" },
      },
      memberships: {
        where: { state: { in: ["active", "requested"] } },
        select: { id: true, role: true, state: true, note: true, createdAt: true, person },
        orderBy: { createdAt: "asc" },
      },
    },
  });
  if (!row) return null;
  const [duplicates, brokers, history] = await Promise.all([
    likelyDuplicates(ctx.db, row.nameVi, undefined, 9),
    listBrokers(ctx.db),
    ctx.db.auditEntry.findMany({
      where: { OR: [{ subjectKind: "organisation", subjectId: id }, { onBehalfOfId: id }] },
      select: { id: true, at: true, action: true },
      orderBy: { seq: "desc" },
      take: 30,
    }),
  ]);
  return { ...row, duplicates: duplicates.filter((other) => other.id !== id), brokers, history };
}
export type BrokerOrganisationView = NonNullable<Awaited<ReturnType<typeof viewOrganisationForBroker>>>;
