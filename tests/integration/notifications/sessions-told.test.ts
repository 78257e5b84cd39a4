import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Side } from "~/generated/prisma/enums";
import viMail from "~/locales/vi/mail.json";
import type { EventType } from "~/platform/events";
import { newId } from "~/platform/ids";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { everybodyReads, readsWell, type Scene, SECRETS, setScene, type Told, tell } from "./second-half";

let world: TestWorld;
let scene: Scene;
const rendered = { vi: new Set<string>(), en: new Set<string>() };
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld();
  scene = await setScene(world);
});
afterAll(() => world?.close());

type Group = Side | "broker";
const SIDES = ["need", "offering"] as const;

/** Tells one group of a meeting's or a question's event in both languages; what it was told must read well. */
async function told(event: EventType, group: Group, more: Record<string, string> = {}): Promise<Told> {
  const subjectId = event.startsWith("outcome.") ? scene.questions.need : scene.meetingId;
  const payload: Record<string, string> =
    group === "broker"
      ? { brokerId: scene.readers.broker.personId, ...more }
      : { participantId: scene.participants[group], ...more };
  let last: Told | undefined;
  for (const locale of ["en", "vi"] as const) {
    await everybodyReads(world, locale);
    last = await tell(world, scene, event, subjectId, payload);
    for (const mail of last.mails) readsWell(mail, scene, locale);
    for (const line of last.mail) rendered[locale].add(line.split(" → ")[0] ?? "");
    expect(last.page).toEqual(last.mail);
  }
  if (!last) throw new Error("nothing was told");
  return last;
}
/** the side that a broker's event is about */
const by = (side: Side) => ({ participantId: scene.participants[side] });
const nameOf = async (side: Side) =>
  (await db().organisation.findUniqueOrThrow({ where: { id: scene.pair[side].organisationId } })).nameVi;
const setMeeting = (data: Record<string, unknown>) => db().meeting.update({ where: { id: scene.meetingId }, data });
const setMinutes = (data: Record<string, unknown>) => db().minutes.update({ where: { id: scene.minutesId }, data });
const respond = (side: Side, response: "none" | "confirmed" | "declined") =>
  db().meetingParticipant.update({
    where: { id: scene.participants[side] },
    data: {
      response,
      declineReason: response === "declined" ? "nobody_free" : null,
      channel: "page",
      respondedAt: world.clock.now(),
    },
  });
const confirm = (side: Side, confirmed: boolean, revision: number) =>
  db().minutesConfirmation.create({
    data: {
      id: newId(),
      minutesId: scene.minutesId,
      revision,
      side,
      confirmed,
      remark: confirmed ? null : SECRETS.remark,
      channel: "page",
      byId: scene.readers[side].personId,
      at: world.clock.now(),
    },
  });

