import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  loadSearchDocument,
  reconfirmByLink,
  reconfirmListing,
  reconfirmToken,
  sweepReconfirm,
  viewOwnListing,
  viewReconfirmLink,
  visibleTo,
  withdrawListing,
} from "~/modules/listings/index.server";
import { mailboxMail, notifyEvent } from "~/modules/notifications/index.server";
import { newId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { addDays } from "~/platform/reminder-steps";
import { aPublishedNeed, type MadeListing } from "../../factories/listings";
import { makeColleague, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
beforeAll(async () => {
  // the first question falls into Tết 2027 (6 February is its first day)
  world = await openTestWorld({ start: new Date("2026-11-06T02:00:00.000Z") });
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;
const address = "192.0.2.9";
const sweep = async () => must(await sweepReconfirm(world.system));
const at = (day: string, hour = "02:00") => world.clock.set(new Date(`${day}T${hour}:00.000Z`));
const dueOf = (listingId: string) =>
  db().due.findFirst({ where: { kind: "listing.reconfirm", subjectId: listingId, state: "open" } });
const shown = async (listingId: string) =>
  (await db().listing.count({
    where: { AND: [{ id: listingId }, visibleTo({ kind: "anonymous" }, world.clock.now())] },
  })) === 1;

/** Tells everybody what happened since, as the worker would. */
async function told(listingId: string, since: Date): Promise<{ kind: string; id: string; personId: string | null }[]> {
  const events = await db().outboxEvent.findMany({
    where: {
      subjectId: listingId,
      type: { in: ["listing.reconfirm-due", "listing.unconfirmed"] },
      createdAt: { gte: since },
    },
  });
  for (const event of events) await notifyEvent(world.system, event.id);
  return db().mail.findMany({
    where: { subjectId: listingId, kind: { in: ["listing-reconfirm", "listing-hidden"] }, createdAt: { gte: since } },
    select: { kind: true, id: true, personId: true },
  });
}
async function linkIn(mailId: string): Promise<string> {
  const mail = await mailboxMail(world.system, mailId);
  const token = /listings\/confirm\/([\w.-]+)/.exec(mail?.written.text ?? "")?.[1];
  if (!token) throw new Error("the mail has no link");
  return token;
}

describe("a published listing", () => {
  it("is asked about after three months, reminded of, hidden, and comes back by one click; nobody is asked twice", async () => {
    at("2026-11-06");
    const { listingId, owner } = await aPublishedNeed(world, { draft: { expiresOn: "15/10/2027" } });
    const due = (await dueOf(listingId))?.dueOn.toISOString().slice(0, 10) ?? "";
    expect(due).toBe("2027-02-06");
    const happened: string[] = [];
    // every day of its first half year, several sweeps a day
    for (let day = "2027-01-30"; day <= "2027-03-10"; day = addDays(day, 1)) {
      at(day, "16:59"); // one minute before midnight in Vietnam
      const rounds = [await sweep(), await sweep()];
      for (const { asked, reminded, hidden, failed } of rounds) {
        if (asked) happened.push(`${day} asked`);
        if (reminded) happened.push(`${day} reminded`);
        if (hidden) happened.push(`${day} hidden`);
        expect(failed).toBe(0);
      }
    }
    expect(happened).toEqual(["2027-02-06 asked", "2027-02-13 reminded", "2027-02-20 hidden"]);

    const mails = await told(listingId, new Date("2027-01-01T00:00:00Z"));
    expect(mails.map((mail) => mail.kind).sort()).toEqual(["listing-hidden", "listing-reconfirm", "listing-reconfirm"]);
    expect(mails.every((mail) => mail.personId === owner.personId)).toBe(true);
    // hidden from everybody, for searching a tombstone; not deleted, and its owner sees why
    expect(await shown(listingId)).toBe(false);
    expect(await loadSearchDocument(db(), listingId, () => [])).toMatchObject({ removed: true });
    expect((await viewOwnListing(world.ctx(owner), listingId))?.reconfirm?.hiddenSince).toBeInstanceOf(Date);

    const token = await linkIn(mails.find((mail) => mail.kind === "listing-hidden")?.id ?? "");
    // a mail scanner opens it: nothing happens
    for (let look = 0; look < 3; look++)
      expect(await viewReconfirmLink(world.ctx(), token)).toMatchObject({ state: "ready" });
    expect(await shown(listingId)).toBe(false);
    must(await reconfirmByLink(world.ctx(), { token, remoteAddress: address }));
    expect(await shown(listingId)).toBe(true);
    expect(await loadSearchDocument(db(), listingId, () => [])).not.toHaveProperty("removed");
    expect(await viewReconfirmLink(world.ctx(), token)).toMatchObject({ state: "confirmed" });
    expect(await reconfirmByLink(world.ctx(), { token, remoteAddress: address })).toMatchObject({
      code: "listings:error.confirmedByLink",
    });
    expect((await dueOf(listingId))?.dueOn).toEqual(dateOnly("2027-06-10"));
    const audit = await db().auditEntry.findMany({
      where: { subjectId: listingId, action: { startsWith: "listing.reconfirm" } },
      orderBy: { seq: "asc" },
      select: { action: true, actorId: true, onBehalfOfId: true, after: true },
    });
    expect(audit.map((one) => one.action)).toEqual([
      "listing.reconfirm-asked",
      "listing.reconfirm-reminded",
      "listing.reconfirm-hidden",
      "listing.reconfirmed",
    ]);
    expect(audit.at(-1)).toMatchObject({
      actorId: null,
      onBehalfOfId: owner.personId,
      after: { state: "published", hidden: false, channel: "link" },
    });
    // the next question has a link of its own: the old one stays spent
    at("2027-06-10");
    expect(await sweep()).toMatchObject({ asked: 1 });
    expect(await reconfirmByLink(world.ctx(), { token, remoteAddress: address })).toMatchObject({
      code: "listings:error.confirmedByLink",
    });
    must(await reconfirmListing(world.ctx(owner), { listingId }));
  });

  it("gets one question after the clock was down for months, and is not hidden without a warning", async () => {
    at("2027-07-01");
    const { listingId } = await aPublishedNeed(world, { draft: { expiresOn: "20/06/2028" } });
    at("2028-01-15");
    // other listings of this world wait too: each gets one step
    await sweep();
    expect(await sweep()).toEqual({ asked: 0, reminded: 0, hidden: 0, failed: 0 });
    const events = await db().outboxEvent.findMany({ where: { subjectId: listingId, type: { contains: "confirm" } } });
    expect(events.map((event) => event.type)).toEqual(["listing.reconfirm-due"]);
    at("2028-01-21");
    await sweep();
    expect(await shown(listingId)).toBe(true);
    at("2028-01-22");
    await sweep();
    expect(await shown(listingId)).toBe(false);
  });
});

describe("the one-click link", () => {
  let made: MadeListing;
  let token: string;
  beforeAll(async () => {
    world.clock.set(new Date(TEST_START.getTime() + 800 * 86_400_000));
    made = await aPublishedNeed(world);
    const began = world.clock.now();
    world.clock.advanceDays(93);
    await sweep();
    const [mail] = await told(made.listingId, began);
    token = await linkIn(mail?.id ?? "");
  });

  it("cannot be forged, turned to another purpose, or used by who left", async () => {
    const question = await db().listingConfirmation.findFirstOrThrow({ where: { listingId: made.listingId } });
    const other = await makeOrganisation(world);
    const stranger = reconfirmToken(world.env, question.id, other.manager.personId);
    const confirmed = async () =>
      (await db().listing.findUniqueOrThrow({ where: { id: made.listingId } })).lastConfirmedAt;
    const before = await confirmed();
    for (const wrong of [
      "nonsense",
      `${token}x`,
      token.replace(/^./, (letter) => (letter === "A" ? "B" : "A")),
      reconfirmToken(
        { ...world.env, SESSION_SECRET: "another secret that is long enough!!" },
        question.id,
        made.owner.personId,
      ),
      reconfirmToken(world.env, newId(), made.owner.personId),
      stranger,
    ]) {
      expect(await viewReconfirmLink(world.ctx(), wrong)).toEqual({ state: "wrong" });
      expect(await reconfirmByLink(world.ctx(), { token: wrong, remoteAddress: address })).toMatchObject({
        code: "listings:error.linkWrong",
      });
    }
    expect(await confirmed()).toEqual(before);
    const colleague = await makeColleague(world, made.owner, made.organisationId);
    const theirs = reconfirmToken(world.env, question.id, colleague.personId);
    expect(await viewReconfirmLink(world.ctx(), theirs)).toMatchObject({ state: "ready" });
    await db().membership.updateMany({ where: { personId: colleague.personId }, data: { state: "ended" } });
    expect(await reconfirmByLink(world.ctx(), { token: theirs, remoteAddress: address })).toMatchObject({
      code: "listings:error.linkWrong",
    });
  });

  it("is pressed by two at once: one answers, the other is told", async () => {
    const colleague = await makeColleague(world, made.owner, made.organisationId);
    const question = await db().listingConfirmation.findFirstOrThrow({ where: { listingId: made.listingId } });
    const results = await Promise.all(
      [token, reconfirmToken(world.env, question.id, colleague.personId)].map((one) =>
        reconfirmByLink(world.ctx(), { token: one, remoteAddress: address }),
      ),
    );
    expect(results.map((result) => (result.ok ? "done" : result.code)).sort()).toEqual([
      "done",
      "listings:error.confirmedByLink",
    ]);
  });

  it("finds nothing to confirm once the listing was withdrawn; the clock leaves it alone", async () => {
    const gone = await aPublishedNeed(world);
    const began = world.clock.now();
    world.clock.advanceDays(93);
    await sweep();
    const [mail] = await told(gone.listingId, began);
    const link = await linkIn(mail?.id ?? "");
    must(await withdrawListing(world.ctx(gone.owner), { listingId: gone.listingId }));
    expect(await viewReconfirmLink(world.ctx(), link)).toMatchObject({ state: "over" });
    expect(await reconfirmByLink(world.ctx(), { token: link, remoteAddress: address })).toMatchObject({
      code: "listings:error.notPublished",
    });
    world.clock.advanceDays(30);
    await sweep();
    expect((await db().listing.findUniqueOrThrow({ where: { id: gone.listingId } })).unconfirmedAt).toBeNull();
  });
});

describe("who may confirm", () => {
  it("is the owner, or a broker who heard it; for others the listing is absent", async () => {
    const { listingId, owner, broker } = await aPublishedNeed(world);
    const stranger = (await makeOrganisation(world)).manager;
    for (const actor of [undefined, stranger])
      expect(await reconfirmListing(world.ctx(actor), { listingId })).toMatchObject({ code: "common:notFound" });
    world.clock.advanceDays(10);
    must(await reconfirmListing(world.ctx(owner), { listingId }));
    expect(
      localDay((await db().listing.findUniqueOrThrow({ where: { id: listingId } })).lastConfirmedAt ?? new Date(0)),
    ).toBe(localDay(world.clock.now()));
    must(await reconfirmListing(world.ctx(broker), { listingId }));
    const last = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: listingId, action: "listing.reconfirmed" },
      orderBy: { seq: "desc" },
    });
    expect(last.after).toMatchObject({ channel: "phone" });
    expect(await sweepReconfirm(world.ctx(owner))).toMatchObject({ code: "common:forbidden" });
  });
});
