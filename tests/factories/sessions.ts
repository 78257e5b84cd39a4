import { answerIntroduction, openCase } from "~/modules/brokering/index.server";
import {
  addMeeting,
  confirmSession,
  createSession,
  recordAttendance,
  respondToMeeting,
  saveMinutes,
  sendInvitations,
} from "~/modules/sessions/index.server";
import { meetingSchema, minutesSchema, sessionSchema } from "~/modules/sessions/schemas";
import type { PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { TestWorld } from "../setup/harness";
import { caseForm, proposed, YES } from "./cases";
import { withReferenceData } from "./listings";
import { makeBroker, makeOrganisation, must } from "./people";

/** Connection sessions, meetings and minutes for tests, made by the real commands. */

export type Party = { organisationId: string; manager: PersonActor };
/** An introduction both sides accepted. */
export type Accepted = {
  caseId: string;
  introductionId: string;
  broker: PersonActor;
  need: Party;
  offering: Party;
};

const DAY = 86_400_000;

/** Two organisations that have agreed to be introduced; give parties or a broker to use them again. */
export async function anAccepted(
  world: TestWorld,
  over: { broker?: PersonActor; need?: Party; offering?: Party } = {},
): Promise<Accepted> {
  await withReferenceData(world);
  const broker = over.broker ?? (await makeBroker(world));
  const need = over.need ?? (await makeOrganisation(world, { broker }));
  const offering = over.offering ?? (await makeOrganisation(world, { broker }));
  const form = caseForm(world, {
    need: { organisationId: need.organisationId, contactName: "Đầu mối A", contactPhone: "0203 777 1111" },
    offering: { organisationId: offering.organisationId, contactName: "Đầu mối B", contactPhone: "0203 777 2222" },
  });
  const { id: caseId } = must(await openCase(world.ctx(broker), form));
  const { introductionId } = await proposed(world, broker, caseId);
  must(await answerIntroduction(world.ctx(need.manager), { introductionId, side: "need", ...YES }));
  must(await answerIntroduction(world.ctx(offering.manager), { introductionId, side: "offering", ...YES }));
  return { caseId, introductionId, broker, need, offering };
}

/** YYYY-MM-DD so many days after the world's today. */
export const dayAhead = (world: TestWorld, days: number): string =>
  localDay(new Date(world.clock.now().getTime() + days * DAY));

/** What the form of a session holds: a morning with two tables, a week ahead. */
export const sessionForm = (world: TestWorld, over: Record<string, unknown> = {}) => ({
  title: "Phiên kết nối công nghệ chế biến",
  date: dayAhead(world, 7),
  startTime: "08:00",
  endTime: "11:30",
  place: "Hội trường Sở KH&CN, tầng 2",
  onlineUrl: "https://hop.example.invalid/phien",
  tables: "2",
  slotMinutes: "30",
  agenda: "Giới thiệu, gặp 1:1, tổng kết",
  ...over,
});

/** A draft session of this broker. */
export async function aSession(
  world: TestWorld,
  broker: PersonActor,
  over: Record<string, unknown> = {},
): Promise<string> {
  return must(await createSession(world.ctx(broker), sessionSchema.parse(sessionForm(world, over)))).id;
}

export type At = { start?: string; end?: string; table?: string };

/** Input of a meeting of an accepted introduction in a session; on the session's day. */
export async function meetingAt(world: TestWorld, sessionId: string, introductionId: string, at: At = {}) {
  const session = await world.container.ports.db.connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
  const { start = "08:00", end = "08:30", table = "1" } = at;
  const form = { introductionId, date: localDay(session.startsAt), startTime: start, endTime: end, tableNumber: table };
  return { sessionId, ...meetingSchema.parse(form) };
}

/** A planned meeting; returns its id. */
export async function aMeeting(world: TestWorld, sessionId: string, accepted: Accepted, at: At = {}): Promise<string> {
  const input = await meetingAt(world, sessionId, accepted.introductionId, at);
  return must(await addMeeting(world.ctx(accepted.broker), input)).id;
}

/** Session id with the revision it has now, as its page's buttons send them. */
export async function stepOf(world: TestWorld, sessionId: string) {
  const { revision } = await world.container.ports.db.connectionSession.findUniqueOrThrow({
    where: { id: sessionId },
  });
  return { sessionId, revision };
}

/** Meeting id with the revision it has now. */
export async function revisionOf(world: TestWorld, meetingId: string) {
  const { revision } = await world.container.ports.db.meeting.findUniqueOrThrow({ where: { id: meetingId } });
  return { meetingId, revision };
}

export type Invited = Accepted & { sessionId: string; meetingId: string };

/** One meeting in a session whose invitations are out. */
export async function anInvited(
  world: TestWorld,
  over: { accepted?: Accepted; session?: Record<string, unknown>; at?: At } = {},
): Promise<Invited> {
  const accepted = over.accepted ?? (await anAccepted(world));
  const sessionId = await aSession(world, accepted.broker, over.session);
  const meetingId = await aMeeting(world, sessionId, accepted, over.at);
  must(await sendInvitations(world.ctx(accepted.broker), await stepOf(world, sessionId)));
  return { ...accepted, sessionId, meetingId };
}

export const COMING = { answer: "confirmed", reasonCode: null, note: null } as const;
export const NOT_COMING = { answer: "declined", reasonCode: "time", note: null } as const;

/** SEQUENCE of the invitation as it stands. */
export async function sequenceOf(world: TestWorld, meetingId: string): Promise<number> {
  return (await world.container.ports.db.meeting.findUniqueOrThrow({ where: { id: meetingId } })).sequence;
}

/** Both sides say they come. */
export async function bothComing(world: TestWorld, { meetingId, need, offering }: Invited): Promise<void> {
  const sequence = await sequenceOf(world, meetingId);
  const answer = { meetingId, sequence, ...COMING };
  must(await respondToMeeting(world.ctx(need.manager), { ...answer, side: "need" }));
  must(await respondToMeeting(world.ctx(offering.manager), { ...answer, side: "offering" }));
}

/** The clock goes to the meeting's beginning. */
export async function atBeginning(world: TestWorld, meetingId: string): Promise<void> {
  const { startsAt } = await world.container.ports.db.meeting.findUniqueOrThrow({ where: { id: meetingId } });
  world.clock.set(startsAt);
}

/** A meeting at which both sides came; the clock stands at its beginning. */
export async function aHeld(world: TestWorld, over: Parameters<typeof anInvited>[1] = {}): Promise<Invited> {
  const invited = await anInvited(world, over);
  await bothComing(world, invited);
  must(await confirmSession(world.ctx(invited.broker), await stepOf(world, invited.sessionId)));
  await atBeginning(world, invited.meetingId);
  const came = { ...(await revisionOf(world, invited.meetingId)), need: true, offering: true };
  must(await recordAttendance(world.ctx(invited.broker), came));
  return invited;
}

/** What the form of minutes holds. */
export const minutesForm = (world: TestWorld, over: Record<string, unknown> = {}) =>
  minutesSchema.parse({
    revision: "0",
    outcome: "negotiate",
    decisions: "Hai bên thống nhất thử nghiệm một mô-đun trước khi bàn giá.",
    nextStep: "Gửi báo giá và phương án thử nghiệm",
    nextOwner: "offering",
    nextOn: dayAhead(world, 10),
    ...over,
  });

/** A held meeting with minutes sent to both sides. */
export async function aMinuted(
  world: TestWorld,
  over: Parameters<typeof anInvited>[1] & { minutes?: Record<string, unknown> } = {},
): Promise<Invited> {
  const { minutes, ...rest } = over;
  const held = await aHeld(world, rest);
  const input = { ...minutesForm(world, minutes), meetingId: held.meetingId, send: true };
  must(await saveMinutes(world.ctx(held.broker), input));
  return held;
}
