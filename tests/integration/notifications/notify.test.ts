import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  claimOrganisation,
  decideClaim,
  inviteColleague,
  requestReset,
  verifyLinkToken,
} from "~/modules/accounts/index.server";
import { mailboxMail, noticesOf, notifyEvent } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { makeBroker, makeColleague, makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { emitEvent, makeListingRow, makeMatchRow, newestEvent } from "./subjects";

let world: TestWorld;
let broker: PersonActor;
let otherBroker: PersonActor;
let organisationId: string;
let manager: PersonActor;
let colleague: PersonActor;

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  otherBroker = await makeBroker(world);
  ({ organisationId, manager } = await makeOrganisation(world, { broker, nameVi: "Công ty CHỦ SỞ HỮU" }));
  colleague = await makeColleague(world, manager, organisationId);
  await world.container.ports.db.person.update({ where: { id: colleague.personId }, data: { locale: "en" } });
});
afterAll(() => world?.close());

const db = () => world.container.ports.db;
/** Who was told of this event, on which channel, with which words' key. */
async function toldOf(eventId: string) {
  const notices = await db().notice.findMany({ where: { eventId }, select: { personId: true, kind: true } });
  const mails = await db().mail.findMany({
    where: { dedupeKey: { startsWith: `${eventId}:` } },
    select: { personId: true, kind: true, toAddress: true },
  });
  const sort = (list: string[]) => list.sort();
  return {
    page: sort(notices.map((notice) => `${notice.kind} → ${nameOf(notice.personId)}`)),
    mail: sort(mails.map((mail) => `${mail.kind} → ${mail.personId ? nameOf(mail.personId) : mail.toAddress}`)),
  };
}
function nameOf(personId: string): string {
  const known = Object.entries({ broker, otherBroker, manager, colleague }).find(
    ([, person]) => person.personId === personId,
  );
  return known?.[0] ?? personId;
}
async function writtenOf(eventId: string) {
  const rows = await db().mail.findMany({
    where: { dedupeKey: { startsWith: `${eventId}:` } },
    orderBy: { personId: "asc" },
  });
  return Promise.all(
    rows.map(async (row) => {
      const mail = await mailboxMail(world.ctx(), row.id);
      if (!mail) throw new Error("not written");
      return { ...mail.written, row };
    }),
  );
}

