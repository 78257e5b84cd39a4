import type { ListingKind, ListingState, Visibility } from "~/generated/prisma/enums";
import { transact } from "~/platform/db/transact.server";
import type { EventType } from "~/platform/events";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { ok } from "~/platform/result";
import { must } from "../../factories/people";
import type { TestWorld } from "../../setup/harness";

type ListingInput = {
  organisationId: string | null;
  createdById?: string;
  kind?: ListingKind;
  state?: ListingState;
  visibility?: Visibility;
  reference?: string | null;
  titles?: { vi: string; en?: string };
  contact?: { name: string; phone: string; email: string };
};

/** A listing with one version, as rows: what notifications read of it, without the journey that leads there. */
export async function makeListingRow(
  world: TestWorld,
  input: ListingInput,
): Promise<{ id: string; versionId: string }> {
  const { db, clock } = world.container.ports;
  const office = await db.office.findFirstOrThrow();
  const id = newId();
  const versionId = newId();
  const now = clock.now();
  const titles = input.titles ?? { vi: "Xử lý nước thải mỏ" };
  const published = (input.state ?? "published") === "published";
  await db.listing.create({
    data: {
      id,
      officeId: office.id,
      kind: input.kind ?? "need",
      state: "draft",
      visibility: input.visibility ?? "public",
      reference:
        input.reference === undefined
          ? `NC-22-2026-${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`
          : input.reference,
      organisationId: input.organisationId,
      createdById: input.createdById,
      origin: "member",
      createdAt: now,
      updatedAt: now,
    },
  });
  await db.listingVersion.create({
    data: {
      id: versionId,
      listingId: id,
      number: 1,
      visibility: input.visibility ?? "public",
      createdAt: now,
      contactName: input.contact?.name,
      contactPhone: input.contact?.phone,
      contactEmail: input.contact?.email,
    },
  });
  await db.listingText.createMany({
    data: [
      { id: newId(), versionId, lang: "vi" as const, title: titles.vi },
      ...(titles.en ? [{ id: newId(), versionId, lang: "en" as const, title: titles.en }] : []),
    ],
  });
  const data = published ? { publishedVersionId: versionId, publishedAt: now } : {};
  await db.listing.update({ where: { id }, data: { state: input.state ?? "published", ...data } });
  return { id, versionId };
}

type ListingRow = { id: string; versionId: string };

/** A match between two listings; below the threshold under 50. */
export async function makeMatchRow(
  world: TestWorld,
  need: ListingRow,
  offering: ListingRow,
  input: { score: number; shortlistedBy?: string },
): Promise<{ id: string }> {
  const { db, clock } = world.container.ports;
  const now = clock.now();
  const decided = { decision: "shortlisted" as const, decidedAt: now, decidedById: input.shortlistedBy };
  return db.match.create({
    data: {
      id: newId(),
      needId: need.id,
      offeringId: offering.id,
      needVersionId: need.versionId,
      offeringVersionId: offering.versionId,
      score: input.score,
      belowThreshold: input.score < 50,
      evidence: {},
      engineVersion: "test",
      computedAt: now,
      ...(input.shortlistedBy ? decided : {}),
    },
    select: { id: true },
  });
}

/** Commits one event and returns its id. */
export async function emitEvent(
  world: TestWorld,
  type: EventType,
  subjectId: string,
  payload: Record<string, string> = {},
): Promise<string> {
  return must(await transact(world.system, async (tx) => ok(await emit(tx, world.system, type, subjectId, payload))));
}

/** The newest event of this type, as a command left it. */
export async function newestEvent(world: TestWorld, type: EventType): Promise<string> {
  const event = await world.container.ports.db.outboxEvent.findFirstOrThrow({
    where: { type },
    orderBy: { seq: "desc" },
  });
  return event.id;
}
