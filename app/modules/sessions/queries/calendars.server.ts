import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Prisma } from "~/generated/prisma/client";
import { getOffice, type OfficeView } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { Env } from "~/platform/env.server";
import { isId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { maySeeSessions, ownMeetings, visibleSessions } from "../policy";
import { sidesText } from "./session-facts.server";
import type { Calendar, CalendarMethod } from "./views";

type Base = Pick<Ctx, "db" | "env" | "locale">;

const MEETING = {
  id: true,
  uid: true,
  sequence: true,
  state: true,
  startsAt: true,
  endsAt: true,
  tableNumber: true,
  invitedAt: true,
  changedAt: true,
  createdAt: true,
  session: { select: { title: true, place: true, onlineUrl: true, state: true, startsAt: true } },
  participants: {
    select: { side: true, organisation: { select: { nameVi: true, nameEn: true, anonymous: true } } },
  },
} satisfies Prisma.MeetingSelect;
type Row = Prisma.MeetingGetPayload<{ select: typeof MEETING }>;

const WORDS = {
  vi: { summary: "Gặp 1:1", table: "bàn", online: "Tham gia trực tuyến", more: "Xem và trả lời" },
  en: { summary: "1:1 meeting", table: "table", online: "Join online", more: "See and answer" },
} as const;

/**
 * The calendar entry of one side's invitation, for a mail, in `locale`: REQUEST while the meeting is to come, CANCEL once it
 * was called off, under one UID with rising SEQUENCE (RFC 5546 §3.2). It names both organisations, who accepted to be
 * introduced, and of people only its reader, by `reader`, the address the mail goes to: programmes offer an entry to whom
 * its ATTENDEE line names. No reply is asked for (RSVP=FALSE): answers come by the page or the link beside it.
 * Null when it does not fit the meeting's state, is absent, or was never invited.
 */
export async function participantCalendar(
  ctx: Base,
  participantId: string,
  method: CalendarMethod,
  reader: string,
): Promise<Calendar | null> {
  if (!isId(participantId)) return null;
  const row = await ctx.db.meeting.findFirst({
    where: { participants: { some: { id: participantId } }, invitedAt: { not: null } },
    select: MEETING,
  });
  const fits = { REQUEST: row?.state === "planned", CANCEL: row?.state === "cancelled", PUBLISH: true }[method];
  return row && fits ? write(ctx, method, [row], { page: "/meetings", name: "gap", reader }) : null;
}

/** One meeting for downloading: for staff who see its session, or a member of one of its organisations. Null for others. */
export async function meetingCalendar(ctx: Ctx, meetingId: string): Promise<Calendar | null> {
  if (!isId(meetingId)) return null;
  const staff = maySeeSessions(ctx.actor);
  const row = await ctx.db.meeting.findFirst({
    where: { AND: [{ id: meetingId }, { OR: [ownMeetings(ctx.actor), { session: visibleSessions(ctx.actor) }] }] },
    select: MEETING,
  });
  return row && write(ctx, "PUBLISH", [row], { page: staff ? "/broker/meetings" : "/meetings", name: "gap" });
}

/** All meetings of a session for the broker's own calendar, cancelled ones included so that they leave it. Null without any. */
export async function sessionCalendar(ctx: Ctx, sessionId: string): Promise<Calendar | null> {
  if (!isId(sessionId)) return null;
  const rows = await ctx.db.meeting.findMany({
    where: { AND: [{ sessionId }, { session: visibleSessions(ctx.actor) }] },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    select: MEETING,
  });
  return rows.length === 0 ? null : write(ctx, "PUBLISH", rows, { page: "/broker/meetings", name: "phien-ket-noi" });
}

async function write(
  ctx: Base,
  method: CalendarMethod,
  rows: readonly Row[],
  { page, name, reader }: { page: string; name: string; reader?: string },
): Promise<Calendar | null> {
  const office = await getOffice(ctx.db);
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: "Cungcau", product: "phien-ket-noi", language: ctx.locale.toUpperCase() },
  });
  for (const row of rows)
    calendar.createEvent({ ...eventOf(ctx, row, office, page), ...(reader ? { attendees: [attending(reader)] } : {}) });
  const [first] = rows;
  if (!first) return null;
  // a file's name says when, never who
  // the generator leaves the last line open; a file is lines that end (RFC 5545 §3.1)
  return { text: `${calendar.toString()}\r\n`, method, filename: `${name}-${localDay(first.session.startsAt)}.ics` };
}

const attending = (email: string) => ({
  email,
  role: ICalAttendeeRole.REQ,
  status: ICalAttendeeStatus.NEEDSACTION,
  rsvp: false,
});

function eventOf(ctx: { env: Env; locale: Ctx["locale"] }, row: Row, office: OfficeView, page: string) {
  const words = WORDS[ctx.locale];
  const { title, place, onlineUrl, state } = row.session;
  const url = new URL(`${page}/${row.id}`, ctx.env.PUBLIC_URL).href;
  const atTable = [place, row.tableNumber === null ? null : `${words.table} ${row.tableNumber}`];
  const where = row.tableNumber === null ? (onlineUrl ?? place) : atTable.filter(Boolean).join(", ");
  const planned = state === "draft" ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
  return {
    id: row.uid,
    sequence: row.sequence,
    // moments in UTC: no calendar programme has to know the time zone
    start: row.startsAt,
    end: row.endsAt,
    stamp: row.changedAt,
    created: row.createdAt,
    lastModified: row.changedAt,
    status: row.state === "cancelled" ? ICalEventStatus.CANCELLED : planned,
    summary: `${words.summary}: ${sidesText(ctx, row.participants)}`,
    location: where ?? null,
    description: [title, onlineUrl && `${words.online}: ${onlineUrl}`, `${words.more}: ${url}`]
      .filter(Boolean)
      .join("\n"),
    url,
    organizer: { name: ctx.locale === "en" ? office.nameEn : office.nameVi, email: office.email },
  };
}