describe("who is told of what", () => {
  it("tells an owner's members, each in their language, that a listing was published, and not the broker who did it", async () => {
    const { id } = await makeListingRow(world, {
      organisationId,
      createdById: broker.personId,
      reference: "NC-22-2026-000123",
      titles: { vi: "Xử lý nước thải mỏ", en: "Mine water treatment" },
    });
    const eventId = await emitEvent(world, "listing.published", id);
    const { mailIds } = await notifyEvent(world.system, eventId);
    expect(await toldOf(eventId)).toEqual({
      page: ["listing-published → colleague", "listing-published → manager"],
      mail: ["listing-published → colleague", "listing-published → manager"],
    });
    expect(mailIds).toHaveLength(2);
    const subjects = (await writtenOf(eventId)).map((mail) => mail.subject).sort();
    expect(subjects).toEqual([
      "Published NC-22-2026-000123: Mine water treatment",
      "Đã đăng NC-22-2026-000123: Xử lý nước thải mỏ",
    ]);
    const [mail] = await writtenOf(eventId);
    expect(mail?.text).toContain(broker.fullName);
    expect(mail?.text).toContain(`http://127.0.0.1:3000/my/listings/${id}`);
  });

  it("keeps every row single however often and however many at once the job runs", async () => {
    const { id } = await makeListingRow(world, { organisationId });
    const eventId = await emitEvent(world, "listing.rejected", id);
    const runs = await Promise.all(Array.from({ length: 8 }, () => notifyEvent(world.system, eventId)));
    await notifyEvent(world.system, eventId);
    expect((await toldOf(eventId)).page).toHaveLength(2);
    expect((await toldOf(eventId)).mail).toHaveLength(2);
    // whichever run wrote them, each run hands over the same mails with the same Message-IDs
    expect(new Set(runs.map((run) => run.mailIds.sort().join())).size).toBe(1);
    expect(new Set((await writtenOf(eventId)).map((mail) => mail.row.messageId)).size).toBe(2);
  });

  it("tells every broker in the page of a submission, and the one in charge by mail too", async () => {
    const { id } = await makeListingRow(world, { organisationId, state: "submitted", reference: null });
    const eventId = await emitEvent(world, "listing.submitted", id);
    await notifyEvent(world.system, eventId);
    expect(await toldOf(eventId)).toEqual({
      page: ["listing-to-review → broker", "listing-to-review → otherBroker"],
      mail: ["listing-to-review → broker"],
    });
  });

  it("carries the reason and the note of a review answer to the owner", async () => {
    const { id, versionId } = await makeListingRow(world, {
      organisationId,
      state: "changes_requested",
      reference: null,
    });
    await db().review.create({
      data: {
        id: newId(),
        listingId: id,
        versionId,
        state: "changes_requested",
        submittedAt: world.clock.now(),
        decidedAt: world.clock.now(),
        reasonCode: "parameters_missing",
        note: "Xin nêu rõ công suất\nvà nguồn nước.",
      },
    });
    const eventId = await emitEvent(world, "listing.changes-requested", id);
    await notifyEvent(world.system, eventId);
    for (const { text } of await writtenOf(eventId)) expect(text).toContain("Xin nêu rõ công suất và nguồn nước.");
    const { notices } = await noticesOf(world.ctx(manager));
    expect(notices[0]).toMatchObject({ kind: "listing-changes-requested", path: `/my/listings/${id}`, read: false });
    expect(notices[0]?.params).toEqual({ title: "Xử lý nước thải mỏ", reference: "", listingKind: "need" });
  });

  it("tells the maker of a listing without an organisation", async () => {
    const { actor } = await makePerson(world);
    const { id } = await makeListingRow(world, { organisationId: null, createdById: actor.personId });
    const eventId = await emitEvent(world, "listing.rejected", id);
    await notifyEvent(world.system, eventId);
    expect((await toldOf(eventId)).page).toEqual([`listing-rejected → ${actor.personId}`]);
  });

  it("does not tell people who left, were disabled, or never confirmed their address (but in the page)", async () => {
    const gone = await makeColleague(world, manager, organisationId);
    const disabled = await makeColleague(world, manager, organisationId);
    const unconfirmed = await makeColleague(world, manager, organisationId);
    await db().membership.updateMany({ where: { personId: gone.personId }, data: { state: "ended" } });
    await db().person.update({ where: { id: disabled.personId }, data: { disabledAt: world.clock.now() } });
    await db().person.update({ where: { id: unconfirmed.personId }, data: { emailConfirmedAt: null } });
    const { id } = await makeListingRow(world, { organisationId });
    const eventId = await emitEvent(world, "listing.published", id);
    await notifyEvent(world.system, eventId);
    const told = await toldOf(eventId);
    expect(told.mail).toEqual(["listing-published → colleague", "listing-published → manager"]);
    expect(told.page).toEqual(
      [
        "listing-published → colleague",
        "listing-published → manager",
        `listing-published → ${unconfirmed.personId}`,
      ].sort(),
    );
    await db().membership.updateMany({
      where: { personId: { in: [disabled.personId, unconfirmed.personId] } },
      data: { state: "ended" },
    });
  });

  it("tells of the first matches once, and of none below the threshold", async () => {
    const need = await makeListingRow(world, { organisationId, reference: "NC-22-2026-000777" });
    const other = await makeOrganisation(world, { broker });
    const offering = await makeListingRow(world, { organisationId: other.organisationId, kind: "offering" });
    const match = await makeMatchRow(world, need, offering, { score: 20 });
    const count = () => db().notice.count({ where: { kind: "first-matches", subjectId: need.id } });
    await notifyEvent(world.system, await emitEvent(world, "matches.computed", need.id));
    expect(await count()).toBe(0);
    await db().match.update({ where: { id: match.id }, data: { belowThreshold: false, score: 70 } });
    const events = await Promise.all([1, 2, 3].map(() => emitEvent(world, "matches.computed", need.id)));
    await Promise.all(events.map((eventId) => notifyEvent(world.system, eventId)));
    expect(await count()).toBe(2);
    expect(await db().mail.count({ where: { kind: "first-matches", subjectId: need.id } })).toBe(2);
  });

  it("says nothing of matches whose other side the owner would not find on the page", async () => {
    const need = await makeListingRow(world, { organisationId });
    const other = await makeOrganisation(world, { broker });
    const match = async (more: { visibility?: "brokers"; state?: "withdrawn" }, decision: "none" | "dismissed") => {
      const side = { organisationId: other.organisationId, kind: "offering" as const };
      const made = await makeMatchRow(world, need, await makeListingRow(world, { ...side, ...more }), { score: 70 });
      const decided =
        decision === "none"
          ? {}
          : { decision, decidedAt: world.clock.now(), decidedById: broker.personId, reasonCode: "unclear" };
      await db().match.update({ where: { id: made.id }, data: { belowThreshold: false, ...decided } });
    };
    await match({ visibility: "brokers" }, "none");
    await match({ state: "withdrawn" }, "none");
    await match({}, "dismissed");
    await notifyEvent(world.system, await emitEvent(world, "matches.computed", need.id));
    expect(await db().notice.count({ where: { kind: "first-matches", subjectId: need.id } })).toBe(0);
  });

  it("tells a need's owner of a shortlisted match without a word about the other side, and not at all when it may not be seen", async () => {
    const other = await makeOrganisation(world, { broker, nameVi: "Viện BÊN KIA" });
    for (const [visibility, told] of [
      ["blind", 2],
      ["brokers", 0],
    ] as const) {
      const need = await makeListingRow(world, { organisationId });
      const offering = await makeListingRow(world, {
        organisationId: other.organisationId,
        kind: "offering",
        visibility,
        titles: { vi: "Tiêu đề BÊN KIA" },
      });
      const match = await makeMatchRow(world, need, offering, { score: 70, shortlistedBy: broker.personId });
      const eventId = await emitEvent(world, "match.shortlisted", match.id);
      await notifyEvent(world.system, eventId);
      expect((await toldOf(eventId)).page).toHaveLength(told);
      expect((await toldOf(eventId)).mail).toEqual([]);
      expect(JSON.stringify(await db().notice.findMany({ where: { eventId } }))).not.toContain("BÊN KIA");
    }
  });
});

