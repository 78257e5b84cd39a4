import { openCase, proposeIntroduction } from "~/modules/brokering/index.server";
import { openCaseSchema } from "~/modules/brokering/schemas";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import type { TestWorld } from "../setup/harness";
import { aPublishedNeed, aPublishedOffering, type DraftOver, type MadeListing, withReferenceData } from "./listings";
import { makeBroker, makeOrganisation, must } from "./people";

/** Cases and introductions for tests, made by the real commands. */

export type Pair = {
  need: MadeListing & { reference: string };
  offering: MadeListing & { reference: string };
  broker: PersonActor;
};

/** A published need and a published offering of two verified organisations, under one broker. */
export async function aPair(
  world: TestWorld,
  over: { need?: DraftOver; offering?: DraftOver; broker?: PersonActor } = {},
): Promise<Pair> {
  await withReferenceData(world);
  const broker = over.broker ?? (await makeBroker(world));
  const need = await aPublishedNeed(world, { broker, ...(over.need ? { draft: over.need } : {}) });
  const offering = await aPublishedOffering(world, { broker, ...(over.offering ? { draft: over.offering } : {}) });
  return { need, offering, broker };
}

/** A match of a pair that a broker has shortlisted. The engine's own work is tested elsewhere: the row is written as it leaves it. */
export async function aShortlisted(world: TestWorld, { need, offering, broker }: Pair): Promise<string> {
  const { db } = world.container.ports;
  const [needRow, offeringRow] = await Promise.all(
    [need, offering].map(({ listingId }) => db.listing.findUniqueOrThrow({ where: { id: listingId } })),
  );
  const id = newId();
  const at = world.clock.now();
  const decided = { decision: "shortlisted" as const, decidedAt: at, decidedById: broker.personId };
  const pair = { needId: need.listingId, offeringId: offering.listingId };
  await db.match.upsert({
    where: { needId_offeringId: pair },
    create: {
      id,
      ...pair,
      needVersionId: needRow?.publishedVersionId ?? "",
      offeringVersionId: offeringRow?.publishedVersionId ?? "",
      score: 71,
      belowThreshold: false,
      evidence: {},
      engineVersion: "test",
      computedAt: at,
      ...decided,
    },
    update: decided,
  });
  return (await db.match.findUniqueOrThrow({ where: { needId_offeringId: pair }, select: { id: true } })).id;
}

/** What a form of a new case holds, with everything that may stay empty left empty. */
export function caseForm(world: TestWorld, over: Record<string, unknown> = {}) {
  return openCaseSchema.parse({
    title: "Nước thải chế biến – màng MBR",
    origin: "phone",
    nextAction: "Gọi cho hai bên",
    nextActionOn: localDay(world.clock.now()),
    need: {},
    offering: {},
    ...over,
  });
}

/** An open case with both parties and their listings. */
export async function aCase(world: TestWorld, pair: Pair, over: Record<string, unknown> = {}): Promise<string> {
  const form = caseForm(world, {
    need: { reference: pair.need.reference },
    offering: { reference: pair.offering.reference },
    ...over,
  });
  return must(await openCase(world.ctx(pair.broker), form)).id;
}

/** Both sides asked. */
export async function anIntroduction(
  world: TestWorld,
  pair: Pair,
  message: string | null = null,
): Promise<{ caseId: string; introductionId: string; replyBy: Date }> {
  const caseId = await aCase(world, pair);
  return { caseId, ...(await proposed(world, pair.broker, caseId, message)) };
}

/** Proposes in a case that is there. */
export async function proposed(
  world: TestWorld,
  broker: PersonActor,
  caseId: string,
  message: string | null = null,
): Promise<{ introductionId: string; replyBy: Date }> {
  const { revision } = await world.container.ports.db.brokerCase.findUniqueOrThrow({ where: { id: caseId } });
  return must(
    await proposeIntroduction(world.ctx(broker), { caseId, revision, message, nextAction: "Theo dõi trả lời" }),
  );
}

/** A case between two organisations without listings, as it comes from a phone call. */
export async function aBareCase(world: TestWorld): Promise<{
  caseId: string;
  broker: PersonActor;
  need: { organisationId: string; manager: PersonActor };
  offering: { organisationId: string; manager: PersonActor };
}> {
  await withReferenceData(world);
  const need = await makeOrganisation(world);
  const offering = await makeOrganisation(world, { broker: need.broker });
  const form = caseForm(world, {
    need: { organisationId: need.organisationId },
    offering: { organisationId: offering.organisationId },
  });
  const { id } = must(await openCase(world.ctx(need.broker), form));
  return { caseId: id, broker: need.broker, need, offering };
}

export const YES = {
  answer: "accepted",
  cooperation: null,
  unclear: null,
  about: null,
  reasonCode: null,
  note: null,
} as const;
export const NO = {
  answer: "declined",
  cooperation: null,
  unclear: null,
  about: null,
  reasonCode: "price",
  note: null,
} as const;
