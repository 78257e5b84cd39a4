import { z } from "zod";
import { TRANSFER_FORMS, TRANSFER_METHODS, TRANSFER_OBJECTS, TRANSFER_RIGHTS } from "~/modules/listings/schemas";
import {
  reasonCode as codedReason,
  day as dayField,
  needed,
  optional,
  optionalDay as optionalDayField,
  revision,
} from "~/platform/form-fields";
import { parseAmount } from "./domain/amount";
import {
  CHECKLIST_ITEMS,
  COUNTRIES,
  CURRENCIES,
  DEAL_DOCUMENT_KINDS,
  DEAL_ORIGINS,
  MAX_MILESTONES,
  type MoveCommand,
  PAYMENT_KINDS,
  ROYALTY_PERIODS,
} from "./domain/choices";

export { TRANSFER_FORMS, TRANSFER_METHODS, TRANSFER_OBJECTS, TRANSFER_RIGHTS } from "~/modules/listings/schemas";
export { type AmountAnswer, decimalsOf, parseAmount, writeAmount } from "./domain/amount";
export * from "./domain/choices";
// outcome chase
export {
  CHASE_ANSWERS,
  type OutcomeAnswerInput,
  outcomeAnswerSchema,
  type PhoneOutcomeInput,
  phoneOutcomeSchema,
  type ResolveOutcomeInput,
  resolveOutcomeSchema,
} from "./outcome-schemas";

// Messages are i18next keys; forms translate them.
const E = {
  required: "common:error.required",
  tooLong: "common:error.tooLong",
  choose: "deals:error.choose",
  date: "deals:error.date",
  money: "deals:error.money",
  moneyUnit: "deals:error.moneyUnit",
  percent: "deals:error.percent",
  number: "deals:error.number",
  reason: "deals:error.reasonNeeded",
  note: "deals:error.noteNeeded",
} as const;

const id = z
  .string()
  .optional()
  .transform((value) => value || null)
  .pipe(z.uuid(E.choose).nullable());
const dealId = z.uuid();

const day = dayField(E.date);
const optionalDay = optionalDayField(E.date);
/** Yes, no, or not known yet (an empty choice). */
const yesNo = z
  .enum(["yes", "no", ""], E.choose)
  .optional()
  .transform((value) => (value ? value === "yes" : null));
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .union([z.enum(values), z.literal("")], { error: E.choose })
    .optional()
    .transform((value) => value || null);
const someOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .array(z.enum(values, E.choose))
    .optional()
    .transform((list) => values.filter((value) => list?.includes(value)) as T[number][]);
const country = z
  .string()
  .optional()
  .transform((value) => value || null)
  .refine((value) => value === null || COUNTRIES.includes(value), E.choose);
