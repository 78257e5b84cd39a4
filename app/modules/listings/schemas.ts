import { z } from "zod";
import { parseDay } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";
import {
  FUNDING_SOURCES,
  IP_STATUSES,
  IP_TYPES,
  IP_WITHOUT_STATUS,
  LENGTH,
  MAX_KEYWORDS,
  NEED_TYPES,
  PRICE_MODELS,
  TRANSFER_FORMS,
  TRANSFER_METHODS,
  TRANSFER_OBJECTS,
  TRANSFER_RIGHTS,
  VISIBILITIES,
} from "./domain/choices";
import type { Draft } from "./domain/draft";
import { isEmptyLine } from "./domain/draft";
import { parseLine, type TypedLine } from "./domain/parse-line";
import { parseMoney } from "./domain/parse-money";
import type { ListingLine } from "./domain/types";

export * from "./domain/choices";
export {
  type Draft,
  draftFromForm,
  draftSchema,
  EMPTY_LINE,
  editLines,
  isEmptyLine,
  MAX_LINES,
  readDraft,
} from "./domain/draft";
export { looksLikeIpNumber } from "./domain/ip-number";
export { type MoneyAnswer, parseMoney } from "./domain/parse-money";
export { LIST_STATUSES, OWNER_ANSWERS, QUESTION_ANSWERS, type TypedChecklist } from "./domain/review-checklist";
export { CHANGE_REASONS, REJECT_REASONS } from "./domain/review-reasons";
export { UNITS } from "./domain/units";

// Messages are i18next keys; forms translate them.
const E = {
  required: "listings:error.required",
  choose: "listings:error.choose",
  tooLong: "listings:error.tooLong",
  date: "listings:error.date",
  datePast: "listings:error.datePast",
  dateFar: "listings:error.dateFar",
  money: "listings:error.money",
  moneyUnit: "listings:error.moneyUnit",
  moneyOrder: "listings:error.moneyOrder",
  phone: "listings:error.phone",
  email: "listings:error.email",
  keywords: "listings:error.keywords",
  lines: "listings:error.lines",
  lineName: "listings:error.lineName",
  lineValue: "listings:error.lineValue",
  sectorTwice: "listings:error.sectorTwice",
  titleShort: "listings:error.titleShort",
} as const;

const needed = (max: number) => z.string().transform(cleanText).pipe(z.string().min(1, E.required).max(max, E.tooLong));
const optional = (max: number) =>
  z
    .string()
    .transform(cleanText)
    .pipe(z.string().max(max, E.tooLong))
    .transform((text) => text || null);
const anyOf = <const T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values, E.choose));
const someOf = <const T extends readonly [string, ...string[]]>(values: T) => anyOf(values).min(1, E.choose);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values, E.choose);
const emptyToNull = (value: string) => (value.trim() === "" ? null : value);

const money = z.string().transform((typed, ctx) => {
  if (typed.trim() === "") return null;
  const answer = parseMoney(typed);
  if (answer.ok) return answer.dong;
  ctx.addIssue({ code: "custom", message: answer.problem === "unit" ? E.moneyUnit : E.money });
  return z.NEVER;
});

const day = (today: string, last: string) =>
  z.string().transform((typed, ctx) => {
    const read = parseDay(typed);
    const problem =
      typed.trim() === ""
        ? E.required
        : read === null
          ? E.date
          : read <= today
            ? E.datePast
            : read > last
              ? E.dateFar
              : null;
    if (problem === null && read !== null) return read;
    ctx.addIssue({ code: "custom", message: problem ?? E.date });
    return z.NEVER;
  });

const keywords = z.string().transform((typed, ctx) => {
  const list = [
    ...new Set(
      typed
        .split(/[,;\n]/)
        .map(cleanText)
        .filter((word) => word !== ""),
    ),
  ];
  if (list.length > MAX_KEYWORDS || list.some((word) => word.length > 60))
    ctx.addIssue({ code: "custom", message: E.keywords });
  return list;
});

const lines = (need: boolean) =>
  z.custom<TypedLine[]>(Array.isArray).transform((rows, ctx): ListingLine[] => {
    const problem = (at: number, field: string, message: string) =>
      ctx.addIssue({ code: "custom", path: [at, field], message });
    return rows.flatMap((row, at) => {
      if (isEmptyLine(row)) return [];
      const name = cleanText(row.name);
      if (name === "") problem(at, "name", E.lineName);
      if (name.length > LENGTH.line) problem(at, "name", E.tooLong);
      if (cleanText(row.value) === "") problem(at, "value", E.lineValue);
      if (row.value.length > LENGTH.short) problem(at, "value", E.tooLong);
      const line = parseLine({ ...row, name, value: cleanText(row.value), unit: cleanText(row.unit) });
      return {
        ...line,
        must: need ? row.must !== "nice" : null,
        condition: need ? null : cleanText(row.condition).slice(0, LENGTH.short) || null,
      };
    });
  });

const trl = z.string().transform((typed, ctx) => {
  if (typed.trim() === "") return null;
  const level = Number(typed);
  if (Number.isInteger(level) && level >= 1 && level <= 9) return level;
  ctx.addIssue({ code: "custom", message: E.choose });
  return z.NEVER;
});