describe("who is told what of a meeting, in both languages", () => {
  it("invited: time, place, the other side's name, a link to answer and the day", async () => {
    for (const side of SIDES) {
      const { mail, mails, paths } = await told("meeting.invited", side);
      expect(mail).toEqual([`meeting-invited → ${side}`]);
      expect(paths).toEqual({
        "page meeting-invited": `/meetings/${scene.meetingId}`,
        "mail meeting-invited": "/meetings/answer/{token}",
      });
      const [only] = mails;
      expect(only?.subject).toContain(await nameOf(side === "need" ? "offering" : "need"));
      for (const words of ["09:00–09:30 ngày 05/12/2026", "Hội trường Sở, bàn số 3", "Phiên kết nối môi trường mỏ"])
        expect(only?.text).toContain(words);
      expect(only?.text).toMatch(/http:\/\/127\.0\.0\.1:3000\/meetings\/answer\/[\w-]+\.[\w-]+/);
    }
  });

  it("answers go to who runs the session: a yes, a no with its reason; a phone answer to the side it speaks for", async () => {
    await respond("need", "confirmed");
    const yes = await told("meeting.answered", "broker", by("need"));
    expect(yes.mail).toEqual(["meeting-confirmed → broker"]);
    expect(yes.mails[0]?.subject).toContain(await nameOf("need"));
    expect(yes.paths["mail meeting-confirmed"]).toBe(`/broker/meetings/${scene.meetingId}`);
    await respond("offering", "declined");
    const no = await told("meeting.answered", "broker", by("offering"));
    expect(no.mail).toEqual(["meeting-declined → broker"]);
    expect(no.mails[0]?.text).toContain("Lý do: Không bố trí được người dự");
    const recorded = await told("meeting.answered", "offering");
    expect(recorded.mail).toEqual(["meeting-answer-recorded → offering"]);
  });

  it("reminders: a link for who has not answered, the day for who comes, nothing for who does not", async () => {
    expect((await told("meeting.reminder-due", "offering")).mail).toEqual([]);
    const coming = await told("meeting.reminder-due", "need");
    expect(coming.mail).toEqual(["meeting-reminder → need"]);
    expect(coming.paths["mail meeting-reminder"]).toBe(`/meetings/${scene.meetingId}`);
    await respond("offering", "none");
    const silent = await told("meeting.reminder-due", "offering");
    expect(silent.mail).toEqual(["meeting-reminder-answer → offering"]);
    expect(silent.paths["mail meeting-reminder-answer"]).toBe("/meetings/answer/{token}");
  });

  it("an hour before: time and place once more, for who comes and who never answered", async () => {
    for (const side of SIDES) {
      const soon = await told("meeting.soon", side);
      expect(soon.mail).toEqual([`meeting-soon → ${side}`]);
      expect(soon.mails[0]?.text).toContain("09:00–09:30 ngày 05/12/2026, Hội trường Sở, bàn số 3");
      expect(soon.paths["mail meeting-soon"]).toBe(`/meetings/${scene.meetingId}`);
    }
    await respond("offering", "declined");
    expect((await told("meeting.soon", "offering")).mail).toEqual([]);
    await respond("offering", "none");
  });

  it("moved: who is asked again gets the link, whose answer stands gets the news", async () => {
    await setMeeting({ sequence: 1, tableNumber: 4, changedAt: world.clock.now() });
    const asked = await told("meeting.moved", "offering");
    expect(asked.mail).toEqual(["meeting-moved → offering"]);
    expect(asked.paths["mail meeting-moved"]).toBe("/meetings/answer/{token}");
    const standing = await told("meeting.moved", "need");
    expect(standing.mail).toEqual(["meeting-changed → need"]);
    expect(standing.mails[0]?.text).toContain("bàn số 4");
  });

  it("tells nothing of a meeting that has begun, but its cancellation with the reason", async () => {
    const start = world.clock.now();
    world.clock.set(new Date("2026-12-05T02:05:00.000Z"));
    for (const event of ["meeting.invited", "meeting.moved", "meeting.reminder-due", "meeting.soon"] as const)
      expect((await told(event, "need")).mail, event).toEqual([]);
    world.clock.set(start);
    await setMeeting({ state: "cancelled", cancelReason: "weather", sequence: 2 });
    for (const event of ["meeting.invited", "meeting.moved", "meeting.reminder-due", "meeting.answered"] as const)
      expect((await told(event, "need")).mail, event).toEqual([]);
    const { mail, mails } = await told("meeting.cancelled", "need");
    expect(mail).toEqual(["meeting-cancelled → need"]);
    expect(mails[0]?.text).toContain("Lý do: Thời tiết, thiên tai");
    await setMeeting({ state: "held", cancelReason: null });
    expect((await told("meeting.cancelled", "need")).mail).toEqual([]);
  });
});

