import ICAL from "ical.js";
import { type ParsedMail, simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliverMail, mailbox, mailboxMail, notifyEvent } from "~/modules/notifications/index.server";
import {
  addMeeting,
  cancelMeeting,
  createSession,
  moveMeeting,
  respondByLink,
  sendInvitations,
  viewMeetingLink,
} from "~/modules/sessions/index.server";
import { createMailPreview } from "~/platform/adapters/mail-preview.server";
import { anAgreed } from "../../factories/outcomes";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

/** Invitations by the real commands, as the mail program of an invited side receives them. */
let world: TestWorld;
let agreed: Awaited<ReturnType<typeof anAgreed>>;
let sessionId: string;
let meetingId: string;
const db = () => world.container.ports.db;
const inbox: { to: string; mail: ParsedMail }[] = [];

/** Does what the worker does; mails that wait are handed over by `deliver`. */
async function notify(): Promise<string[]> {
  const waiting = await db().outboxEvent.findMany({ where: { relayedAt: null }, orderBy: { seq: "asc" } });
  const ids: string[] = [];
  for (const event of waiting) {
    ids.push(...(await notifyEvent(world.system, event.id)).mailIds);
    await db().outboxEvent.update({ where: { id: event.id }, data: { relayedAt: world.clock.now() } });
  }
  return ids;
}
async function deliver(ids: string[]): Promise<void> {
  const preview = createMailPreview();
  for (const id of ids) await deliverMail(world.system, preview, id, false);
  for (const { to, source } of preview.kept()) inbox.push({ to, mail: await simpleParser(source) });
}
const work = async () => deliver(await notify());
const lastTo = (side: "need" | "offering") => {
  const found = inbox.filter(({ to }) => to === agreed.pair[side].owner.email).at(-1)?.mail;
  if (!found) throw new Error("nothing came");
  return found;
};
/** What a mail program reads of the invitation; both copies in the mail must be the same. */
function invitationIn(mail: ParsedMail) {
  const parts = mail.attachments.filter(({ contentType }) => /^(text\/calendar|application\/ics)$/.test(contentType));
  expect(parts).toHaveLength(2);
  const [text = "", copy] = parts.map((part) => part.content.toString("utf8"));
  expect(copy).toBe(text);
  const root = new ICAL.Component(ICAL.parse(text));
  const events = root.getAllSubcomponents("vevent");
  expect(events).toHaveLength(1);
  const event = new ICAL.Event(events[0]);
  const typed = parts.find(({ contentType }) => contentType === "text/calendar")?.headers.get("content-type");
  const method = root.getFirstPropertyValue("method");
  expect(typed, "the type says the same method").toMatchObject({ params: { method } });
  return {
    text,
    method,
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    status: events[0]?.getFirstPropertyValue("status"),
  };
}
const linkIn = (mail: ParsedMail) => /meetings\/answer\/([\w.-]+)/.exec(mail.text ?? "")?.[1] ?? "";
const meeting = () => db().meeting.findUniqueOrThrow({ where: { id: meetingId }, include: { participants: true } });
const at = (time: string) => new Date(`2026-12-05T${time}:00.000Z`);

beforeAll(async () => {
  world = await openTestWorld();
  agreed = await anAgreed(world);
  const broker = world.ctx(agreed.pair.broker);
  sessionId = must(
    await createSession(broker, {
      title: "Phiên kết nối tháng 12",
      startsAt: at("01:00"),
      endsAt: at("09:00"),
      place: "Hội trường Sở",
      onlineUrl: null,
      tables: 4,
      slotMinutes: 30,
      agenda: null,
    }),
  ).id;
  meetingId = must(
    await addMeeting(broker, {
      sessionId,
      introductionId: agreed.introductionId,
      startsAt: at("02:00"),
      endsAt: at("02:30"),
      tableNumber: 1,
    }),
  ).id;
  await work();
});
afterAll(() => world?.close());

