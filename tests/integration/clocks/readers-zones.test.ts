import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  buildDigests,
  deliverMail,
  mailboxMail,
  notifyEvent,
  releaseHeld,
  saveChoices,
} from "~/modules/notifications/index.server";
import { choicesSchema } from "~/modules/notifications/schemas";
import { sendInvitations, sweepMeetingsSoon } from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { aMeeting, anAccepted, aSession, stepOf } from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { emitEvent, makeListingRow } from "../notifications/subjects";

/**
 * What readers get when, by the clock on their own wall: the clock port walks hour by hour over days on which that wall
 * clock jumps, and over Tết, when it does not.
 */
const HOUR = 3_600_000;
/** something happens every so many hours; the sweeps look every hour */
const NEWS_HOURS = 3;

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld({ env: { MAIL_QUIET_HOURS: "21:00-07:00" }, start: new Date("2026-10-01T00:00:00Z") });
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;

const choose = async (reader: PersonActor, fields: Record<string, string>) =>
  must(await saveChoices(world.ctx(reader), choicesSchema.parse({ digestHour: "8", digestWeekday: "1", ...fields })));

/** Day and minute as the reader's wall shows them. */
function wall(at: Date, timeZone: string): { day: string; time: string } {
  const [day = "", time = ""] = at.toLocaleString("sv-SE", { timeZone }).split(" ");
  return { day, time: time.slice(0, 5) };
}

const WALKS = [
  { zone: "Europe/Berlin", from: "2027-03-26T00:00Z", days: 4, what: "loses an hour on 28 March" },
  { zone: "Europe/Berlin", from: "2027-10-29T00:00Z", days: 4, what: "gains an hour on 31 October" },
  { zone: "America/New_York", from: "2027-03-12T00:00Z", days: 4, what: "loses an hour on 14 March" },
  { zone: "America/New_York", from: "2027-11-05T00:00Z", days: 4, what: "gains an hour on 7 November" },
  { zone: "Asia/Ho_Chi_Minh", from: "2027-02-04T00:00Z", days: 8, what: "keeps its hours over Tết" },
] as const;

describe.each(WALKS)("a reader in $zone, where the clock $what", ({ zone, from, days }) => {
  it("one digest a day at eight on their wall; nothing at night, and what waited comes at seven", async () => {
    world.clock.set(new Date(Date.parse(from) - 24 * HOUR));
    const broker = await makeBroker(world);
    const digesting = await makeOrganisation(world, { broker });
    const atOnce = await makeOrganisation(world, { broker });
    await choose(digesting.manager, { timeZone: zone, listings: "daily" });
    await choose(atOnce.manager, { timeZone: zone, quietOn: "on", quietFrom: "21:00", quietUntil: "07:00" });
    const subjects = [
      (await makeListingRow(world, { organisationId: digesting.organisationId })).id,
      (await makeListingRow(world, { organisationId: atOnce.organisationId })).id,
    ];
    const begin = Date.parse(from);
    const letGo: { id: string; at: Date }[] = [];
    for (let at = begin; at < begin + days * 24 * HOUR; at += HOUR) {
      world.clock.set(new Date(at));
      // the sweeps first, as a worker that looks every few seconds; then an hour's news
      while ((await buildDigests(world.system)).more);
      const held = await releaseHeld(world.system);
      letGo.push(...held.mailIds.map((id) => ({ id, at: new Date(at) })));
      if (((at - begin) / HOUR) % NEWS_HOURS !== 0) continue;
      for (const subject of subjects)
        await notifyEvent(world.system, await emitEvent(world, "listing.expired", subject));
    }

    const digests = await db().mail.findMany({
      where: { personId: digesting.manager.personId, kind: "digest" },
      orderBy: { createdAt: "asc" },
    });
    const moments = digests.map((mail) => wall(mail.createdAt, zone));
    expect(moments.map(({ time }) => time)).toEqual(moments.map(() => "08:00"));
    // one a day, none left out and none twice
    const dates = moments.map(({ day }) => day);
    expect(new Set(dates).size).toBe(dates.length);
    expect(dates.length).toBeGreaterThanOrEqual(days - 1);
    const first = Date.parse(`${dates[0]}T00:00Z`);
    expect(dates).toEqual(dates.map((_, n) => new Date(first + n * 24 * HOUR).toISOString().slice(0, 10)));

    const mails = await db().mail.findMany({
      where: { personId: atOnce.manager.personId, kind: "listing-expired", createdAt: { gte: new Date(begin) } },
      orderBy: { createdAt: "asc" },
      select: { id: true, createdAt: true, sendAfter: true },
    });
    expect(mails).toHaveLength((days * 24) / NEWS_HOURS);
    const released = letGo.filter(({ id }) => mails.some((mail) => mail.id === id)).map(({ at }) => at);
    // what is let go of leaves at seven; every night has some
    expect(new Set(released.map((at) => wall(at, zone).time))).toEqual(new Set(["07:00"]));
    expect(new Set(released.map((at) => wall(at, zone).day)).size).toBeGreaterThanOrEqual(days - 1);
    // what still waits is of the last night and waits for seven, too
    for (const { sendAfter } of mails) if (sendAfter) expect(wall(sendAfter, zone).time).toBe("07:00");
    const night = ({ createdAt }: { createdAt: Date }) => {
      const { time } = wall(createdAt, zone);
      return time >= "21:00" || time < "07:00";
    };
    const waiting = mails.filter((mail) => mail.sendAfter !== null).length;
    expect(released.length + waiting).toBe(mails.filter(night).length);
  }, 180_000);
});

