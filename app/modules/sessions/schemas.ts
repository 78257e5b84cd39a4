import { z } from "zod";
import {
  reasonCode as codedReason,
  day as dayField,
  needed,
  optional,
  optionalDay as optionalDayField,
  revision,
} from "~/platform/form-fields";
import { atLocal } from "./domain/local-time";

export { localTime } from "./domain/local-time";
export { CANCEL_REASONS, MEETING_DECLINE_REASONS } from "./domain/reasons";

// Messages are i18next keys; forms translate them.
const E = {
  required: "common:error.required",
  tooLong: "common:error.tooLong",
  choose: "sessions:error.choose",
  date: "sessions:error.date",
  time: "sessions:error.time",
  order: "sessions:error.endBeforeStart",
  url: "sessions:error.url",
  tables: "sessions:error.tables",
  slot: "sessions:error.slot",
  reason: "sessions:error.reasonNeeded",
  note: "sessions:error.noteNeeded",
  phoneNote: "sessions:error.phoneNoteShort",
  remark: "sessions:error.remarkNeeded",
  nextStep: "sessions:error.nextStepNeeded",
  score: "sessions:error.score",
} as const;

/** Outcomes of a meeting, from warm to cold; only the last needs no next step. */
export const MEETING_OUTCOMES = ["negotiate", "trial", "site_visit", "continue_talks", "not_suitable"] as const;
export const STEP_OWNERS = ["need", "offering", "broker"] as const;
export const SIDES = ["need", "offering"] as const;

const side = z.enum(SIDES, E.choose);

const day = dayField(E.date);
const optionalDay = optionalDayField(E.date);

/** A time as typed: 8:30, 08:30, 8h30. Becomes HH:MM. */
const time = needed(8).transform((typed, ctx) => {
  const parts = /^(\d{1,2})[:h.](\d{2})?$/.exec(typed);
  const [hours, minutes] = [Number(parts?.[1] ?? 99), Number(parts?.[2] ?? 0)];
  if (hours < 24 && minutes < 60) return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  ctx.addIssue({ code: "custom", message: E.time });
  return z.NEVER;
});

/** From when to when on one day, as people in Việt Nam type it. */
const span = { date: day, startTime: time, endTime: time };

/** Day and times become two moments; an end that is not later than the beginning is named at its field. */
function asMoments<T extends { date: string; startTime: string; endTime: string }>(value: T, ctx: z.RefinementCtx) {
  const { date, startTime, endTime, ...rest } = value;
  const [startsAt, endsAt] = [atLocal(date, startTime), atLocal(date, endTime)];
  if (startsAt >= endsAt) ctx.addIssue({ code: "custom", path: ["endTime"], message: E.order });
  return { ...rest, startsAt, endsAt };
}

const onlineUrl = optional(500).pipe(
  z
    .string()
    .refine((value) => URL.canParse(value) && new URL(value).protocol === "https:", E.url)
    .nullable(),
);
const sessionFields = {
  title: needed(200),
  ...span,
  place: optional(300),
  onlineUrl,
  /** tables in the room; 0 = online only */
  tables: z.coerce.number(E.tables).int(E.tables).min(0, E.tables).max(200, E.tables),
  slotMinutes: z.coerce.number(E.slot).int(E.slot).min(5, E.slot).max(240, E.slot),
  agenda: optional(5_000),
};
/** A new session. The place may follow later: it is needed for inviting. */
export const sessionSchema = z.object(sessionFields).transform(asMoments);
export type SessionInput = z.output<typeof sessionSchema>;
/** The same for a change, with the revision the form was filled from. */
export const editSessionSchema = z.object({ revision, ...sessionFields }).transform(asMoments);
export type EditSessionInput = z.output<typeof editSessionSchema>;

/** Steps of a session that need nothing but the revision of the page: invite, confirm, hold, close. */
export const sessionStepSchema = z.object({ revision });
export const cancelSchema = z.object({ revision, reasonCode: codedReason(E.reason) });

/** A table's number; nothing (or 0) = online only. */
const tableNumber = z
  .string()
  .optional()
  .transform((value) => Number(value || 0))
  .pipe(z.number(E.tables).int(E.tables).min(0, E.tables).max(200, E.tables))
  .transform((value) => value || null);

