import type { Side } from "~/generated/prisma/enums";
import { isOneSide } from "~/modules/brokering/index.server";
import { type Ctx, isMemberOf } from "~/platform/context";
import { isId } from "~/platform/ids";
import { correctionRefusal } from "../commands/correct-attendance.server";
import { attendanceRefusal } from "../commands/record-attendance.server";
import { CONFIRM_DUE, WRITE_DUE } from "../commands/session-rows.server";
import { SIDES } from "../domain/meeting-states";
import { PLANNING } from "../domain/session-states";
import { mayWorkSessions, visibleSessions } from "../policy";
import { slotsFor } from "./free-slots.server";
import { asFacts, asMeeting, FACTS, namesOf, STAFF_MEETING, storyOf } from "./session-facts.server";
import type { BrokerMeetingView } from "./views";

const VERSION = {
  publishedVersion: { select: { contactName: true, contactPhone: true, contactEmail: true } },
} as const;
const MEETING = {
  ...STAFF_MEETING,
  session: { select: FACTS },
  case: {
    select: {
      title: true,
      parties: { select: { side: true, contactName: true, contactPhone: true, contactEmail: true } },
      need: { select: VERSION },
      offering: { select: VERSION },
    },
  },
  feedback: { select: { side: true, score: true, comment: true, at: true }, orderBy: { side: "asc" } },
} as const;

const loadMeeting = (ctx: Ctx, id: string) =>
  ctx.db.meeting.findFirst({ where: { id, session: visibleSessions(ctx.actor) }, select: MEETING });
type Row = NonNullable<Awaited<ReturnType<typeof loadMeeting>>>;

/**
 * A meeting as brokers of the office work on it, and leaders read it: both sides' answers, whom to call, minutes with every
 * answer to every revision, feedback, free times to move to. Null when absent or not theirs.
 */
export async function viewBrokerMeeting(ctx: Ctx, id: string): Promise<BrokerMeetingView | null> {
  if (!isId(id)) return null;
  const row = await loadMeeting(ctx, id);
  if (!row) return null;
  const works = mayWorkSessions(ctx.actor);
  const ownSide = isOneSide(ctx.actor, row.participants);
  const acts = works && !ownSide;
  const planned = row.state === "planned";
  const open = acts && planned && PLANNING.includes(row.session.state);
  const [minutes, remarks, due, slots, story] = await Promise.all([
    ctx.db.minutes.findUnique({
      where: { meetingId: id },
      omit: { id: true, meetingId: true },
    }),
    ctx.db.minutesConfirmation.findMany({
      where: { minutes: { meetingId: id } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { revision: true, side: true, confirmed: true, remark: true, channel: true, byId: true, at: true },
    }),
    ctx.db.due.findFirst({
      where: { subjectKind: "meeting", subjectId: id, state: "open", kind: { in: [WRITE_DUE, CONFIRM_DUE] } },
      orderBy: { dueOn: "asc" },
      select: { dueOn: true },
    }),
    open
      ? slotsFor(ctx, row.session, [row.participants.map((one) => one.organisationId)], id).then(([own]) => own ?? [])
      : [],
    storyOf(ctx, null, [row]),
  ]);
  const nameOf = await namesOf(ctx, [
    ...row.participants.map((one) => one.respondedById),
    ...remarks.map((one) => one.byId),
    minutes?.writtenById,
    minutes?.stepDoneById,
  ]);
  const { session, feedback, ...facts } = row;
  const refusal = planned ? attendanceRefusal(ctx, row) : null;
  const invited = acts && planned && row.invitedAt !== null && row.startsAt > ctx.clock.now();
  const answered = (side: Side) => remarks.some((one) => one.side === side && one.revision === minutes?.revision);
  return {
    ...asMeeting(ctx, facts, nameOf),
    session: asFacts(ctx, session),
    contacts: works ? contactsOf(row) : null,
    minutesText: minutes && asText(minutes, nameOf),
    remarks: remarks.map(({ byId, ...one }) => ({ ...one, by: nameOf(byId) })),
    // what the other side thinks of the meeting is not for a member of one side
    feedback: feedback.filter((one) => !ownSide || isOwn(ctx, row, one.side)),
    story,
    slots,
    minutesDue: due?.dueOn ?? null,
    ownSide,
    may: {
      move: open,
      cancel: open,
      phone: invited ? [...SIDES] : [],
      attendance: acts && planned && refusal === null,
      correct: acts && correctionRefusal(row) === null,
      writeMinutes: acts && row.state === "held" && minutes?.state !== "confirmed",
      phoneMinutes: acts && minutes?.state === "sent" ? SIDES.filter((side) => !answered(side)) : [],
      completeStep: acts && minutes?.sentAt != null && minutes.nextStep !== null && minutes.stepDoneAt === null,
    },
    attendanceBlocker:
      acts && refusal ? { code: refusal.code, ...(refusal.params ? { params: refusal.params } : {}) } : null,
  };
}

const isOwn = (ctx: Ctx, row: Row, side: Side): boolean =>
  row.participants.some((one) => one.side === side && isMemberOf(ctx.actor, one.organisationId));

type Text = NonNullable<BrokerMeetingView["minutesText"]>;
type TextRow = Omit<Text, "writtenBy" | "stepDoneBy"> & { writtenById: string; stepDoneById: string | null };

/** Minutes as they are read, with names in place of ids; field by field: a row also holds what a side must not read. */
export function asText(row: TextRow, nameOf: (id: string | null) => string | null): Text {
  const { state, outcome, decisions, nextStep, nextOwner, nextOn, revision, writtenAt, sentAt, stepDoneAt } = row;
  return {
    ...{ state, outcome, decisions, nextStep, nextOwner, nextOn, revision },
    ...{ writtenAt, writtenBy: nameOf(row.writtenById), sentAt, stepDoneAt, stepDoneBy: nameOf(row.stepDoneById) },
  };
}

/** Whom to call: the person the broker talks to in the case, else the contact of the listing. */
function contactsOf(row: Row): NonNullable<BrokerMeetingView["contacts"]> {
  return SIDES.map((side) => {
    const party = row.case.parties.find((one) => one.side === side);
    const found = [party, row.case[side]?.publishedVersion].find((one) => one?.contactPhone || one?.contactEmail);
    return {
      side,
      name: found?.contactName ?? null,
      phone: found?.contactPhone ?? null,
      email: found?.contactEmail ?? null,
    };
  });
}
