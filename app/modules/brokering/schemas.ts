import { z } from "zod";
import { reasonCode as codedReason, day as dayField, needed, optional, revision } from "~/platform/form-fields";

export { CLOSE_REASONS, DECLINE_REASONS } from "./domain/reasons";

// Messages are i18next keys; forms translate them.
const E = {
  required: "common:error.required",
  tooLong: "common:error.tooLong",
  choose: "brokering:error.choose",
  date: "brokering:error.date",
  phone: "brokering:error.phone",
  email: "brokering:error.email",
  reason: "brokering:error.reasonNeeded",
  note: "brokering:error.noteNeeded",
} as const;

export const CASE_ORIGINS = ["match", "interest", "fair", "phone", "other"] as const;
/** Ways a case begins that a person chooses; the others come with a link. */
export const FREE_ORIGINS = ["phone", "fair", "other"] as const;
/** Kinds of entry a person writes; a hand-over writes its own. */
export const NOTE_KINDS = ["call", "email", "visit", "note"] as const;

const day = dayField(E.date);

const phone = optional(30).pipe(
  z
    .string()
    .regex(/^\+?[\d\s().-]{8,30}$/, E.phone)
    .nullable(),
);
const email = optional(254)
  .transform((value) => value?.toLowerCase() ?? null)
  .pipe(z.email(E.email).nullable());
const id = z
  .string()
  .optional()
  .transform((value) => value || null)
  .pipe(z.uuid(E.choose).nullable());
const code = z
  .string()
  .optional()
  .transform((value) => value || null);

const nextStep = { nextAction: needed(300), nextActionOn: day };

/** One side of a case as a form gives it: an organisation, a listing by reference, or both; whom the broker talks to there. */
const party = {
  organisationId: id,
  reference: optional(40),
  contactName: optional(200),
  contactPhone: phone,
  contactEmail: email,
};
export type PartyInput = z.output<z.ZodObject<typeof party>>;

export const openCaseSchema = z.object({
  title: needed(200),
  origin: z.enum(CASE_ORIGINS, E.choose),
  originNote: optional(500),
  matchId: id,
  interestId: id,
  provinceCode: code,
  communeCode: code,
  ...nextStep,
  note: optional(5_000),
  need: z.object(party),
  offering: z.object(party),
});
export type OpenCaseInput = z.output<typeof openCaseSchema>;

export const planSchema = z.object({ revision, ...nextStep });
export const detailsSchema = z.object({ revision, title: needed(200), provinceCode: code, communeCode: code });
export const partySchema = z.object({ revision, ...party });
export const noteSchema = z.object({ kind: z.enum(NOTE_KINDS, E.choose), body: needed(5_000) });
export const handOverSchema = z.object({ revision, toBrokerId: z.uuid(E.choose), note: needed(2_000) });
export const closeSchema = z
  .object({ revision, reasonCode: codedReason(E.reason), note: optional(2_000) })
  .superRefine((value, ctx) => {
    if (value.reasonCode === "other" && !value.note) ctx.addIssue({ code: "custom", path: ["note"], message: E.note });
  });
export const proposeSchema = z.object({ revision, message: optional(2_000), nextAction: needed(300) });

const reasonOf = (
  value: { answer: string; reasonCode?: string | null; note: string | null },
  ctx: z.RefinementCtx,
): void => {
  if (value.answer !== "declined") return;
  if (!value.reasonCode) ctx.addIssue({ code: "custom", path: ["reasonCode"], message: E.reason });
  else if (value.reasonCode === "other" && !value.note)
    ctx.addIssue({ code: "custom", path: ["note"], message: E.note });
};
const answer = z.enum(["accepted", "declined"], E.choose);
const reasonCode = z
  .string()
  .optional()
  .transform((value) => value || null)
  .pipe(codedReason(E.reason).nullable());

/** A side's own answer: EEN's three questions with a yes, a coded reason with a no. */
export const answerSchema = z
  .object({
    answer,
    cooperation: optional(2_000),
    unclear: optional(2_000),
    about: optional(2_000),
    reasonCode,
    note: optional(2_000),
  })
  .superRefine(reasonOf);
export type AnswerInput = z.output<typeof answerSchema>;

/** An answer given by phone: what was said, by whom, is written down by the broker. */
export const phoneAnswerSchema = z
  .object({
    answer,
    cooperation: optional(2_000),
    unclear: optional(2_000),
    about: optional(2_000),
    reasonCode,
    note: needed(2_000).pipe(z.string().min(10, "brokering:error.phoneNoteShort")),
  })
  .superRefine(reasonOf);
export type PhoneAnswerInput = z.output<typeof phoneAnswerSchema>;
