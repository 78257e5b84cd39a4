import { afterAll, beforeAll, expect, it } from "vitest";
import {
  confirmTrl,
  listCards,
  loadDraft,
  loadForMatching,
  saveDraft,
  submitListing,
  viewListing,
  viewTrlRoom,
} from "~/modules/listings/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import { aPublished, approve, forReview } from "../../factories/listings";
import { makeBroker, makeOrganisation, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;
const published = () => aPublished(world, "offering", { owner, broker, draft: { trlEvidence: "Chạy thử 6 tháng." } });
const room = async (listingId: string) => {
  const view = await viewTrlRoom(world.ctx(broker), listingId);
  if (!view) throw new Error("no room");
  return view;
};
const confirm = async (listingId: string, trl: number, note = "Đã xem biên bản chạy thử.", who = broker) =>
  confirmTrl(world.ctx(who), { listingId, versionId: (await room(listingId)).versionId, trl, note });
const shown = async (listingId: string) => {
  const view = await viewListing(world.ctx(), listingId);
  const [card] = await listCards(world.ctx(), [listingId]);
  const read = await loadForMatching(db(), listingId);
  expect([card?.trl, card?.trlBasis, read?.trl]).toEqual([view?.trl, view?.trlBasis, view?.trl]);
  return [view?.trl, view?.trlBasis, view?.trlConfirmation?.by ?? null];
};
/** The owner changes something and a broker publishes it. */
async function revise(listingId: string, over: object): Promise<void> {
  const ctx = world.ctx(owner.manager);
  const view = await loadDraft(ctx, listingId);
  if (!view) throw new Error("no draft");
  const values = { ...view.draft, ...over };
  const { revision } = must(await saveDraft(ctx, { listingId, revision: view.revision, values }));
  must(await approve(world.ctx(broker), forReview(await submitListing(ctx, { listingId, revision })).reviewId));
}

it("a level is its author's word until a broker of the office confirms it, with grounds; everybody reads by whom and when", async () => {
  const { listingId, reference } = await published();
  expect(await shown(listingId)).toEqual([8, "self_declared", null]);
  expect(await room(listingId)).toMatchObject({ declared: 8, evidence: "Chạy thử 6 tháng.", confirmed: null });
  for (const who of [owner.manager, await makeStaff(world, "leader")]) {
    expect(await viewTrlRoom(world.ctx(who), listingId)).toBeNull();
    expect(await confirm(listingId, 8, "x", who)).toMatchObject({ code: "common:notFound" });
  }
  expect(await confirm(listingId, 8, " ")).toMatchObject({ fields: { note: ["readiness:error.note"] } });
  expect(await confirm(listingId, 12)).toMatchObject({ fields: { trl: ["listings:error.choose"] } });
  const before = (await loadForMatching(db(), listingId))?.rowVersion ?? 0;
  must(await confirm(listingId, 8));
  expect(await shown(listingId)).toEqual([8, "confirmed", broker.fullName]);
  expect((await loadForMatching(db(), listingId))?.rowVersion).toBeGreaterThan(before);
  expect((await viewListing(world.ctx(), listingId))?.trlConfirmation?.at).toEqual(world.clock.now());
  // the grounds are for the office and the owner
  expect(JSON.stringify(await viewListing(world.ctx(), listingId))).not.toContain("biên bản chạy thử");
  const log = await db().auditEntry.findFirstOrThrow({
    where: { subjectId: listingId, action: "listing.trl-confirmed" },
  });
  expect(log).toMatchObject({ actorId: broker.personId, after: { declared: 8, trlConfirmed: 8 } });
  expect(JSON.stringify(log.after)).not.toContain("biên bản");
  const events = await db().outboxEvent.findMany({
    where: { subjectId: listingId },
    orderBy: { seq: "desc" },
    take: 2,
  });
  expect(events.map(({ type }) => type).sort()).toEqual(["listing.trl-confirmed", "listing.updated"]);
  const told = events.find(({ type }) => type === "listing.trl-confirmed");
  await notifyEvent(world.system, told?.id ?? "");
  expect(await db().notice.findMany({ where: { eventId: told?.id ?? "" } })).toMatchObject([
    { personId: owner.manager.personId, kind: "trl-confirmed" },
  ]);
  expect(reference).toMatch(/^CN-/);
});

it("a broker may correct it downwards: search and matching read the corrected level", async () => {
  const { listingId } = await published();
  must(await confirm(listingId, 6, "Chỉ có kết quả ở quy mô xưởng thực nghiệm."));
  expect(await shown(listingId)).toEqual([6, "confirmed", broker.fullName]);
  must(await confirm(listingId, 7, "Đã bổ sung biên bản."));
  expect(await shown(listingId)).toEqual([7, "confirmed", broker.fullName]);
  expect((await room(listingId)).confirmed).toMatchObject({ trl: 7, note: "Đã bổ sung biên bản." });
});

it("falls back to the author's word when a new version changes the level or its evidence, and by nothing else", async () => {
  const { listingId } = await published();
  must(await confirm(listingId, 8));
  await revise(listingId, { advantages: "Chiếm rất ít diện tích." });
  expect(await shown(listingId)).toEqual([8, "confirmed", broker.fullName]);
  await revise(listingId, { trlEvidence: "Chạy thử 9 tháng." });
  expect(await shown(listingId)).toEqual([8, "self_declared", null]);
  must(await confirm(listingId, 8));
  await revise(listingId, { trl: "9" });
  expect(await shown(listingId)).toEqual([9, "self_declared", null]);
});

it("is not confirmed of a version that nobody read, of a need, or by a member of the organisation", async () => {
  const { listingId } = await published();
  const old = (await room(listingId)).versionId;
  await revise(listingId, { advantages: "Khác hẳn." });
  const stale = await confirmTrl(world.ctx(broker), { listingId, versionId: old, trl: 8, note: "x" });
  expect(stale).toMatchObject({ code: "readiness:error.changed" });
  const need = await aPublished(world, "need", { owner, broker });
  expect(await viewTrlRoom(world.ctx(broker), need.listingId)).toBeNull();
  const own = await makeBroker(world);
  await db().membership.create({
    data: {
      id: crypto.randomUUID(),
      personId: own.personId,
      organisationId: owner.organisationId,
      role: "member",
      state: "active",
      createdAt: world.clock.now(),
    },
  });
  const member = { ...own, memberships: [{ ...owner, role: "member" as const, verified: true, name: "x" }] };
  const versionId = (await room(listingId)).versionId;
  expect(await confirmTrl(world.ctx(member as PersonActor), { listingId, versionId, trl: 8, note: "x" })).toMatchObject(
    { code: "listings:error.ownOrganisation" },
  );
  expect((await viewTrlRoom(world.ctx(member as PersonActor), listingId))?.mayConfirm).toBe(false);
});
