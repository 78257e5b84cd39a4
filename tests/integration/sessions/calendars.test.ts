import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Calendar,
  cancelMeeting,
  editSession,
  meetingCalendar,
  moveMeeting,
  participantCalendar,
  sendInvitations,
  sessionCalendar,
} from "~/modules/sessions/index.server";
import { editSessionSchema } from "~/modules/sessions/schemas";
import { makeOrganisation, makePerson, makeStaff, must } from "../../factories/people";
import {
  type Accepted,
  aMeeting,
  anAccepted,
  aSession,
  meetingAt,
  revisionOf,
  sessionForm,
  stepOf,
} from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Accepted;
let sessionId: string;
let meetingId: string;
let participantId: string;
const db = () => world.container.ports.db;
const LONG = "Công ty cổ phần Chế biến thủy sản; Xuất nhập khẩu, Dịch vụ hậu cần nghề cá và Bảo quản lạnh Quảng Ninh";
const TITLE = 'Phiên "1:1"; nước, bùn\\khí';

/** Read by a parser that is not our generator; also checks what every file must be. */
function read(calendar: Calendar | null) {
  if (!calendar) throw new Error("no calendar");
  const { text } = calendar;
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line, "utf8")).toBeLessThanOrEqual(75);
  // folding between the bytes of one letter would leave a letter that is none
  expect(text).not.toContain("\ufffd");
  const root = new ICAL.Component(ICAL.parse(text));
  expect(root.getFirstPropertyValue("version")).toBe("2.0");
  expect(root.getFirstPropertyValue("method")).toBe(calendar.method);
  const events = root.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const value = (name: string) => component.getFirstPropertyValue(name)?.toString() ?? null;
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      description: event.description,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      status: value("status"),
      stamp: value("dtstamp"),
      organizer: component.getFirstProperty("organizer"),
      attendees: component
        .getAllProperties("attendee")
        .map((one) => `${one.getFirstValue()} ${one.getFirstParameter("rsvp")}`),
      url: value("url"),
    };
  });
  const [first] = events;
  if (!first) throw new Error("no event");
  return { events, first, text };
}
/** whom the mail goes to */
const READER = "nguoi-nhan@example.invalid";
const asked = (method: Calendar["method"], locale: "vi" | "en" = "vi") =>
  participantCalendar({ ...world.system, locale }, participantId, method, READER);

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  const need = await makeOrganisation(world, { nameVi: LONG });
  await db().organisation.update({ where: { id: need.organisationId }, data: { nameEn: "Seafood Ltd; Quảng Ninh" } });
  pair = await anAccepted(world, { broker: need.broker, need });
  sessionId = await aSession(world, pair.broker, { title: TITLE });
  meetingId = await aMeeting(world, sessionId, pair);
  participantId = (await db().meetingParticipant.findFirstOrThrow({ where: { meetingId, side: "offering" } })).id;
});
afterAll(() => world.close());