/** What both forms ask. `today` and the last day a listing may run to are YYYY-MM-DD in Vietnam. */
const shared = (limits: Limits) => ({
  lang: z.enum(["vi", "en"]),
  title: needed(LENGTH.title).pipe(z.string().min(10, E.titleShort)),
  titleOther: optional(LENGTH.title),
  summaryOther: optional(LENGTH.summary),
  keywords,
  sectorMain: z.string().trim().min(1, E.choose),
  sectorSecond: z.string().transform(emptyToNull),
  sectorThird: z.string().transform(emptyToNull),
  moneyMin: money,
  moneyMax: money,
  moneyNegotiable: z.string().transform((value) => value !== ""),
  provinceCode: z.string().transform(emptyToNull),
  communeCode: z.string().transform(emptyToNull),
  standards: optional(LENGTH.text),
  visibility: oneOf(VISIBILITIES),
  contactName: needed(LENGTH.line),
  contactPhone: z
    .string()
    .transform(cleanText)
    .pipe(
      z
        .string()
        .min(1, E.required)
        .regex(/^\+?[\d\s().-]{8,20}$/, E.phone),
    ),
  contactEmail: z
    .string()
    .transform((value) => cleanText(value).toLowerCase())
    .pipe(z.string().min(1, E.required).max(254, E.tooLong).pipe(z.email(E.email))),
  expiresOn: day(limits.today, limits.lastDay),
  pictureId: z.string().nullable(),
  pdfId: z.string().nullable(),
});

export type Limits = { today: string; lastDay: string };
/** A need ready for review: every ★ field of the Department's need form (title, problem, current technology, requirements, sector, type, budget, funding, date, site, visibility, contact, expiry). */
export const needSchema = (limits: Limits) =>
  z.object({
    ...shared(limits),
    summary: optional(LENGTH.summary),
    description: needed(LENGTH.description),
    currentTechnology: needed(LENGTH.text),
    lines: lines(true).refine((rows) => rows.length > 0, E.lines),
    trl,
    needTypes: someOf(NEED_TYPES),
    funding: someOf(FUNDING_SOURCES),
    neededBy: day(limits.today, "2100-01-01"),
  });

/** An offering ready for review. */
export const offeringSchema = (limits: Limits) =>
  z.object({
    ...shared(limits),
    summary: needed(LENGTH.summary),
    description: needed(LENGTH.description),
    problemSolved: needed(LENGTH.text),
    advantages: needed(LENGTH.text),
    referenceSites: optional(LENGTH.text),
    lines: lines(false),
    trl: trl.refine((level) => level !== null, E.choose),
    objects: someOf(TRANSFER_OBJECTS),
    forms: someOf(TRANSFER_FORMS),
    methods: someOf(TRANSFER_METHODS),
    rights: someOf(TRANSFER_RIGHTS),
    ipType: oneOf(IP_TYPES),
    ipStatus: z.string().transform(emptyToNull).pipe(z.enum(IP_STATUSES, E.choose).nullable()),
    ipNumber: optional(LENGTH.line),
    originTaskCode: optional(LENGTH.line),
    priceModel: oneOf(PRICE_MODELS),
  });

/** Rules between fields. They read the draft itself, so that people see all that is missing at once. */
function crossChecks(kind: "need" | "offering", draft: Draft): [field: string, message: string][] {
  const found: [string, string][] = [];
  const blank = (value: string) => value.trim() === "";
  const { sectorMain, sectorSecond, sectorThird } = draft;
  if (!blank(sectorSecond) && sectorSecond === sectorMain) found.push(["sectorSecond", E.sectorTwice]);
  if (!blank(sectorThird) && (sectorThird === sectorMain || sectorThird === sectorSecond))
    found.push(["sectorThird", E.sectorTwice]);
  const [low, high] = [parseMoney(draft.moneyMin), parseMoney(draft.moneyMax)];
  if (low.ok && high.ok && low.dong > high.dong) found.push(["moneyMax", E.moneyOrder]);
  if (kind === "need") {
    if (blank(draft.moneyMin) && blank(draft.moneyMax) && blank(draft.moneyNegotiable))
      found.push(["moneyMin", E.required]);
    if (blank(draft.provinceCode)) found.push(["provinceCode", E.choose]);
    return found;
  }
  if (draft.ipType !== "" && !IP_WITHOUT_STATUS.includes(draft.ipType) && blank(draft.ipStatus))
    found.push(["ipStatus", E.choose]);
  if ((draft.priceModel === "fixed" || draft.priceModel === "range") && blank(draft.moneyMin))
    found.push(["moneyMin", E.required]);
  if (draft.priceModel === "range" && blank(draft.moneyMax)) found.push(["moneyMax", E.required]);
  return found;
}

export type NeedInput = z.infer<ReturnType<typeof needSchema>>;
export type OfferingInput = z.infer<ReturnType<typeof offeringSchema>>;
export type SubmittedContent = ({ kind: "need" } & NeedInput) | ({ kind: "offering" } & OfferingInput);

/** Reads a draft as a submission. Errors are lists of i18next keys per form field ("lines[0].value" for cells). */
export function readSubmission(
  kind: "need" | "offering",
  draft: Draft,
  limits: Limits,
): { ok: true; content: SubmittedContent } | { ok: false; fields: Record<string, string[]> } {
  const read = kind === "need" ? needSchema(limits).safeParse(draft) : offeringSchema(limits).safeParse(draft);
  const fields: Record<string, string[]> = {};
  const add = (name: string, message: string) => {
    const list = fields[name] ?? [];
    fields[name] = list.includes(message) ? list : [...list, message];
  };
  for (const issue of read.error?.issues ?? []) {
    add(
      issue.path
        .map((part, at) => (typeof part === "number" ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`))
        .join(""),
      issue.message,
    );
  }
  for (const [name, message] of crossChecks(kind, draft)) add(name, message);
  if (!read.success || Object.keys(fields).length > 0) return { ok: false, fields };
  return { ok: true, content: { kind, ...read.data } as SubmittedContent };
}