describe("who is told what of minutes", () => {
  it("sent: both sides with a link and the last day; nothing for a side that has answered this revision", async () => {
    for (const side of SIDES) {
      const { mail, mails, paths } = await told("minutes.sent", side);
      expect(mail).toEqual([`minutes-to-confirm → ${side}`]);
      expect(paths["mail minutes-to-confirm"]).toBe("/minutes/answer/{token}");
      expect(mails[0]?.text).toContain("14/12/2026");
      expect(mails[0]?.text).toMatch(/\/minutes\/answer\/[\w-]+\.[\w-]+/);
    }
    await confirm("need", true, 1);
    expect((await told("minutes.sent", "need")).mail).toEqual([]);
    expect((await told("minutes.sent", "offering")).mail).toEqual(["minutes-to-confirm → offering"]);
  });

  it("answers go to the broker; what one side remarked never reaches the other", async () => {
    expect((await told("minutes.answered", "broker", by("need"))).mail).toEqual(["minutes-one-confirmed → broker"]);
    await confirm("offering", false, 1);
    await setMinutes({ state: "disputed" });
    const disputed = await told("minutes.answered", "broker", by("offering"));
    expect(disputed.mail).toEqual(["minutes-disputed → broker"]);
    expect(disputed.mails[0]?.subject).toContain(await nameOf("offering"));
    expect(disputed.paths["mail minutes-disputed"]).toBe(`/broker/meetings/${scene.meetingId}/minutes`);
    expect((await told("minutes.sent", "need")).mail, "being corrected").toEqual([]);
    await setMinutes({ state: "sent", revision: 2 });
    expect((await told("minutes.answered", "broker", by("offering"))).mail, "answers to the old revision").toEqual([]);
    await confirm("need", true, 2);
    await confirm("offering", true, 2);
    await setMinutes({ state: "confirmed" });
    expect((await told("minutes.answered", "broker", by("need"))).mail).toEqual(["minutes-both-confirmed → broker"]);
    for (const side of SIDES)
      expect((await told("minutes.confirmed", side)).mail).toEqual([`minutes-confirmed → ${side}`]);
  });

  it("the next step is told to who owns it, without its words, and to nobody once it is done", async () => {
    const own = await told("minutes.step-due", "need");
    expect(own.mail).toEqual(["step-due → need"]);
    expect(own.mails[0]?.subject).toContain("20/12/2026");
    expect((await told("minutes.step-due", "offering")).mail).toEqual([]);
    await setMinutes({ nextOwner: "broker" });
    expect((await told("minutes.step-due", "broker")).mail).toEqual(["step-due-for-you → broker"]);
    await setMinutes({ stepDoneAt: world.clock.now() });
    expect((await told("minutes.step-due", "broker")).mail).toEqual([]);
  });
});

describe("who is asked what came of it", () => {
  const answer = (side: Side, said: "talking" | "agreed" | "signed" | "stopped") =>
    db().outcomeQuestion.update({
      where: { id: scene.questions[side] },
      data: { answer: said, channel: "link", answeredAt: world.clock.now() },
    });

  it("the side that is asked, with a link; its answer goes to the broker and never to the other side", async () => {
    const asked = await told("outcome.asked", "need");
    expect(asked.mail).toEqual(["outcome-asked → need"]);
    expect(asked.paths).toEqual({
      "page outcome-asked": `/outcomes/${scene.questions.need}`,
      "mail outcome-asked": "/outcomes/answer/{token}",
    });
    expect(asked.mails[0]?.subject).toBe(
      `Xin cho biết kết quả cuộc gặp ngày 05/12/2026 với ${await nameOf("offering")}`,
    );
    await answer("need", "agreed");
    expect((await told("outcome.asked", "need")).mail, "answered since").toEqual([]);
    const answered = await told("outcome.answered", "broker");
    expect(answered.mail).toEqual(["outcome-answered → broker"]);
    expect(answered.mails[0]?.text).toContain("đã thống nhất");
    expect(answered.paths["mail outcome-answered"]).toBe("/broker/outcomes");
  });

  it("two stories go to the broker until somebody has looked into them", async () => {
    await answer("offering", "stopped");
    await db().outcomeQuestion.updateMany({ data: { conflict: true } });
    const conflict = await told("outcome.conflict", "broker");
    expect(conflict.mail).toEqual(["outcome-conflict → broker"]);
    expect(conflict.mails[0]?.text).toMatch(/“đã thống nhất”.*“đã dừng”/);
    await db().outcomeQuestion.updateMany({
      data: { resolution: "talking", resolvedAt: world.clock.now(), resolvedById: scene.readers.broker.personId },
    });
    expect((await told("outcome.conflict", "broker")).mail).toEqual([]);
  });
});

it("has told every kind of mail about meetings, minutes and outcomes in both languages", () => {
  // what is overdue is the clock's to tell and stands in overdue.test.ts
  const all = Object.keys(viMail.templates).filter((key) => /^(meeting|minutes|step|outcome)-(?!overdue$)/.test(key));
  for (const locale of ["vi", "en"] as const) expect([...rendered[locale]].sort()).toEqual(all.sort());
});