describe("what nobody may read in a notice or mail", () => {
  it("keeps the other side, contacts and a blind owner's name out of every event about a listing", async () => {
    const asker = await makeOrganisation(world, { broker, nameVi: "CANARY-asker-organisation" });
    const blindOwner = await makeOrganisation(world, { broker, nameVi: "CANARY-blind-owner" });
    const contact = {
      name: "CANARY-contact-name",
      phone: "CANARY-0900000000",
      email: "canary@contact.example.invalid",
    };
    const { id, versionId } = await makeListingRow(world, {
      organisationId: blindOwner.organisationId,
      visibility: "blind",
      titles: { vi: "Tiêu đề ẩn danh" },
      contact,
    });
    await db().review.create({
      data: {
        id: newId(),
        listingId: id,
        versionId,
        state: "rejected",
        submittedAt: world.clock.now(),
        decidedAt: world.clock.now(),
        reasonCode: "other",
        note: "Ý kiến",
      },
    });
    const interests = await Promise.all(
      (["can_solve", "ask_broker"] as const).map(async (kind) => {
        const interest = {
          id: newId(),
          listingId: id,
          organisationId: asker.organisationId,
          personId: asker.manager.personId,
          kind,
          message: "CANARY-message",
          answer: "CANARY-answer",
        };
        await db().interest.create({ data: { ...interest, createdAt: world.clock.now() } });
        return interest.id;
      }),
    );
    const events: string[] = [];
    for (const type of [
      "listing.submitted",
      "listing.published",
      "listing.changes-requested",
      "listing.rejected",
      "listing.withdrawn",
      "listing.expired",
      "listing.posted-on-behalf",
      "listing.on-behalf-confirmed",
    ] as const) {
      events.push(await emitEvent(world, type, id));
    }
    for (const interestId of interests)
      events.push(
        await emitEvent(world, "interest.expressed", interestId),
        await emitEvent(world, "interest.answered", interestId),
      );
    for (const eventId of events) await notifyEvent(world.system, eventId);

    const notices = await db().notice.findMany({ where: { eventId: { in: events } } });
    const mails = (await Promise.all(events.map(writtenOf))).flat();
    expect(notices.length).toBeGreaterThan(10);
    expect(mails.length).toBeGreaterThan(6);
    const everything = JSON.stringify([
      notices,
      mails.map(({ row: { toAddress: _to, ...row }, ...written }) => [row, written]),
    ]);
    expect(everything).not.toMatch(/CANARY|canary@/);
    expect(everything).not.toContain(asker.manager.email);
    expect(world.logText()).not.toMatch(/CANARY|canary@|@example\.invalid/);
  });

  it("tells the broker by name of an interest, its owner only that there is one, and the asker of the answer", async () => {
    const asker = await makeOrganisation(world, { broker });
    const { id } = await makeListingRow(world, { organisationId });
    const make = async (kind: "can_solve" | "ask_broker") => {
      const interestId = newId();
      await db().interest.create({
        data: {
          id: interestId,
          listingId: id,
          organisationId: asker.organisationId,
          personId: asker.manager.personId,
          kind,
          message: "m",
          createdAt: world.clock.now(),
        },
      });
      return interestId;
    };
    const solve = await make("can_solve");
    const ask = await make("ask_broker");
    const [solved, asked, answered] = [
      await emitEvent(world, "interest.expressed", solve),
      await emitEvent(world, "interest.expressed", ask),
      await emitEvent(world, "interest.answered", ask),
    ];
    for (const eventId of [solved, asked, answered]) await notifyEvent(world.system, eventId);
    const both = ["interest-received → colleague", "interest-received → manager", "interest-to-handle → broker"];
    expect(await toldOf(solved)).toEqual({ page: both, mail: both });
    expect(await toldOf(asked)).toEqual({
      page: ["question-to-answer → broker"],
      mail: ["question-to-answer → broker"],
    });
    expect(await toldOf(answered)).toEqual({
      page: [`interest-answered → ${asker.manager.personId}`],
      mail: [`interest-answered → ${asker.manager.personId}`],
    });
  });
});

