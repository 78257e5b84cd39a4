import type { Side } from "~/generated/prisma/enums";
import { displayName, memberIdsOf } from "~/modules/accounts/index.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { CONFIRM_DUE } from "../commands/session-rows.server";
import { maySeeSessions, ownMeetings } from "../policy";
import { namesOf } from "./session-facts.server";
import { type NamedByToken, readToken } from "./tokens.server";
import { asText } from "./view-broker-meeting.server";
import type { MeetingLinkView, MeetingView, MinutesLinkView } from "./views";

/** Everything a side's view is made of. Contacts of people are never read here. */
const MEETING = {
  id: true,
  introductionId: true,
  state: true,
  startsAt: true,
  endsAt: true,
  tableNumber: true,
  sequence: true,
  cancelReason: true,
  invitedAt: true,
  session: {
    select: {
      title: true,
      place: true,
      onlineUrl: true,
      agenda: true,
      startsAt: true,
      endsAt: true,
      owner: { select: { fullName: true, phone: true } },
    },
  },
  participants: {
    select: {
      id: true,
      side: true,
      organisationId: true,
      response: true,
      declineReason: true,
      responseNote: true,
      channel: true,
      respondedAt: true,
      respondedById: true,
      attended: true,
      organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
    },
  },
  minutes: {
    select: {
      state: true,
      outcome: true,
      decisions: true,
      nextStep: true,
      nextOwner: true,
      nextOn: true,
      revision: true,
      writtenById: true,
      writtenAt: true,
      sentAt: true,
      stepDoneAt: true,
      stepDoneById: true,
      confirmations: { select: { revision: true, side: true, confirmed: true, remark: true, byId: true, at: true } },
    },
  },
  feedback: { select: { side: true, score: true, comment: true, at: true } },
} as const;

const loadMeeting = (ctx: Ctx, id: string) =>
  ctx.db.meeting.findFirst({ where: { id, invitedAt: { not: null } }, select: MEETING });
type Row = NonNullable<Awaited<ReturnType<typeof loadMeeting>>>;

/**
 * The meeting for a member of one of its organisations, from the invitation on; of both for who belongs to both: the side
 * that has not answered goes first. Null when absent or not theirs.
 */
export async function viewMeeting(ctx: Ctx, id: string): Promise<MeetingView | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await ctx.db.meeting.findFirst({ where: { AND: [{ id }, ownMeetings(actor)] }, select: MEETING });
  const own = row?.participants.filter((one) => isMemberOf(actor, one.organisationId)) ?? [];
  const side = own.find((one) => row && waits(row, one)) ?? own[0];
  return row && side ? describeFor(ctx, row, side.side) : null;
}

/** Session of a meeting, for a broker or leader who opens a party's address; null for others. */
export async function sessionOfMeeting(ctx: Ctx, id: string): Promise<string | null> {
  const { actor } = ctx;
  if (!isId(id) || !maySeeSessions(actor)) return null;
  const row = await ctx.db.meeting.findFirst({
    where: { id, session: { officeId: actor.officeId } },
    select: { sessionId: true },
  });
  return row?.sessionId ?? null;
}

/** This side is asked something: to come, or to confirm the minutes. */
function waits(row: Row, own: Row["participants"][number]): boolean {
  if (row.state === "planned") return own.response === "none";
  return row.minutes?.state === "sent" && !answerOf(row, own.side);
}

const answerOf = (row: Row, side: Side) =>
  row.minutes?.confirmations.find((one) => one.side === side && one.revision === row.minutes?.revision);