const plainNumber = (min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((typed, ctx) => {
      if (!typed?.trim()) return null;
      const value = Number(typed.trim());
      if (Number.isInteger(value) && value >= min && value <= max) return value;
      ctx.addIssue({ code: "custom", message: E.number });
      return z.NEVER;
    });
/** "3", "2,5" or "2.5 %" per cent; becomes basis points. */
const percent = z
  .string()
  .optional()
  .transform((typed, ctx) => {
    const text = typed?.replace(/[%\s]/g, "").replace(",", ".") ?? "";
    if (text === "") return null;
    const points = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : 0;
    if (points >= 1 && points <= 10_000) return points;
    ctx.addIssue({ code: "custom", message: E.percent });
    return z.NEVER;
  });

function amountOf(
  typed: string | null,
  currency: string,
  path: (string | number)[],
  ctx: z.RefinementCtx,
): bigint | null {
  if (typed === null) return null;
  const answer = parseAmount(typed, currency);
  if (answer.ok) return answer.minor;
  ctx.addIssue({ code: "custom", path, message: answer.problem === "unit" ? E.moneyUnit : E.money });
  return null;
}

export const openDealSchema = z.object({
  title: needed(200),
  /** ignored when the deal comes with a meeting or an introduction */
  origin: z.enum(DEAL_ORIGINS, E.choose),
  caseId: id,
  introductionId: id,
  meetingId: id,
  transferorId: id,
  transfereeId: id,
  nextAction: needed(300),
  nextActionOn: day,
});
export type OpenDealInput = z.output<typeof openDealSchema>;

/** The terms as far as they are known; empty means not known yet. Amounts in the deal's currency. */
export const termsSchema = z
  .object({
    revision,
    title: needed(200),
    transferorId: id,
    transfereeId: id,
    technologyName: optional(300),
    objects: someOf(TRANSFER_OBJECTS),
    form: oneOf(TRANSFER_FORMS),
    methods: someOf(TRANSFER_METHODS),
    right: oneOf(TRANSFER_RIGHTS),
    scope: optional(1_000),
    sectorMain: optional(20),
    value: optional(60),
    currency: z.enum(CURRENCIES, E.choose),
    paymentKinds: someOf(PAYMENT_KINDS),
    /** per cent as typed ("2,5"); out: basis points */
    royaltyPercent: percent,
    royaltyYears: plainNumber(1, 99),
    royaltyMinimum: optional(60),
    royaltyCap: optional(60),
    improvementRights: optional(1_000),
    /** Article 23 items looked at, 1–14 */
    checklist: z
      .array(z.coerce.number().int().min(1).max(14))
      .optional()
      .transform((items): number[] => CHECKLIST_ITEMS.filter((item) => items?.includes(item))),
    transferorCountry: country,
    transfereeCountry: country,
    stateMoney: yesNo,
    taskCertificate: yesNo,
    restrictedList: yesNo,
  })
  .transform((terms, ctx) => ({
    ...terms,
    value: amountOf(terms.value, terms.currency, ["value"], ctx),
    royaltyMinimum: amountOf(terms.royaltyMinimum, terms.currency, ["royaltyMinimum"], ctx),
    royaltyCap: amountOf(terms.royaltyCap, terms.currency, ["royaltyCap"], ctx),
  }));
export type TermsInput = z.output<typeof termsSchema>;

/** The facts that decide the duty to register, as the preview reads them. */
export const dutyFactsSchema = z.object({
  transferorCountry: country,
  transfereeCountry: country,
  stateMoney: yesNo,
  taskCertificate: yesNo,
  restrictedList: yesNo,
});

const reasoned = () =>
  z.object({ revision, reasonCode: codedReason(E.reason), note: optional(2_000) }).superRefine((value, ctx) => {
    if (value.reasonCode === "other" && !value.note) ctx.addIssue({ code: "custom", path: ["note"], message: E.note });
  });

/** One form per step forward (/deals/:id/move/:command). Every form carries the deal's revision. */
export const moveSchemas = {
  agree_mou: z.object({ revision }),
  start_drafting: z.object({ revision }),
  sign: z.object({
    revision,
    signedOn: day,
    contractNumber: needed(100),
    /** only where registration is no condition; empty = the day of signing */
    effectiveOn: optionalDay,
    /** the parties want a voluntary registration: the 90 days are counted too */
    wishToRegister: z.coerce.boolean().optional().default(false),
  }),
  file_registration: z.object({ revision, filedOn: day }),
  /** the certificate file is the newest document of kind "certificate" */
  register: z.object({ revision, certificateNumber: needed(100), certificateOn: day }),
  return_registration: reasoned(),
  start_performing: z.object({ revision }),
  liquidate: z.object({ revision, liquidatedOn: day }),
} as const satisfies Record<MoveCommand, z.ZodType>;
export type MoveFacts = { [C in MoveCommand]: { command: C } & z.output<(typeof moveSchemas)[C]> }[MoveCommand];
export type MoveInput = { dealId: string } & MoveFacts;

export const pauseSchema = reasoned();
export const resumeSchema = z.object({ revision });
export const loseSchema = reasoned();
export const terminateSchema = reasoned();

/** What happens next; the broker's own. */
export const dealPlanSchema = z.object({ revision, nextAction: needed(300), nextActionOn: day });
/** `side` is needed only from a broker, or from somebody of both organisations. */
export const acceptanceSchema = z.object({
  side: z
    .enum(["transferor", "transferee"], E.choose)
    .optional()
    .transform((value) => value ?? null),
});
/** The file itself comes beside the form: `upload: { name, bytes }` of addDealDocument. */
export const documentSchema = z.object({
  kind: z.enum(DEAL_DOCUMENT_KINDS, E.choose),
  title: optional(200),
});

const milestoneRow = z.object({
  /** of a milestone that is there; empty for a new one */
  id,
  label: optional(200),
  dueOn: optionalDay,
  amount: optional(60),
});
/** The plan as a whole; rows without a label are left out. Milestones already done or waived stay as they are. */
export const milestonesSchema = z
  .object({
    revision,
    currency: z.enum(CURRENCIES, E.choose).default("VND"),
    milestones: z
      .array(milestoneRow)
      .max(MAX_MILESTONES * 2)
      .optional()
      .default([]),
  })
  .superRefine((plan, ctx) => {
    // a day or a sum without words would be lost silently; a stored row is taken out by emptying its words
    for (const [at, row] of plan.milestones.entries())
      if (!row.label && !row.id && (row.dueOn || row.amount))
        ctx.addIssue({ code: "custom", path: ["milestones", at, "label"], message: E.required });
  })
  .transform((plan, ctx) => ({
    revision: plan.revision,
    milestones: plan.milestones.flatMap((row, at) =>
      row.label
        ? [{ ...row, label: row.label, amount: amountOf(row.amount, plan.currency, ["milestones", at, "amount"], ctx) }]
        : [],
    ),
  }));
export type MilestonesInput = z.output<typeof milestonesSchema>;
/** The periods of a royalty; the last row of the plan is the last payment. */
export const royaltyPlanSchema = z.object({
  revision,
  label: needed(150),
  firstOn: day,
  everyMonths: z.enum(ROYALTY_PERIODS, E.choose).transform(Number),
  times: plainNumber(1, MAX_MILESTONES).refine((value): value is number => value !== null, E.required),
});
export type RoyaltyPlanInput = z.output<typeof royaltyPlanSchema>;
export const completeMilestoneSchema = z
  .object({
    milestoneId: z.uuid(),
    currency: z.enum(CURRENCIES, E.choose).default("VND"),
    /** what was really paid; empty: as planned */
    amount: optional(60),
    /** "waived": the parties agreed to do without it; a note says so */
    outcome: z.enum(["done", "waived"], E.choose),
    /** needed when done */
    on: optionalDay,
    note: optional(500),
  })
  .superRefine((value, ctx) => {
    if (value.outcome === "done" && !value.on) ctx.addIssue({ code: "custom", path: ["on"], message: E.required });
    if (value.outcome === "waived" && !value.note) ctx.addIssue({ code: "custom", path: ["note"], message: E.note });
  })
  .transform(({ currency, amount, ...value }, ctx): typeof value & { amount?: bigint } => {
    const minor = amountOf(amount, currency, ["amount"], ctx);
    return minor === null ? value : { ...value, amount: minor };
  });
export type CompleteMilestoneInput = z.output<typeof completeMilestoneSchema>;

export const dealKeySchema = z.object({ dealId });

/** Giving a deal to another broker. */
export const handOverDealSchema = z.object({
  revision,
  toBrokerId: z.uuid("brokering:error.chooseBroker"),
  note: needed(2_000),
});
export type HandOverDealInput = z.output<typeof handOverDealSchema>;
