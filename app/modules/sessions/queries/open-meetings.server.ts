import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { CONFIRM_DUE } from "../commands/session-rows.server";
import { SIDES } from "../domain/meeting-states";
import { ownMeetings } from "../policy";
import type { OpenMeeting } from "./views";

const LIMIT = 50;
const DAY = 86_400_000;
/** Feedback is asked for while the meeting is fresh. */
const FEEDBACK_DAYS = 30;

const ROW = {
  id: true,
  state: true,
  startsAt: true,
  endsAt: true,
  tableNumber: true,
  session: { select: { place: true } },
  participants: {
    select: {
      side: true,
      organisationId: true,
      response: true,
      organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
    },
  },
  minutes: {
    select: {
      state: true,
      revision: true,
      sentAt: true,
      nextStep: true,
      nextOwner: true,
      nextOn: true,
      stepDoneAt: true,
      confirmations: { select: { side: true, revision: true } },
    },
  },
  feedback: { select: { side: true } },
} satisfies Prisma.MeetingSelect;
type Row = Prisma.MeetingGetPayload<{ select: typeof ROW }>;
type Own = Row["participants"][number];

const ORDER = { answer: 0, minutes: 1, step: 2, coming: 3, feedback: 4 } as const;

/**
 * What waits for the organisations this person belongs to: invitations to answer, minutes to confirm, their own next steps,
 * meetings to come, feedback to give; in this order, each by date.
 */
export async function openMeetingsOf(ctx: Ctx): Promise<OpenMeeting[]> {
  const { actor } = ctx;
  if (!isPerson(actor)) return [];
  const now = ctx.clock.now();
  const own = actor.memberships.map((one) => one.organisationId);
  const rows = await ctx.db.meeting.findMany({
    where: {
      AND: [
        ownMeetings(actor),
        {
          OR: [
            { state: "planned", endsAt: { gt: now } },
            { state: "held", minutes: { state: "sent" } },
            // the other side's steps are the other side's: left undone for years they must not fill this list
            ...SIDES.map(
              (side): Prisma.MeetingWhereInput => ({
                state: "held",
                minutes: { sentAt: { not: null }, nextOwner: side, stepDoneAt: null },
                participants: { some: { side, organisationId: { in: own } } },
              }),
            ),
            { state: "held", endsAt: { gt: new Date(now.getTime() - FEEDBACK_DAYS * DAY) } },
          ],
        },
      ],
    },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    take: LIMIT,
    select: ROW,
  });
  const dues = await ctx.db.due.findMany({
    where: { kind: CONFIRM_DUE, subjectKind: "meeting", state: "open", subjectId: { in: rows.map((row) => row.id) } },
    select: { subjectId: true, dueOn: true },
  });
  const confirmBy = new Map(dues.map((due) => [due.subjectId, due.dueOn]));
  const today = dateOnly(localDay(now));
  return rows
    .flatMap((row) =>
      row.participants
        .filter((own) => isMemberOf(actor, own.organisationId))
        .flatMap((own) =>
          waiting(row, own, now, confirmBy.get(row.id)).map((item): OpenMeeting => {
            const other = row.participants.find((one) => one.side !== own.side);
            return {
              ...item,
              meetingId: row.id,
              other: displayName(other?.organisation, ctx.locale),
              place: row.session.place,
              online: row.tableNumber === null,
              tableNumber: row.tableNumber,
              overdue: (item.kind === "minutes" || item.kind === "step") && item.at < today,
            };
          }),
        ),
    )
    .sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || a.at.getTime() - b.at.getTime());
}

type Item = Pick<OpenMeeting, "kind" | "at" | "nextStep">;

function waiting(row: Row, own: Own, now: Date, confirmBy: Date | undefined): Item[] {
  if (row.state === "planned") {
    // who declined is not coming; a meeting that runs is still "coming" for who looks up its table
    if (own.response === "declined") return [];
    const kind = own.response === "none" && now < row.startsAt ? "answer" : "coming";
    return [{ kind, at: row.startsAt, nextStep: null }];
  }
  const { minutes } = row;
  const items: Item[] = [];
  const answered = minutes?.confirmations.some((one) => one.side === own.side && one.revision === minutes.revision);
  if (minutes?.state === "sent" && !answered)
    items.push({ kind: "minutes", at: confirmBy ?? minutes.sentAt ?? row.endsAt, nextStep: null });
  const visible = minutes?.sentAt && minutes.state !== "draft";
  if (visible && minutes.nextOwner === own.side && minutes.nextOn && !minutes.stepDoneAt)
    items.push({ kind: "step", at: minutes.nextOn, nextStep: minutes.nextStep });
  const fresh = row.endsAt.getTime() > now.getTime() - FEEDBACK_DAYS * DAY;
  if (fresh && !row.feedback.some((one) => one.side === own.side))
    items.push({ kind: "feedback", at: row.endsAt, nextStep: null });
  return items;
}
