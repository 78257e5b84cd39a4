import { z } from "zod";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { sweepRow } from "~/platform/db/sweep-row.server";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { calendarFrom, ruleAt } from "~/platform/rules.server";
import type { WorkingCalendar } from "~/platform/working-days";
import { reminderDue } from "../domain/reminder-step";
import { lockMeeting, STEP_DUE } from "./session-rows.server";

/** How many sides were reminded of a meeting, and owners of their next step; `failed` rows are tried again at the next sweep. */
export type MeetingSweepReport = { reminded: number; stepsDue: number; failed: number };

const DAY = 86_400_000;
/** A reminder's day moves back over days off: nothing earlier than the rule's longest distance and a long holiday. */
const HOLIDAY_DAYS = 31;

/**
 * What the clock does to meetings: reminds the sides of a meeting to come (rule meeting.remindDaysBefore, working days), and
 * on its day tells whoever owns a next step. Safe to run as often as one likes; after a pause each side gets the newest
 * reminder only. For the system only. Failures: common:forbidden.
 */
export async function sweepMeetings(ctx: Ctx): Promise<Result<MeetingSweepReport>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const daysBefore = z
    .array(z.number().int().min(0))
    .parse((await ruleAt(ctx.db, "meeting.remindDaysBefore", now)).value);
  const horizon = (Math.max(0, ...daysBefore) + HOLIDAY_DAYS) * DAY;
  // days off before today count too: a reminder of the day before a holiday must not be found "due" again after it
  const calendar = await calendarFrom(ctx.db, new Date(now.getTime() - 2 * HOLIDAY_DAYS * DAY));
  const report: MeetingSweepReport = { reminded: 0, stepsDue: 0, failed: 0 };
  const each = async (ids: string[], kind: "reminded" | "stepsDue", work: (tx: Tx, id: string) => Promise<number>) => {
    for (const id of ids) {
      const row = { ids: { meetingId: id }, failed: "a meeting could not be swept" };
      const end = await sweepRow(ctx, row, (tx) => work(tx, id));
      if (end === "failed") report.failed += 1;
      else report[kind] += end.did ?? 0;
    }
  };
  const coming = await ctx.db.meeting.findMany({
    where: {
      state: "planned",
      invitedAt: { not: null },
      startsAt: { gt: now, lte: new Date(now.getTime() + horizon) },
    },
    orderBy: { startsAt: "asc" },
    select: {
      id: true,
      startsAt: true,
      changedAt: true,
      participants: { where: { response: { not: "declined" } }, select: { remindedOn: true } },
    },
  });
  const today = localDay(now);
  // a look before the lock: most have had their reminder
  const due = coming.filter(
    (meeting) => dueSides(meeting, meeting.participants, { today, daysBefore, calendar }).length > 0,
  );
  await each(ids(due), "reminded", (tx, id) => remind(tx, ctx, id, { today, daysBefore, calendar }));
  const steps = await ctx.db.due.findMany({
    where: { kind: STEP_DUE, state: "open", remindedOn: null, dueOn: { lte: dateOnly(today) } },
    orderBy: { dueOn: "asc" },
    select: { subjectId: true },
  });
  await each(
    steps.map((one) => one.subjectId),
    "stepsDue",
    (tx, id) => tellStep(tx, ctx, id, today),
  );
  return ok(report);
}

const ids = (rows: { id: string }[]): string[] => rows.map((one) => one.id);

type Today = { today: string; daysBefore: readonly number[]; calendar: WorkingCalendar };

/** Of the sides who may come: those whose reminder is due today. */
function dueSides<Side extends { remindedOn: Date | null }>(
  { startsAt, changedAt }: { startsAt: Date; changedAt: Date },
  sides: readonly Side[],
  { today, daysBefore, calendar }: Today,
): Side[] {
  const facts = { today, meetingDay: localDay(startsAt), daysBefore, toldOn: localDay(changedAt) };
  return sides.filter((side) =>
    reminderDue({ ...facts, remindedOn: side.remindedOn?.toISOString().slice(0, 10) ?? null }, calendar),
  );
}

async function remind(tx: Tx, ctx: Ctx, id: string, { today, daysBefore, calendar }: Today): Promise<number> {
  const meeting = await lockMeeting(tx, id);
  if (meeting?.state !== "planned" || !meeting.invitedAt) return 0;
  const { changedAt } = await tx.meeting.findUniqueOrThrow({ where: { id }, select: { changedAt: true } });
  const sides = await tx.meetingParticipant.findMany({
    // who declined is not asked to come
    where: { meetingId: id, response: { not: "declined" } },
    orderBy: { side: "asc" },
    select: { id: true, side: true, remindedOn: true },
  });
  const due = dueSides({ startsAt: meeting.startsAt, changedAt }, sides, { today, daysBefore, calendar });
  if (due.length === 0) return 0;
  await tx.meetingParticipant.updateMany({
    where: { id: { in: due.map((one) => one.id) } },
    data: { remindedOn: dateOnly(today) },
  });
  await audit(tx, ctx, {
    action: "meeting.reminded",
    subjectKind: "meeting",
    subjectId: id,
    after: { state: meeting.state, sides: due.map((one) => one.side), sessionId: meeting.session.id },
  });
  for (const one of due) await emit(tx, ctx, "meeting.reminder-due", id, { participantId: one.id });
  return due.length;
}

async function tellStep(tx: Tx, ctx: Ctx, id: string, today: string): Promise<number> {
  const meeting = await lockMeeting(tx, id);
  const minutes = meeting?.minutes;
  // while a new version is being written nobody sees the step; it is told when the version is sent
  if (!meeting || !minutes?.nextOwner || minutes.stepDoneAt || minutes.state === "draft") return 0;
  const claimed = await tx.due.updateMany({
    where: { kind: STEP_DUE, subjectKind: "meeting", subjectId: id, state: "open", remindedOn: null },
    data: { remindedOn: dateOnly(today) },
  });
  if (claimed.count === 0) return 0;
  const owner = meeting.participants.find((one) => one.side === minutes.nextOwner);
  await audit(tx, ctx, {
    action: "minutes.step-reminded",
    subjectKind: "meeting",
    subjectId: id,
    after: {
      state: minutes.state,
      revision: minutes.revision,
      nextOwner: minutes.nextOwner,
      sessionId: meeting.session.id,
    },
  });
  await emit(
    tx,
    ctx,
    "minutes.step-due",
    id,
    owner ? { participantId: owner.id } : { brokerId: meeting.session.ownerId },
  );
  return 1;
}