async function describeFor(ctx: Ctx, row: Row, side: Side): Promise<MeetingView | null> {
  const mine = row.participants.find((one) => one.side === side);
  const other = row.participants.find((one) => one.side !== side);
  if (!mine || !other) return null;
  const answer = answerOf(row, side);
  // what was not sent, or is being corrected, is the broker's desk
  const minutes = row.minutes?.sentAt && row.minutes.state !== "draft" ? row.minutes : null;
  const [nameOf, due] = await Promise.all([
    namesOf(ctx, [mine.respondedById, answer?.byId, minutes?.writtenById, minutes?.stepDoneById]),
    minutes
      ? ctx.db.due.findFirst({
          where: { kind: CONFIRM_DUE, subjectKind: "meeting", subjectId: row.id, state: "open" },
          select: { dueOn: true },
        })
      : null,
  ]);
  const { owner, ...session } = row.session;
  const feedback = row.feedback.find((one) => one.side === side);
  const { organisation, id, respondedById, organisationId: _organisationId, ...own } = mine;
  const otherAnswer = minutes && answerOf(row, other.side);
  return {
    id: row.id,
    introductionId: row.introductionId,
    state: row.state,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    tableNumber: row.tableNumber,
    sequence: row.sequence,
    cancelReason: row.cancelReason,
    moved: row.sequence > 0,
    session,
    mine: {
      ...own,
      participantId: id,
      organisation: displayName(organisation, ctx.locale),
      respondedBy: nameOf(respondedById),
    },
    other: { side: other.side, organisation: displayName(other.organisation, ctx.locale) },
    broker: owner,
    minutes: minutes && {
      ...asText(minutes, nameOf),
      mine: answer
        ? { confirmed: answer.confirmed, remark: answer.remark, at: answer.at, by: nameOf(answer.byId) }
        : null,
      otherConfirmed: otherAnswer?.confirmed === true,
      confirmBy: due?.dueOn ?? null,
    },
    minutesBeingRevised: row.minutes?.sentAt != null && row.minutes.state === "draft",
    feedback: feedback ? { score: feedback.score, comment: feedback.comment, at: feedback.at } : null,
    may: {
      respond: isComing(ctx, row),
      answerMinutes: minutes?.state === "sent" && !answer,
      completeStep: minutes !== null && minutes.nextOwner === side && minutes.stepDoneAt === null,
      giveFeedback: row.state === "held" && !feedback,
    },
  };
}

const isComing = (ctx: Pick<Ctx, "clock">, row: Row): boolean =>
  row.state === "planned" && ctx.clock.now() < row.startsAt;

/** The meeting and side behind a token while its person still belongs to the organisation. */
async function behind(ctx: Ctx, named: NamedByToken | null) {
  const participant =
    named &&
    (await ctx.db.meetingParticipant.findUnique({
      where: { id: named.participantId },
      select: { meetingId: true, side: true, organisationId: true },
    }));
  if (!named || !participant) return null;
  const [members, row] = await Promise.all([
    memberIdsOf(ctx.db, participant.organisationId),
    loadMeeting(ctx, participant.meetingId),
  ]);
  const mine = row?.participants.find((one) => one.side === participant.side);
  return row && mine && members.includes(named.personId) ? { row, mine } : null;
}

/** What the one-tap link of an invitation shows: the question while it is open, else only that it is over. Looking changes nothing. */
export async function viewMeetingLink(ctx: Ctx, token: string): Promise<MeetingLinkView> {
  const found = await behind(ctx, readToken(ctx.env, "meeting_answer", token));
  if (!found) return { state: "wrong" };
  const { row, mine } = found;
  if (!isComing(ctx, row)) return { state: "over", meetingId: row.id };
  if (mine.response !== "none") return { state: "answered", answer: mine.response, meetingId: row.id };
  const meeting = await describeFor(ctx, row, mine.side);
  return meeting ? { state: "ready", meeting } : { state: "wrong" };
}

/** What the one-tap link of minutes shows: the revision that waits for this side's answer, else only that it is over. */
export async function viewMinutesLink(ctx: Ctx, token: string): Promise<MinutesLinkView> {
  const found = await behind(ctx, readToken(ctx.env, "minutes_answer", token));
  if (!found) return { state: "wrong" };
  const { row, mine } = found;
  const answer = row.minutes?.state === "draft" ? undefined : answerOf(row, mine.side);
  if (answer) return { state: "answered", answer: answer.confirmed ? "confirmed" : "disputed", meetingId: row.id };
  const meeting = await describeFor(ctx, row, mine.side);
  if (!meeting?.minutes || !meeting.may.answerMinutes) return { state: "over", meetingId: row.id };
  return { state: "ready", meeting: { ...meeting, minutes: meeting.minutes } };
}
