import type { Prisma } from "~/generated/prisma/client";
import type { Locale, Side } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { RelayedEvent } from "~/platform/subscriptions";
import { conditions, dayOf, type Facts, NO_FACTS } from "../domain/facts";
import { meetingHours } from "../domain/meeting-hours";

/**
 * What may be said of a meeting: time, place, the two organisations (both accepted to be introduced, so their names are
 * open to each other) and the session's title. Remarks, feedback, notes and contacts of a side are not even read.
 */
const MEETING = {
  id: true,
  state: true,
  startsAt: true,
  endsAt: true,
  tableNumber: true,
  cancelReason: true,
  caseId: true,
  introductionId: true,
  session: { select: { title: true, place: true, onlineUrl: true, ownerId: true } },
  participants: {
    select: {
      id: true,
      side: true,
      response: true,
      declineReason: true,
      organisationId: true,
      organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
    },
  },
  minutes: {
    select: {
      state: true,
      revision: true,
      nextOwner: true,
      nextOn: true,
      stepDoneAt: true,
      confirmations: { select: { revision: true, side: true, confirmed: true } },
    },
  },
} satisfies Prisma.MeetingSelect;
type MeetingRow = Prisma.MeetingGetPayload<{ select: typeof MEETING }>;
type ParticipantRow = MeetingRow["participants"][number];

const TABLE: Record<Locale, (number: number) => string> = { vi: (n) => `bàn số ${n}`, en: (n) => `table ${n}` };
const ONLINE: Record<Locale, { only: string; also: string }> = {
  vi: { only: "họp trực tuyến", also: "có thể tham gia trực tuyến" },
  en: { only: "online", also: "joining online is possible" },
};

/** From when to when, as people in Việt Nam read a clock, and where. The online address itself stands on the page only. */
function whenAndWhere(meeting: MeetingRow, locale: Locale, timeZone: string): Record<"when" | "where", string> {
  const { place, onlineUrl } = meeting.session;
  const room = [place, meeting.tableNumber === null ? null : TABLE[locale](meeting.tableNumber)];
  const parts = meeting.tableNumber === null && onlineUrl ? [ONLINE[locale].only] : room.filter((part) => part);
  if (onlineUrl && meeting.tableNumber !== null) parts.push(ONLINE[locale].also);
  return {
    when: meetingHours(meeting, locale, timeZone),
    where: parts.join(", "),
  };
}

function wordsOf(meeting: MeetingRow, own: ParticipantRow | undefined, other: ParticipantRow | undefined) {
  return (locale: Locale, timeZone: string) => ({
    title: meeting.session.title,
    organisation: displayName(own?.organisation ?? null, locale),
    other: displayName(other?.organisation ?? null, locale),
    ...whenAndWhere(meeting, locale, timeZone),
  });
}

/** Words of one side's invitation as they stand now: a mail is written in the same minute as the calendar it carries. */
export async function invitationWords(
  ctx: Pick<Ctx, "db">,
  participantId: string,
  locale: Locale,
  timeZone: string,
): Promise<Record<string, string> | null> {
  const meeting = await ctx.db.meeting.findFirst({
    where: { participants: { some: { id: participantId } } },
    select: MEETING,
  });
  if (!meeting) return null;
  const own = meeting.participants.find((one) => one.id === participantId);
  return wordsOf(
    meeting,
    own,
    meeting.participants.find((one) => one !== own),
  )(locale, timeZone);
}

/** Is the meeting of this participant still to come? A reminder that was held until quiet hours ended may be too late. */
export async function isStillToCome(ctx: Pick<Ctx, "db" | "clock">, participantId: string): Promise<boolean> {
  const where = {
    state: "planned",
    startsAt: { gt: ctx.clock.now() },
    participants: { some: { id: participantId } },
  } as const;
  return (await ctx.db.meeting.count({ where })) > 0;
}

const sideOf = (meeting: MeetingRow, side: Side | undefined) => meeting.participants.find((one) => one.side === side);

/** A meeting and its minutes, for one side (payload participantId) or for the broker who runs the session (brokerId, with the participant who answered). */
export async function ofMeeting(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const meeting = await ctx.db.meeting.findUnique({ where: { id: event.subjectId }, select: MEETING });
  if (!meeting) return null;
  const { participantId, brokerId } = event.payload;
  const facts: Facts = {
    ...NO_FACTS,
    meetingId: meeting.id,
    caseId: meeting.caseId,
    introductionId: meeting.introductionId,
    brokerId: brokerId ?? meeting.session.ownerId,
  };
  if (brokerId) return forBroker(facts, meeting, event);
  const own = meeting.participants.find((one) => one.id === participantId);
  if (!own) return null;
  const other = meeting.participants.find((one) => one !== own);
  const news = await forSide(ctx, meeting, own, event);
  if (!news) return null;
  const base = wordsOf(meeting, own, other);
  return {
    ...facts,
    organisationId: own.organisationId,
    linkId: own.id,
    conditions: conditions("to-side", news.awaits && "awaits-you"),
    words: (locale, timeZone) => ({ ...base(locale, timeZone), ...news.words }),
  };
}