describe("the hours of a meeting", () => {
  /** A meeting at eight in Hạ Long on this day; the need's member reads in Berlin, the offering's at home. */
  async function invited(date: string) {
    world.clock.set(new Date(Date.parse(`${date}T02:00:00Z`) - 10 * 24 * HOUR));
    const accepted = await anAccepted(world);
    await choose(accepted.need.manager, {
      timeZone: "Europe/Berlin",
      quietOn: "on",
      quietFrom: "21:00",
      quietUntil: "07:00",
    });
    const sessionId = await aSession(world, accepted.broker, { date });
    const meetingId = await aMeeting(world, sessionId, accepted);
    must(await sendInvitations(world.ctx(accepted.broker), await stepOf(world, sessionId)));
    return { ...accepted, meetingId };
  }
  const told = async (meetingId: string, type: string, personId: string) => {
    const events = await db().outboxEvent.findMany({ where: { subjectId: meetingId, type }, orderBy: { seq: "asc" } });
    for (const event of events) await notifyEvent(world.system, event.id);
    const mail = await db().mail.findFirst({
      where: { subjectId: meetingId, personId },
      orderBy: { createdAt: "desc" },
    });
    const notice = await db().notice.findFirst({
      where: { subjectId: meetingId, personId },
      orderBy: { createdAt: "desc" },
    });
    return {
      mail,
      when: (notice?.params as { when?: string } | undefined)?.when,
      text: mail ? ((await mailboxMail(world.system, mail.id))?.written.text ?? "") : "",
    };
  };

  it.each([
    // 08:00 in Việt Nam is one or two in the morning there
    ["2027-03-26", "02:00–02:30 ngày 26/03/2027"],
    ["2027-03-29", "03:00–03:30 ngày 29/03/2027"],
    ["2027-10-29", "03:00–03:30 ngày 29/10/2027"],
    ["2027-11-01", "02:00–02:30 ngày 01/11/2027"],
  ])("of %s are said in the reader's own time beside the meeting's", async (date, there) => {
    const { meetingId, need, offering } = await invited(date);
    const home = `08:00–08:30 ngày ${date.split("-").reverse().join("/")}`;
    const abroad = await told(meetingId, "meeting.invited", need.manager.personId);
    for (const said of [abroad.when, abroad.text])
      expect(said).toContain(`${home} (giờ Việt Nam; giờ Berlin: ${there})`);
    const atHome = await told(meetingId, "meeting.invited", offering.manager.personId);
    expect(atHome.when).toBe(home);
    expect(atHome.text).not.toContain("Berlin");
  });

  it("an hour before: whose night it is finds it on the page, and no mail comes after the meeting has begun", async () => {
    const { meetingId, need, offering } = await invited("2027-03-30");
    world.clock.set(new Date("2027-03-30T00:05:00Z"));
    expect(must(await sweepMeetingsSoon(world.system))).toEqual({ reminded: 2, failed: 0 });
    const here = await told(meetingId, "meeting.soon", offering.manager.personId);
    expect(here.mail).toMatchObject({ kind: "meeting-soon", sendAfter: null });
    const there = await told(meetingId, "meeting.soon", need.manager.personId);
    expect(there.mail).toMatchObject({ kind: "meeting-soon", sendAfter: new Date("2027-03-30T05:00:00Z") });
    world.clock.set(new Date("2027-03-30T05:00:00Z"));
    const { mailIds } = await releaseHeld(world.system);
    expect(mailIds).toContain(there.mail?.id);
    expect(await deliverMail(world.system, world.container.mail, there.mail?.id ?? "", true)).toBe("nothing-to-do");
    expect(await db().mail.findUnique({ where: { id: there.mail?.id ?? "" } })).toMatchObject({
      sentAt: null,
      lastError: "no news any more",
    });
  });

  it("an hour before: whoever reads digests gets no mail of it, a digest would be too late", async () => {
    const { meetingId, offering } = await invited("2027-04-06");
    await choose(offering.manager, { timeZone: "Asia/Ho_Chi_Minh", sessions: "daily" });
    world.clock.set(new Date("2027-04-06T00:00:00Z"));
    must(await sweepMeetingsSoon(world.system));
    const events = await db().outboxEvent.findMany({ where: { subjectId: meetingId, type: "meeting.soon" } });
    for (const event of events) await notifyEvent(world.system, event.id);
    const ofReader = { subjectId: meetingId, personId: offering.manager.personId, kind: "meeting-soon" };
    expect(await db().notice.findFirst({ where: ofReader })).toMatchObject({ digestDueAt: null });
    expect(await db().mail.count({ where: ofReader })).toBe(0);
  });
});
