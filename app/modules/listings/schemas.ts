import { z } from "zod";
import { parseDay } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";
import {
  FUNDING_SOURCES,
  HELP_WANTED,
  IP_STATUSES,
  IP_TYPES,
  IP_WITHOUT_STATUS,
  LENGTH,
  MAX_KEYWORDS,
  MOST_MONTHS,
  MOST_NUMBER,
  NEED_TYPES,
  ORIGIN_FUNDINGS,
  PRICE_MODELS,
  SUPPLY_ORIGINS,
  TRANSFER_FORMS,
  TRANSFER_METHODS,
  TRANSFER_OBJECTS,
  TRANSFER_RIGHTS,
  URGENCIES,
  VISIBILITIES,
} from "./domain/choices";
import { ipTitles, owners, readYear, sites, tests } from "./domain/detail-rows";
import type { Draft } from "./domain/draft";
import { isEmptyLine } from "./domain/draft";
import { parseNumber } from "./domain/number-parse";
import { parseLine, type TypedLine } from "./domain/parse-line";
import { parseMoney } from "./domain/parse-money";
import type { ListingLine } from "./domain/types";

export { ANNEX_DAYS, ANNEX_DAYS_DEFAULT, MOST_ANNEXES } from "./domain/annex-access";
export * from "./domain/choices";
export { type BestMissing, bestMissing, type FieldWorth } from "./domain/completeness";
export type { IpTitleFact, ListingDetails, OwnerFact, SiteFact, TestFact } from "./domain/detail-rows";
export {
  type Draft,
  draftFromForm,
  draftSchema,
  EMPTY_LINE,
  isEmptyLine,
  MAX_LINES,
  overlongFields,
  type RowList,
  readDraft,
} from "./domain/draft";
export { looksLikeIpNumber } from "./domain/ip-number";
export { DISTINCT_REASONS, DUPLICATE_REASONS } from "./domain/likeness";
export { type MoneyAnswer, parseMoney } from "./domain/parse-money";
export { LIST_STATUSES, OWNER_ANSWERS, QUESTION_ANSWERS, type TypedChecklist } from "./domain/review-checklist";
export { CHANGE_REASONS, REJECT_REASONS } from "./domain/review-reasons";
export { nextStep, stepIds, stepOfField } from "./domain/steps";
export { type Converted, conversionsOf } from "./domain/unit-example";
export * from "./review-rule-schemas";
export * from "./sector-schemas";
export * from "./template-schemas";
export * from "./unit-schemas";

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
  number: "posting:error.number",
  numberLarge: "posting:error.numberLarge",
  scaleOrder: "posting:error.scaleOrder",
  scaleUnit: "posting:error.scaleUnit",
  months: "posting:error.months",
  year: "posting:error.year",
  titleOther: "posting:error.titleOther",
  taskCode: "posting:error.taskCode",
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
      if ([line.minValue, line.maxValue].some((number) => number !== null && Math.abs(number) > MOST_NUMBER))
        problem(at, "value", E.numberLarge);
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

/** A number that may be left out. */
const number = z.string().transform((typed, ctx) => {
  if (typed.trim() === "") return null;
  const value = parseNumber(cleanText(typed));
  if (value !== null && value >= 0 && value <= MOST_NUMBER) return value;
  ctx.addIssue({ code: "custom", message: value === null || value < 0 ? E.number : E.numberLarge });
  return z.NEVER;
});

const months = z.string().transform((typed, ctx) => {
  if (typed.trim() === "") return null;
  const value = parseNumber(cleanText(typed));
  if (value !== null && Number.isInteger(value) && value >= 0 && value <= MOST_MONTHS) return value;
  ctx.addIssue({ code: "custom", message: E.months });
  return z.NEVER;
});

const year = (today: string) =>
  z.string().transform((typed, ctx) => {
    const value = readYear(typed, today);
    if (value !== undefined) return value;
    ctx.addIssue({ code: "custom", message: E.year });
    return z.NEVER;
  });

const maybeOneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.string().transform(emptyToNull).pipe(z.enum(values, E.choose).nullable());

/** What both forms ask. `today` and the last day a listing may run to are YYYY-MM-DD in Vietnam. */
const shared = (limits: Limits) => ({
  lang: z.enum(["vi", "en"]),
  title: needed(LENGTH.title).pipe(z.string().min(10, E.titleShort)),
  titleOther: optional(LENGTH.title),
  summaryOther: optional(LENGTH.summary),
  descriptionOther: optional(LENGTH.description),
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
  scaleMin: number,
  scaleMax: number,
  scaleUnit: optional(60),
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
  pictures: z.array(z.object({ id: z.string(), alt: z.string().transform(cleanText) })),
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
    currentTechnologyOther: optional(LENGTH.text),
    tried: optional(LENGTH.text),
    ipWishes: optional(LENGTH.text),
    lines: lines(true).refine((rows) => rows.length > 0, E.lines),
    trl,
    needTypes: someOf(NEED_TYPES),
    funding: someOf(FUNDING_SOURCES),
    neededBy: day(limits.today, "2100-01-01"),
    urgency: maybeOneOf(URGENCIES),
    supplyOrigin: maybeOneOf(SUPPLY_ORIGINS),
    helpWanted: anyOf(HELP_WANTED),
    // what the need wishes for; an offering states them and must
    forms: anyOf(TRANSFER_FORMS),
    methods: anyOf(TRANSFER_METHODS),
    rights: anyOf(TRANSFER_RIGHTS),
  });