describe("calendar files", () => {
  it("are for nobody before the invitation but the broker, to whom the meeting is tentative", async () => {
    expect(await asked("REQUEST")).toBeNull();
    expect(await meetingCalendar(world.ctx(pair.need.manager), meetingId)).toBeNull();
    expect(read(await sessionCalendar(world.ctx(pair.broker), sessionId)).first.status).toBe("TENTATIVE");
    expect(await sessionCalendar(world.ctx(pair.broker), await aSession(world, pair.broker))).toBeNull();
  });

  it("say when, where and with whom in the reader's language, and name no person but the reader", async () => {
    must(await sendInvitations(world.ctx(pair.broker), await stepOf(world, sessionId)));
    const { first, text } = read(await asked("REQUEST"));
    const offering = await db().organisation.findUniqueOrThrow({ where: { id: pair.offering.organisationId } });
    expect(first).toMatchObject({
      uid: `meeting-${meetingId}@127.0.0.1`,
      sequence: 0,
      status: "CONFIRMED",
      summary: `Gặp 1:1: ${LONG} – ${offering.nameVi}`,
      location: "Hội trường Sở KH&CN, tầng 2, bàn 1",
      start: "2026-11-30T01:00:00.000Z",
      end: "2026-11-30T01:30:00.000Z",
      zone: "UTC",
      stamp: "2026-11-23T02:00:00Z",
      url: `http://127.0.0.1:3000/meetings/${meetingId}`,
      attendees: [`MAILTO:${READER} FALSE`],
    });
    expect(first.description.split("\n")).toEqual([
      TITLE,
      "Tham gia trực tuyến: https://hop.example.invalid/phien",
      `Xem và trả lời: http://127.0.0.1:3000/meetings/${meetingId}`,
    ]);
    expect(first.organizer?.getFirstValue()).toBe("mailto:office@example.invalid");
    expect(first.organizer?.getFirstParameter("cn")).toBe("Sở KH&CN Quảng Ninh");
    const unfolded = text.replaceAll("\r\n ", "");
    const people = [pair.need.manager, pair.offering.manager, pair.broker];
    for (const secret of [
      ...people.flatMap((person) => [person.email, person.fullName]),
      ...["0203 777 1111", "0203 777 2222", "0203 111 2222", "Đầu mối"],
    ])
      expect(unfolded).not.toContain(secret);
    const english = read(await asked("REQUEST", "en")).first;
    expect(english.summary).toContain("1:1 meeting: Seafood Ltd; Quảng Ninh – ");
    expect(english.location).toBe("Hội trường Sở KH&CN, tầng 2, table 1");
    expect(english.organizer?.getFirstParameter("cn")).toBe("Quang Ninh DOST");
  });

  it("keep the UID and raise SEQUENCE with every move, put-off and cancellation", async () => {
    const before = read(await asked("REQUEST")).first;
    world.clock.advanceDays(1);
    const to = await meetingAt(world, sessionId, pair.introductionId, { start: "10:00", end: "10:30", table: "" });
    must(await moveMeeting(world.ctx(pair.broker), { ...to, ...(await revisionOf(world, meetingId)) }));
    const moved = read(await asked("REQUEST")).first;
    expect(moved).toMatchObject({
      uid: before.uid,
      sequence: 1,
      start: "2026-11-30T03:00:00.000Z",
      location: "https://hop.example.invalid/phien",
      stamp: "2026-11-24T02:00:00Z",
    });
    const form = sessionForm(world, { title: TITLE, date: "2026-12-02" });
    const edited = { ...editSessionSchema.parse({ ...form, revision: "1" }), sessionId };
    must(await editSession(world.ctx(pair.broker), edited));
    expect(read(await asked("REQUEST")).first).toMatchObject({
      uid: before.uid,
      sequence: 2,
      start: "2026-12-02T03:00:00.000Z",
    });
    expect(await asked("CANCEL")).toBeNull();
    const cancel = { ...(await revisionOf(world, meetingId)), reasonCode: "office" as const };
    must(await cancelMeeting(world.ctx(pair.broker), cancel));
    const called = await asked("CANCEL");
    expect(called).toMatchObject({ method: "CANCEL", filename: "gap-2026-12-02.ics" });
    expect(read(called).first).toMatchObject({ uid: before.uid, sequence: 3, status: "CANCELLED" });
    // an invitation written late does not call back what is off
    expect(await asked("REQUEST")).toBeNull();
    // a new meeting of the same pair is another entry
    const again = await aMeeting(world, sessionId, pair, { start: "08:30", end: "09:00" });
    const all = read(await sessionCalendar(world.ctx(pair.broker), sessionId));
    expect(all.events.map((event) => [event.uid, event.sequence, event.status])).toEqual([
      [`meeting-${again}@127.0.0.1`, 0, "CONFIRMED"],
      [before.uid, 3, "CANCELLED"],
    ]);
  });

  it("are downloaded by those who see the meeting only", async () => {
    const stranger = (await makePerson(world)).actor;
    const own = read(await meetingCalendar(world.ctx(pair.need.manager), meetingId));
    expect(own.first.url).toBe(`http://127.0.0.1:3000/meetings/${meetingId}`);
    const staff = read(await meetingCalendar(world.ctx(await makeStaff(world, "leader")), meetingId));
    expect(staff.first.url).toBe(`http://127.0.0.1:3000/broker/meetings/${meetingId}`);
    for (const actor of [stranger, await makeStaff(world, "registrar")]) {
      expect(await meetingCalendar(world.ctx(actor), meetingId)).toBeNull();
      expect(await sessionCalendar(world.ctx(actor), sessionId)).toBeNull();
    }
    expect(await sessionCalendar(world.ctx(pair.need.manager), sessionId)).toBeNull();
    expect(await meetingCalendar(world.ctx(), meetingId)).toBeNull();
  });
});