/** A new meeting: an accepted introduction, from when to when, at which table. `date` is the session's day (hidden field). */
export const meetingSchema = z.object({ introductionId: z.uuid(E.choose), ...span, tableNumber }).transform(asMoments);
export type MeetingInput = z.output<typeof meetingSchema>;
export const moveMeetingSchema = z.object({ revision, ...span, tableNumber }).transform(asMoments);
export type MoveMeetingInput = z.output<typeof moveMeetingSchema>;

const response = {
  side,
  /** SEQUENCE of the invitation that was read: a meeting moved meanwhile is not confirmed by mistake */
  sequence: z.coerce.number().int().min(0),
  answer: z.enum(["confirmed", "declined"], E.choose),
  reasonCode: z
    .string()
    .optional()
    .transform((value) => value || null)
    .pipe(codedReason(E.reason).nullable()),
};
const reasonOf = (
  value: { answer: string; reasonCode: string | null; note: string | null },
  ctx: z.RefinementCtx,
): void => {
  if (value.answer !== "declined") return;
  if (!value.reasonCode) ctx.addIssue({ code: "custom", path: ["reasonCode"], message: E.reason });
  else if (value.reasonCode === "other" && !value.note)
    ctx.addIssue({ code: "custom", path: ["note"], message: E.note });
};
/** A side says whether it comes. The one-tap page has no `side`: its token knows it. */
export const respondSchema = z.object({ ...response, note: optional(1_000) }).superRefine(reasonOf);
export type RespondInput = z.output<typeof respondSchema>;
export const linkRespondSchema = z
  .object({ ...response, side: side.optional(), note: optional(1_000) })
  .superRefine(reasonOf);
/** An answer given by phone: what was said, by whom, is written down by the broker. */
export const phoneRespondSchema = z
  .object({ ...response, note: needed(1_000).pipe(z.string().min(10, E.phoneNote)) })
  .superRefine(reasonOf);

const came = z.enum(["yes", "no"], E.choose).transform((value) => value === "yes");
/** Who came: fields `need` and `offering`, each yes or no. */
export const attendanceSchema = z.object({ revision, need: came, offering: came });
export type AttendanceInput = z.output<typeof attendanceSchema>;

/** Minutes. `revision` 0 = none were written yet. `send` = the button that also sends them. */
export const minutesSchema = z
  .object({
    revision,
    outcome: z.enum(MEETING_OUTCOMES, E.choose),
    decisions: needed(10_000),
    nextStep: optional(500),
    nextOwner: z
      .string()
      .optional()
      .transform((value) => value || null)
      .pipe(z.enum(STEP_OWNERS, E.choose).nullable()),
    nextOn: optionalDay,
  })
  .superRefine((value, ctx) => {
    if (value.outcome === "not_suitable") return;
    for (const field of ["nextStep", "nextOwner", "nextOn"] as const)
      if (!value[field]) ctx.addIssue({ code: "custom", path: [field], message: E.nextStep });
  });
export type MinutesInput = z.output<typeof minutesSchema>;

const minutesAnswer = {
  side,
  /** the revision that was read */
  revision: z.coerce.number().int().min(1),
  answer: z.enum(["confirmed", "disputed"], E.choose),
  remark: optional(4_000),
};
const remarkOf = (value: { answer: string; remark: string | null }, ctx: z.RefinementCtx): void => {
  if (value.answer === "disputed" && !value.remark)
    ctx.addIssue({ code: "custom", path: ["remark"], message: E.remark });
};
/** A side confirms a revision of the minutes, or says what is wrong. */
export const answerMinutesSchema = z.object(minutesAnswer).superRefine(remarkOf);
export type AnswerMinutesInput = z.output<typeof answerMinutesSchema>;
export const linkAnswerMinutesSchema = z.object({ ...minutesAnswer, side: side.optional() }).superRefine(remarkOf);

export const feedbackSchema = z.object({
  side,
  score: z.coerce.number(E.score).int(E.score).min(1, E.score).max(5, E.score),
  comment: optional(2_000),
});
export type FeedbackInput = z.output<typeof feedbackSchema>;

/** Giving a session to another broker. */
export const handOverSessionSchema = z.object({ revision, toBrokerId: z.uuid("brokering:error.chooseBroker") });
export type HandOverSessionInput = z.output<typeof handOverSessionSchema>;
