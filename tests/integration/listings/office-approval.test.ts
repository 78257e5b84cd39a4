import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setOfficeApproval, viewOrganisation } from "~/modules/accounts/index.server";
import {
  answeredDraft,
  approvalQueue,
  approveDraft,
  loadDraft,
  reviewQueue,
  saveDraft,
  sendBackDraft,
  submitListing,
  viewApproval,
  viewOwnListing,
  withdrawListing,
} from "~/modules/listings/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import { aDraft, approve, completeDraft, forReview } from "../../factories/listings";
import { makeBroker, makeColleague, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let organisationId: string;
let office: PersonActor;
let deputy: PersonActor;
let researcher: PersonActor;
let stranger: PersonActor;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  broker = await makeBroker(world);
  const owner = await makeOrganisation(world, { broker });
  ({ organisationId, manager: office } = owner);
  deputy = await makeColleague(world, office, organisationId, "manager");
  researcher = await makeColleague(world, office, organisationId);
  stranger = (await makeOrganisation(world, { broker })).manager;
  must(await setOfficeApproval(world.ctx(office), { organisationId, required: true }));
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;
const draft = () =>
  aDraft(world, "offering", { owner: { organisationId, manager: researcher }, broker, draft: { summary: "Rõ ràng." } });
const ask = async () => {
  const made = await draft();
  const sent = must(await submitListing(world.ctx(researcher), made));
  expect(sent).toEqual({ versionId: null, reviewId: null, dueOn: null });
  return made;
};
const audits = async (subjectId: string) =>
  (await db().auditEntry.findMany({ where: { subjectId }, orderBy: { seq: "asc" } })).map(({ action }) => action);
/** who is told of the newest event of this kind, and as what */
const told = async (type: string, subjectId: string) => {
  const event = await db().outboxEvent.findFirstOrThrow({ where: { type, subjectId }, orderBy: { seq: "desc" } });
  await notifyEvent(world.system, event.id);
  const [notices, mails] = await Promise.all([
    db().notice.findMany({ where: { eventId: event.id }, select: { personId: true, kind: true, params: true } }),
    db().mail.findMany({ where: { dedupeKey: { startsWith: event.id } }, select: { personId: true, kind: true } }),
  ]);
  return { notices, mails };
};

describe("whether the office looks first", () => {
  it("is off by itself, is said to members, and set by managers only", async () => {
    const other = await makeOrganisation(world, { broker });
    const member = await makeColleague(world, other.manager, other.organisationId);
    const set = (who: PersonActor) =>
      setOfficeApproval(world.ctx(who), { organisationId: other.organisationId, required: true });
    expect((await viewOrganisation(world.ctx(member), other.organisationId))?.officeApproval).toBe(false);
    for (const who of [member, stranger, broker]) expect(await set(who)).toMatchObject({ code: "notFound" });
    must(await set(other.manager));
    must(await set(other.manager));
    const view = await viewOrganisation(world.ctx(member), other.organisationId);
    expect([view?.officeApproval, view?.may.setApproval]).toEqual([true, false]);
    expect((await viewOrganisation(world.ctx(stranger), other.organisationId))?.officeApproval).toBeNull();
    expect(
      (await audits(other.organisationId)).filter((action) => action === "organisation.office-approval-set"),
    ).toHaveLength(1);
    // off again: members send by themselves
    must(await setOfficeApproval(world.ctx(other.manager), { organisationId: other.organisationId, required: false }));
    const made = await aDraft(world, "need", { owner: { ...other, manager: member }, broker });
    expect(forReview(await submitListing(world.ctx(member), made)).reviewId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("a member's draft", () => {
  it("goes to the office and not to the Department; the managers are told, and nobody else sees it", async () => {
    const before = (await reviewQueue(world.ctx(broker))).length;
    const made = await ask();
    const { listingId } = made;
    expect(await reviewQueue(world.ctx(broker))).toHaveLength(before);
    expect(await db().listingVersion.count({ where: { listingId } })).toBe(0);
    expect(await audits(listingId)).toEqual(["listing.drafted", "listing.approval-asked"]);
    const { notices, mails } = await told("listing.approval-asked", listingId);
    expect(notices.map(({ personId }) => personId).sort()).toEqual([office.personId, deputy.personId].sort());
    expect(notices[0]).toMatchObject({ kind: "approval-asked" });
    expect(mails).toHaveLength(2);
    expect(JSON.stringify(notices[0]?.params)).toContain("MBR");

    expect((await approvalQueue(world.ctx(office))).map(({ id }) => id)).toContain(listingId);
    expect(await viewApproval(world.ctx(deputy), listingId)).toMatchObject({
      askedBy: researcher.fullName,
      draftRevision: made.revision,
      contact: { contactPhone: "0203 555 6666" },
    });
    expect((await viewOwnListing(world.ctx(researcher), listingId))?.office).toMatchObject({
      asked: { by: researcher.fullName },
      decides: false,
    });
    expect((await loadDraft(world.ctx(researcher), listingId))?.throughOffice).toBe(true);
    expect((await loadDraft(world.ctx(office), listingId))?.throughOffice).toBe(false);
    for (const who of [researcher, stranger, broker]) {
      expect(await approvalQueue(world.ctx(who))).toEqual([]);
      expect(await viewApproval(world.ctx(who), listingId)).toBeNull();
      expect(await approveDraft(world.ctx(who), made)).toMatchObject({ code: "common:notFound" });
      expect(await sendBackDraft(world.ctx(who), { listingId, note: "x" })).toMatchObject({ code: "common:notFound" });
    }
    must(await withdrawListing(world.ctx(researcher), { listingId }));
    expect((await approvalQueue(world.ctx(office))).map(({ id }) => id)).not.toContain(listingId);
  });

  it("approved goes to review in the words that were read, and its writer hears; who comes later hears who was quicker", async () => {
    const made = await ask();
    const { listingId } = made;
    const values = completeDraft(world, "offering", { title: "Tiêu đề sửa sau khi đề nghị duyệt" });
    const saved = must(await saveDraft(world.ctx(researcher), { listingId, revision: made.revision, values }));
    expect(await approveDraft(world.ctx(office), made)).toMatchObject({ code: "listings:error.draftConflict" });
    const sent = forReview(await approveDraft(world.ctx(office), { listingId, revision: saved.revision }));
    expect((await reviewQueue(world.ctx(broker))).map(({ id }) => id)).toContain(sent.reviewId);
    const log = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: listingId, action: "listing.submitted" },
    });
    expect(log).toMatchObject({ actorId: office.personId, after: { approvedForId: researcher.personId } });
    expect((await told("listing.approval-given", listingId)).notices).toMatchObject([
      { personId: researcher.personId, kind: "approval-given" },
    ]);
    const late = { code: "office:error.taken", params: { name: office.fullName } };
    expect(await approveDraft(world.ctx(deputy), { listingId, revision: saved.revision })).toMatchObject(late);
    expect(await sendBackDraft(world.ctx(deputy), { listingId, note: "x" })).toMatchObject(late);
    expect(await answeredDraft(world.ctx(deputy), listingId)).toEqual({ by: office.fullName });
    for (const who of [researcher, stranger, broker]) expect(await answeredDraft(world.ctx(who), listingId)).toBeNull();
  });

  it("given back stays with its writer, with the office's words, until asked again", async () => {
    const made = await ask();
    const { listingId } = made;
    expect(await sendBackDraft(world.ctx(office), { listingId, note: "  " })).toMatchObject({
      fields: { note: ["office:error.why"] },
    });
    const results = await Promise.all(
      [office, deputy].map((who) => sendBackDraft(world.ctx(who), { listingId, note: "Bổ sung kết quả thử nghiệm." })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ code: "office:error.taken" });
    expect((await viewOwnListing(world.ctx(researcher), listingId))?.office).toMatchObject({
      asked: null,
      note: "Bổ sung kết quả thử nghiệm.",
    });
    expect((await told("listing.approval-declined", listingId)).notices).toMatchObject([
      { personId: researcher.personId, kind: "approval-declined" },
    ]);
    const log = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: listingId, action: "listing.approval-declined" },
    });
    expect(JSON.stringify(log.after)).not.toContain("Bổ sung");
    must(await submitListing(world.ctx(researcher), made));
    expect((await viewOwnListing(world.ctx(researcher), listingId))?.office).toMatchObject({ note: null });
    expect((await approvalQueue(world.ctx(office))).map(({ id }) => id)).toContain(listingId);
  });

  it("that is not whole is not asked about; of the office itself and its brokers goes straight to review", async () => {
    const gaps = await aDraft(world, "offering", {
      owner: { organisationId, manager: researcher },
      broker,
      draft: { title: "" },
    });
    expect(await submitListing(world.ctx(researcher), gaps)).toMatchObject({ code: "listings:error.incomplete" });
    const own = await aDraft(world, "need", { owner: { organisationId, manager: office }, broker });
    forReview(await submitListing(world.ctx(office), own));
    const behalf = await aDraft(world, "need", { owner: { organisationId, manager: office }, broker, onBehalf: true });
    forReview(await submitListing(world.ctx(broker), behalf));
  });

  it("of a listing on the shelf waits too, a new telephone number included; the shelf stays as it is", async () => {
    const own = await aDraft(world, "need", { owner: { organisationId, manager: office }, broker });
    const { reviewId } = forReview(await submitListing(world.ctx(office), own));
    must(await approve(world.ctx(broker), reviewId));
    const { listingId } = own;
    const view = await loadDraft(world.ctx(researcher), listingId);
    if (!view) throw new Error("no draft");
    const values = { ...view.draft, contactPhone: "0203 999 8888" };
    const { revision } = must(await saveDraft(world.ctx(researcher), { listingId, revision: view.revision, values }));
    expect(must(await submitListing(world.ctx(researcher), { listingId, revision })).versionId).toBeNull();
    expect(await db().listingVersion.count({ where: { listingId } })).toBe(1);
    expect((await approvalQueue(world.ctx(office))).find(({ id }) => id === listingId)?.revision).toBe(true);
    const sent = must(await approveDraft(world.ctx(office), { listingId, revision }));
    expect([sent.versionId === null, sent.reviewId]).toEqual([false, null]);
    expect((await db().listing.findUniqueOrThrow({ where: { id: listingId } })).approvalAskedAt).toBeNull();
  });
});