describe("the calendar of an invitation", () => {
  let uid: string;

  it("comes with the invitation, to both sides, as a request", async () => {
    expect(
      inbox.filter(({ mail }) => mail.attachments.length > 0),
      "nobody is invited to a draft",
    ).toEqual([]);
    must(await sendInvitations(world.ctx(agreed.pair.broker), { sessionId, revision: 0 }));
    await work();
    for (const side of ["need", "offering"] as const) {
      const read = invitationIn(lastTo(side));
      expect(read).toMatchObject({ method: "REQUEST", sequence: 0, start: "2026-12-05T02:00:00.000Z" });
      expect(read.uid).toBe((await meeting()).uid);
      uid = read.uid;
      for (const one of [agreed.pair.need, agreed.pair.offering]) {
        expect(read.text).not.toContain(one.owner.email);
        expect(read.text).not.toContain(one.owner.fullName);
      }
    }
  });

  it("is shown in the mailbox of the demo", async () => {
    const entry = (await mailbox(world.ctx())).find(
      ({ to, subject }) => to === agreed.pair.need.owner.email && /^Mời gặp/.test(subject),
    );
    const mail = await mailboxMail(world.ctx(), entry?.id ?? "");
    expect(mail?.written.calendar).toMatchObject({ method: "REQUEST", text: expect.stringContaining(uid) });
  });

  it("a link that is only opened changes nothing, however often a scanner follows it; an answer spends it", async () => {
    const token = linkIn(lastTo("need"));
    const before = JSON.stringify(await meeting());
    const events = await db().outboxEvent.count();
    for (let i = 0; i < 5; i++) expect(await viewMeetingLink(world.ctx(), token)).toMatchObject({ state: "ready" });
    expect(JSON.stringify(await meeting())).toBe(before);
    expect(await db().outboxEvent.count()).toBe(events);
    expect(JSON.stringify(await db().mail.findMany()), "no table holds the token").not.toContain(token);
    must(
      await respondByLink(world.ctx(), {
        token,
        remoteAddress: "192.0.2.61",
        answer: "confirmed",
        reasonCode: null,
        note: null,
        sequence: 0,
      }),
    );
    expect(await viewMeetingLink(world.ctx(), token)).toMatchObject({ state: "answered" });
    await work();
    expect(inbox.at(-1)?.to).toBe(agreed.pair.broker.email);
  });

  it("has the same UID and a higher SEQUENCE when the meeting moves, and the new link works again", async () => {
    const { revision } = await meeting();
    must(
      await moveMeeting(world.ctx(agreed.pair.broker), {
        meetingId,
        revision,
        startsAt: at("03:00"),
        endsAt: at("03:30"),
        tableNumber: 2,
      }),
    );
    await work();
    for (const side of ["need", "offering"] as const) {
      const mail = lastTo(side);
      expect(invitationIn(mail)).toMatchObject({
        method: "REQUEST",
        uid,
        sequence: 1,
        start: "2026-12-05T03:00:00.000Z",
      });
      expect(mail.subject).toContain("10:00–10:30 ngày 05/12/2026");
    }
    expect(await viewMeetingLink(world.ctx(), linkIn(lastTo("need")))).toMatchObject({ state: "ready" });
  });

  it("is the newest when a mail had to wait, in its words too", async () => {
    const move = async (start: string, end: string) => {
      const { revision } = await meeting();
      const when = { startsAt: at(start), endsAt: at(end), tableNumber: 2 };
      must(await moveMeeting(world.ctx(agreed.pair.broker), { meetingId, revision, ...when }));
    };
    await move("04:00", "04:30");
    const late = await notify();
    await move("05:00", "05:30");
    const newest = await notify();
    await deliver([...late, ...newest]);
    const mails = inbox.slice(-(late.length + newest.length));
    expect(mails).toHaveLength(4);
    for (const { mail } of mails) {
      expect(invitationIn(mail)).toMatchObject({ uid, sequence: 3, start: "2026-12-05T05:00:00.000Z" });
      expect(mail.subject).toContain("12:00–12:30 ngày 05/12/2026");
    }
  });

  it("calls the meeting off under the same UID, with a higher SEQUENCE; what waited no longer invites", async () => {
    const { revision, sequence } = await meeting();
    const move = { startsAt: at("06:00"), endsAt: at("06:30"), tableNumber: 2 };
    must(await moveMeeting(world.ctx(agreed.pair.broker), { meetingId, revision, ...move }));
    const late = await notify();
    must(
      await cancelMeeting(world.ctx(agreed.pair.broker), { meetingId, revision: revision + 1, reasonCode: "weather" }),
    );
    const before = inbox.length;
    await deliver(late);
    expect(inbox).toHaveLength(before);
    expect(await db().mail.findMany({ where: { id: { in: late } }, select: { state: true, lastError: true } })).toEqual(
      late.map(() => ({ state: "failed", lastError: "no news any more" })),
    );
    await work();
    for (const side of ["need", "offering"] as const) {
      const mail = lastTo(side);
      expect(invitationIn(mail)).toMatchObject({
        method: "CANCEL",
        uid,
        sequence: sequence + 2,
        status: "CANCELLED",
      });
      expect(mail.text).toContain("Lý do: Thời tiết, thiên tai");
    }
  });
});
