import { z } from "zod";
import { optional } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";
import { CHASE_ANSWERS } from "./domain/chase";

export { CHASE_ANSWERS } from "./domain/chase";

// Messages are i18next keys; forms translate them.
const TOO_LONG = "common:error.tooLong";
const CHOOSE = "outcomes:error.choose";

/** One of four buttons, and a few words if one likes. */
export const outcomeAnswerSchema = z.object({
  answer: z.enum(CHASE_ANSWERS, CHOOSE),
  note: optional(1_000),
});
export type OutcomeAnswerInput = z.output<typeof outcomeAnswerSchema>;

/** An answer given by phone: what was said, by whom, is written down by the broker. */
export const phoneOutcomeSchema = z.object({
  answer: z.enum(CHASE_ANSWERS, CHOOSE),
  note: z
    .string({ error: "outcomes:error.phoneNoteShort" })
    .transform(cleanText)
    .pipe(z.string().min(10, "outcomes:error.phoneNoteShort").max(1_000, TOO_LONG)),
});
export type PhoneOutcomeInput = z.output<typeof phoneOutcomeSchema>;

/** What the broker found out when two sides told different stories, and how. */
export const resolveOutcomeSchema = z.object({
  questionId: z.uuid(CHOOSE),
  resolution: z.enum(CHASE_ANSWERS, CHOOSE),
  note: z
    .string({ error: "outcomes:error.noteNeeded" })
    .transform(cleanText)
    .pipe(z.string().min(10, "outcomes:error.noteNeeded").max(1_000, TOO_LONG)),
});
export type ResolveOutcomeInput = z.output<typeof resolveOutcomeSchema>;