describe("security mails", () => {
  it("carry a working one-time link that is stored nowhere, and nothing once it was used", async () => {
    const { actor } = await makePerson(world);
    must(await requestReset(world.ctx(), { email: actor.email, remoteAddress: "192.0.2.9" }));
    const eventId = await newestEvent(world, "person.reset-requested");
    await notifyEvent(world.system, eventId);
    const [mail] = await writtenOf(eventId);
    const token = /\/reset\/(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
    const linkId = verifyLinkToken(world.env, "reset_password", token);
    expect(linkId).not.toBeNull();
    expect((await db().oneTimeLink.findUniqueOrThrow({ where: { id: linkId ?? "" } })).personId).toBe(actor.personId);
    expect(JSON.stringify(mail?.row)).not.toContain(token);
    expect((await toldOf(eventId)).page).toEqual([]);

    // the confirmation link of the same person was used while signing up
    const used = await db().outboxEvent.findFirstOrThrow({
      where: { type: "person.signed-up", subjectId: actor.personId },
    });
    await notifyEvent(world.system, used.id);
    expect((await toldOf(used.id)).mail).toEqual([]);
  });

  it("invite an address that nobody stands behind yet", async () => {
    const { id } = must(
      await inviteColleague(world.ctx(manager), { organisationId, email: "moi@example.invalid", role: "member" }),
    );
    const eventId = await newestEvent(world, "invitation.sent");
    await notifyEvent(world.system, eventId);
    expect(await toldOf(eventId)).toEqual({ page: [], mail: ["invitation → moi@example.invalid"] });
    const [mail] = await writtenOf(eventId);
    expect(verifyLinkToken(world.env, "invitation", /\/invitations\/(\S+)/.exec(mail?.text ?? "")?.[1] ?? "")).toBe(id);
  });

  it("tell a claimant how the broker decided", async () => {
    const { actor } = await makePerson(world);
    const target = await makeOrganisation(world, { broker });
    must(
      await claimOrganisation(world.ctx(actor), {
        organisationId: target.organisationId,
        evidence: "Giấy giới thiệu của đơn vị.",
      }),
    );
    const claim = await db().organisationClaim.findFirstOrThrow({ where: { personId: actor.personId } });
    must(await decideClaim(world.ctx(broker), { claimId: claim.id, decision: "reject", reasonCode: "not_entitled" }));
    const eventId = await newestEvent(world, "claim.decided");
    await notifyEvent(world.system, eventId);
    expect((await toldOf(eventId)).mail).toEqual([`claim-rejected → ${actor.personId}`]);
  });
});
