import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  deliverMail,
  lostMails,
  notifyEvent,
  releaseHeld,
  remindOverdue,
  saveChoices,
  viewChoices,
} from "~/modules/notifications/index.server";
import { choicesSchema } from "~/modules/notifications/schemas";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { emitEvent, makeListingRow } from "./subjects";

let world: TestWorld;
let broker: PersonActor;
let organisationId: string;
let manager: PersonActor;
let listingId: string;

const MORNING = new Date("2026-11-23T09:00+07:00");
const NIGHT = new Date("2026-11-24T03:00+07:00");
const SEVEN = new Date("2026-11-24T07:00+07:00");

beforeAll(async () => {
  world = await openTestWorld({ env: { MAIL_QUIET_HOURS: "21:00-07:00" } });
  broker = await makeBroker(world);
  ({ organisationId, manager } = await makeOrganisation(world, { broker }));
  listingId = (await makeListingRow(world, { organisationId })).id;
});
afterAll(() => world?.close());

const db = () => world.container.ports.db;
const choose = (fields: Record<string, string>, actor = manager) =>
  saveChoices(
    world.ctx(actor),
    choicesSchema.parse({ timeZone: "Asia/Ho_Chi_Minh", digestHour: "8", digestWeekday: "1", ...fields }),
  );
/** One event of the manager's listing; what became of it. */
async function happens(type: "listing.published" | "listing.expired" | "person.password-changed", at: Date) {
  world.clock.set(at);
  const subject = type === "person.password-changed" ? manager.personId : listingId;
  const eventId = await emitEvent(world, type, subject);
  const { mailIds } = await notifyEvent(world.system, eventId);
  const [notice, mail] = await Promise.all([
    db().notice.findFirst({ where: { eventId, personId: manager.personId } }),
    db().mail.findFirst({ where: { dedupeKey: { startsWith: `${eventId}:` } } }),
  ]);
  return { notice, mail, mailIds };
}

describe("mails follow their reader's choices", () => {
  it("go at once by day, and the page has them too", async () => {
    const { notice, mail, mailIds } = await happens("listing.published", MORNING);
    expect(notice?.digestDueAt).toBe(null);
    expect(mail?.sendAfter).toBe(null);
    expect(mailIds).toEqual([mail?.id]);
  });

  it("are held at night, are not sent by any worker, and go when the quiet hours end, once", async () => {
    const { notice, mail, mailIds } = await happens("listing.published", NIGHT);
    expect(notice).not.toBe(null);
    expect(mail?.sendAfter).toEqual(SEVEN);
    expect(mailIds).toEqual([]);
    const id = mail?.id ?? "";
    world.clock.set(new Date(SEVEN.getTime() - 1));
    expect(await deliverMail(world.system, world.container.mail, id, false)).toBe("nothing-to-do");
    expect(await lostMails(world.system)).not.toContain(id);
    expect((await releaseHeld(world.system)).mailIds).not.toContain(id);
    world.clock.set(SEVEN);
    const released = await Promise.all([1, 2, 3].map(() => releaseHeld(world.system)));
    expect(released.flatMap((one) => one.mailIds).filter((one) => one === id)).toHaveLength(1);
    // a crash between letting go and queueing: an ordinary waiting mail
    expect(await lostMails(world.system)).toContain(id);
    expect(await deliverMail(world.system, world.container.mail, id, false)).toBe("sent");
  });

  it("about passwords go at night as well", async () => {
    const { mail, mailIds } = await happens("person.password-changed", NIGHT);
    expect(mail?.sendAfter).toBe(null);
    expect(mailIds).toEqual([mail?.id]);
  });

  it("wait by the reader's own clock: quiet in Berlin is not quiet in Viet Nam", async () => {
    must(
      await choose({
        timeZone: "Europe/Berlin",
        quietOn: "on",
        quietFrom: "22:00",
        quietUntil: "02:30",
        listings: "immediate",
      }),
    );
    // 02:10 on the night when 02:00–03:00 comes twice
    const { mail } = await happens("listing.published", new Date("2026-10-25T02:10+02:00"));
    expect(mail?.sendAfter).toEqual(new Date("2026-10-25T02:30+02:00"));
    const spring = await happens("listing.published", new Date("2027-03-28T01:30+01:00"));
    expect(spring.mail?.sendAfter).toEqual(new Date("2027-03-28T03:00+02:00"));
    expect((await happens("listing.published", NIGHT)).mail?.sendAfter).toBe(null);
  });

  it("are none when the topic is off; the notice is there", async () => {
    must(await choose({ listings: "off" }));
    const { notice, mail } = await happens("listing.published", MORNING);
    expect(mail).toBe(null);
    expect(notice).toMatchObject({ digestDueAt: null, digestMailId: null });
  });

  it("wait for the digest that was chosen, and move with the choice", async () => {
    must(await choose({ listings: "daily", digestHour: "16" }));
    const { notice, mail } = await happens("listing.expired", MORNING);
    expect(mail).toBe(null);
    expect(notice?.digestDueAt).toEqual(new Date("2026-11-23T16:00+07:00"));
    const due = async () => (await db().notice.findUniqueOrThrow({ where: { id: notice?.id } })).digestDueAt;
    must(await choose({ listings: "weekly", digestHour: "9", digestWeekday: "5" }));
    expect(await due()).toEqual(new Date("2026-11-27T09:00+07:00"));
    // Tết of 2027 falls on 6 February: the digest of that week comes as always
    const tet = await happens("listing.expired", new Date("2027-02-05T10:00+07:00"));
    expect(tet.notice?.digestDueAt).toEqual(new Date("2027-02-12T09:00+07:00"));
    must(await choose({ listings: "off" }));
    expect(await due()).toBe(null);
  });

  it("hold for reminders of what a broker owes too", async () => {
    world.clock.set(MORNING);
    must(await choose({ work: "daily" }, broker));
    const submitted = await makeListingRow(world, { organisationId, state: "submitted", reference: null });
    const reviewId = newId();
    await db().review.create({
      data: {
        id: reviewId,
        listingId: submitted.id,
        versionId: submitted.versionId,
        state: "open",
        submittedAt: MORNING,
      },
    });
    await db().due.create({
      data: {
        id: newId(),
        officeId: broker.officeId,
        kind: "review",
        subjectKind: "review",
        subjectId: reviewId,
        ruleKey: "review.days",
        ruleVersion: 1,
        dueOn: dateOnly("2026-11-20"),
        personId: broker.personId,
        createdAt: MORNING,
        state: "open",
      },
    });
    expect(await remindOverdue(world.system)).toEqual({ reminded: 1, mailIds: [] });
    const notice = await db().notice.findFirstOrThrow({ where: { personId: broker.personId, kind: "due-overdue" } });
    expect(notice.digestDueAt).toEqual(new Date("2026-11-24T08:00+07:00"));
  });
});