type News = { awaits?: boolean; words?: Record<string, string> };

/** What an event says to a side; null when it is no news any more: cancelled, begun or answered since. */
async function forSide(ctx: Ctx, meeting: MeetingRow, own: ParticipantRow, event: RelayedEvent): Promise<News | null> {
  const coming = meeting.state === "planned" && meeting.startsAt > ctx.clock.now();
  const { minutes } = meeting;
  switch (event.type) {
    case "meeting.invited":
      return coming ? {} : null;
    case "meeting.moved":
      // a change of table alone leaves the answers standing
      return coming ? { awaits: own.response === "none" } : null;
    case "meeting.cancelled":
      return meeting.state === "cancelled" ? { words: { reasonCode: meeting.cancelReason ?? "" } } : null;
    case "meeting.answered":
      return own.response !== "none" && meeting.state !== "cancelled" ? {} : null;
    case "meeting.reminder-due":
      return coming && own.response !== "declined" ? { awaits: own.response === "none" } : null;
    case "meeting.soon":
      return coming && own.response !== "declined" ? {} : null;
    case "minutes.sent": {
      const answered = minutes?.confirmations.some((one) => one.revision === minutes.revision && one.side === own.side);
      if (minutes?.state !== "sent" || answered) return null;
      const due = await ctx.db.due.findFirst({
        where: { kind: "minutes.confirm", subjectKind: "meeting", subjectId: meeting.id },
        select: { dueOn: true },
      });
      return { words: { dueOn: due ? dayOf(due.dueOn) : "" } };
    }
    case "minutes.confirmed":
      return minutes?.state === "confirmed" ? {} : null;
    case "minutes.step-due":
      return minutes?.nextOwner === own.side ? stepDue(meeting) : null;
    default:
      return null;
  }
}

/** The step's own words stand in the minutes and are read there: a broker may have typed a phone number into them. */
function stepDue({ minutes }: MeetingRow): News | null {
  if (!minutes?.nextOn || minutes.stepDoneAt || minutes.state === "draft") return null;
  return { words: { dueOn: dayOf(minutes.nextOn) } };
}

function forBroker(facts: Facts, meeting: MeetingRow, event: RelayedEvent): Facts | null {
  const told = (own: ParticipantRow | undefined, which: ReturnType<typeof conditions>, more: News["words"] = {}) => {
    const first = own ?? sideOf(meeting, "need");
    const base = wordsOf(
      meeting,
      first,
      meeting.participants.find((one) => one !== first),
    );
    const words: Facts["words"] = (locale, timeZone) => ({ ...base(locale, timeZone), ...more });
    return { ...facts, conditions: which, words };
  };
  const { minutes } = meeting;
  switch (event.type) {
    case "meeting.answered": {
      const own = meeting.participants.find((one) => one.id === event.payload.participantId);
      if (meeting.state !== "planned" || !own || own.response === "none") return null;
      if (own.response === "confirmed") return told(own, conditions("to-broker", "approved"));
      return told(own, conditions("to-broker", "declined"), { reasonCode: own.declineReason ?? "" });
    }
    case "minutes.answered": {
      // answers to a revision that was replaced since are no news
      const answers = minutes?.confirmations.filter((one) => one.revision === minutes.revision) ?? [];
      const own = meeting.participants.find((one) => one.id === event.payload.participantId);
      const said = answers.find((one) => one.side === own?.side);
      if (!own || !said) return null;
      const both = answers.length === meeting.participants.length && answers.every((one) => one.confirmed);
      return told(own, conditions("to-broker", said.confirmed ? "approved" : "declined", both && "both"));
    }
    case "minutes.step-due": {
      const due = stepDue(meeting);
      const owner = minutes?.nextOwner === "broker" ? undefined : sideOf(meeting, minutes?.nextOwner ?? undefined);
      return due && told(owner, conditions("to-broker"), due.words);
    }
    default:
      return null;
  }
}

/** A session that changes hands, for who gets and who gives it. */
export async function ofSession(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const session = await ctx.db.connectionSession.findUnique({
    where: { id: event.subjectId },
    select: { id: true, title: true, ownerId: true, owner: { select: { fullName: true } } },
  });
  const { receiverId, giverId } = event.payload;
  const personId = receiverId ?? giverId;
  if (!session || !personId) return null;
  const words = { title: session.title, person: session.owner.fullName };
  return {
    ...NO_FACTS,
    sessionId: session.id,
    brokerId: session.ownerId,
    personId,
    conditions: conditions(receiverId ? "receiver" : "giver"),
    words: () => words,
  };
}