/** An offering ready for review. */
export const offeringSchema = (limits: Limits) =>
  z.object({
    ...shared(limits),
    summary: needed(LENGTH.summary),
    description: needed(LENGTH.description),
    problemSolved: needed(LENGTH.text),
    advantages: needed(LENGTH.text),
    principle: optional(LENGTH.text),
    problemSolvedOther: optional(LENGTH.text),
    advantagesOther: optional(LENGTH.text),
    principleOther: optional(LENGTH.text),
    operatingConditions: optional(LENGTH.text),
    trlEvidence: optional(LENGTH.text),
    support: optional(LENGTH.text),
    sites: sites(limits.today),
    tests,
    owners,
    ipTitles,
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
    originFunding: maybeOneOf(ORIGIN_FUNDINGS),
    originTaskCode: optional(LENGTH.line),
    originAcceptedYear: year(limits.today),
    ownershipDecision: optional(LENGTH.short),
    resultCertificate: optional(LENGTH.short),
    priceModel: oneOf(PRICE_MODELS),
    unitCost: money,
    unitCostPer: optional(60),
    paybackMonths: months,
    transferMonths: months,
    warrantyMonths: months,
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
  const scale = [parseNumber(draft.scaleMin), parseNumber(draft.scaleMax)];
  if (typeof scale[0] === "number" && typeof scale[1] === "number" && scale[0] > scale[1])
    found.push(["scaleMax", E.scaleOrder]);
  if (scale.some((one) => one !== null) && blank(draft.scaleUnit)) found.push(["scaleUnit", E.scaleUnit]);
  const others = Object.entries(draft).filter(([name]) => name.endsWith("Other") && name !== "titleOther");
  if (blank(draft.titleOther) && others.some(([, text]) => typeof text === "string" && !blank(text)))
    found.push(["titleOther", E.titleOther]);
  if (kind === "need") {
    if (blank(draft.moneyMin) && blank(draft.moneyMax) && blank(draft.moneyNegotiable))
      found.push(["moneyMin", E.required]);
    if (blank(draft.provinceCode)) found.push(["provinceCode", E.choose]);
    return found;
  }
  if (draft.ipType !== "" && !IP_WITHOUT_STATUS.includes(draft.ipType) && blank(draft.ipStatus))
    found.push(["ipStatus", E.choose]);
  if (draft.originFunding === "state_task" && blank(draft.originTaskCode)) found.push(["originTaskCode", E.taskCode]);
  if (!blank(draft.unitCost) && blank(draft.unitCostPer)) found.push(["unitCostPer", E.scaleUnit]);
  if ((draft.priceModel === "fixed" || draft.priceModel === "range") && blank(draft.moneyMin))
    found.push(["moneyMin", E.required]);
  if (draft.priceModel === "range" && blank(draft.moneyMax)) found.push(["moneyMax", E.required]);
  return found;
}

export type NeedInput = z.infer<ReturnType<typeof needSchema>>;
export type OfferingInput = z.infer<ReturnType<typeof offeringSchema>>;
export type SubmittedContent = ({ kind: "need" } & NeedInput) | ({ kind: "offering" } & OfferingInput);

// making a schema costs more than reading a draft with it, and a sheet has thousands of rows
let made: { key: string; need: ReturnType<typeof needSchema>; offering: ReturnType<typeof offeringSchema> } | undefined;

/** Both schemas for today's limits, made once a day. */
function schemasFor(limits: Limits) {
  const key = `${limits.today} ${limits.lastDay}`;
  if (made?.key !== key) made = { key, need: needSchema(limits), offering: offeringSchema(limits) };
  return made;
}

/** Reads a draft as a submission. Errors are lists of i18next keys per form field ("lines[0].value" for cells). */
export function readSubmission(
  kind: "need" | "offering",
  draft: Draft,
  limits: Limits,
): { ok: true; content: SubmittedContent } | { ok: false; fields: Record<string, string[]> } {
  const read = schemasFor(limits)[kind].safeParse(draft);
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

/** Content as far as it can be read: what is missing or unreadable counts as not stated. For looking at a draft before it is whole. */
export function readUnfinished(kind: "need" | "offering", draft: Draft, limits: Limits): SubmittedContent {
  const { shape } = kind === "need" ? needSchema(limits) : offeringSchema(limits);
  const read = Object.entries(shape).map(([name, field]) => {
    const typed = draft[name as keyof Draft];
    const answer = (field as z.ZodType).safeParse(typed);
    return [name, answer.success ? answer.data : unread(name, typed)] as const;
  });
  return { kind, ...Object.fromEntries(read) } as SubmittedContent;
}

const WORDS =
  /^(title|summary|description|currentTechnology|tried|ipWishes|principle|operatingConditions|trlEvidence|support|problemSolved|advantages|referenceSites|standards)(Other)?$/;

/** What stands for a field that cannot be read yet: words as they are, nothing for the rest. */
function unread(name: string, typed: Draft[keyof Draft]) {
  if (name === "visibility") return "public";
  if (name === "keywords") return [];
  if (Array.isArray(typed)) return [];
  if (!WORDS.test(name) || typeof typed !== "string") return null;
  return cleanText(typed) || (name === "title" ? "" : null);
}