describe("the choices", () => {
  it("are the Department's until somebody chooses, and staff are asked of their work too", async () => {
    const { manager: fresh } = await makeOrganisation(world, { broker });
    const view = await viewChoices(world.ctx(fresh));
    expect(view).toMatchObject({ timeZone: "Asia/Ho_Chi_Minh", quiet: { from: 1260, until: 420 }, digestHour: 8 });
    expect(view?.topics.map(({ topic }) => topic)).not.toContain("work");
    expect(new Set(view?.topics.map(({ mode }) => mode))).toEqual(new Set(["immediate"]));
    expect((await viewChoices(world.ctx(broker)))?.topics.map(({ topic }) => topic)).toContain("work-news");
    expect(await viewChoices(world.ctx())).toBe(null);
    expect(
      await saveChoices(world.ctx(), choicesSchema.parse({ timeZone: "UTC", digestHour: 8, digestWeekday: 1 })),
    ).toEqual(expect.objectContaining({ ok: false }));
  });

  it("are audited, and refused in words when they make no sense", async () => {
    must(await choose({ deals: "weekly" }));
    const entry = await db().auditEntry.findFirstOrThrow({
      where: { action: "person.notice-choices-changed", subjectId: manager.personId },
      orderBy: { seq: "desc" },
    });
    expect(entry.after).toMatchObject({ modes: { deals: "weekly" }, quietFrom: null });
    const wrong = choicesSchema.safeParse({
      timeZone: "Mars/Phobos",
      quietOn: "on",
      quietFrom: "25:00",
      quietUntil: "07:00",
      digestHour: "8",
      digestWeekday: "9",
    });
    expect(wrong.error?.issues.map((issue) => issue.message).sort()).toEqual([
      "mailing:error.choose",
      "mailing:error.clock",
      "mailing:error.timeZone",
    ]);
    const same = choicesSchema.safeParse({
      timeZone: "UTC",
      quietOn: "on",
      quietFrom: "21:00",
      quietUntil: "21:00",
      digestHour: "8",
      digestWeekday: "1",
    });
    expect(same.error?.issues.map((issue) => issue.message)).toEqual(["mailing:error.quietSame"]);
  });
});
