import { z } from "zod";
import { parseDay } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";
import { IP_STATUSES, IP_TYPES, LENGTH, OWNER_TYPES } from "./choices";
import { isEmptyRow, type RowList } from "./draft";
import { parseNumber } from "./number-parse";

/** Rows kept as JSON in an immutable version. They tell whose technology it is: blind listings hide them. */
export const ownerRow = z.object({ type: z.enum(OWNER_TYPES), name: z.string(), share: z.number() });
export const ipTitleRow = z.object({
  type: z.enum(IP_TYPES),
  status: z.enum(IP_STATUSES).nullable(),
  number: z.string().nullable(),
});
/** `contact` confirms the reference to a broker and is no public fact. */
export const siteRow = z.object({
  name: z.string(),
  provinceCode: z.string().nullable(),
  year: z.number().nullable(),
  contact: z.string().nullable(),
});
export const testRow = z.object({
  body: z.string(),
  number: z.string().nullable(),
  date: z.string().nullable(),
  result: z.string().nullable(),
});
export type OwnerFact = z.infer<typeof ownerRow>;
export type IpTitleFact = z.infer<typeof ipTitleRow>;
export type SiteFact = z.infer<typeof siteRow>;
export type TestFact = z.infer<typeof testRow>;

/** What of a listing tells whose it is. null = not stated. */
export type ListingDetails = {
  owners: OwnerFact[] | null;
  ipTitles: IpTitleFact[] | null;
  sites: SiteFact[] | null;
  tests: TestFact[] | null;
  ownershipDecision: string | null;
  resultCertificate: string | null;
};

/** Stored rows read back; null for none and for what has another shape. */
export function readRows<T>(row: z.ZodType<T>, stored: unknown): T[] | null {
  const read = z.array(row).safeParse(stored);
  return read.success && read.data.length > 0 ? read.data : null;
}

const E = {
  required: "listings:error.required",
  choose: "listings:error.choose",
  tooLong: "listings:error.tooLong",
  date: "listings:error.date",
  share: "posting:error.share",
  shares: "posting:error.shares",
  owners: "posting:error.owners",
  year: "posting:error.year",
} as const;

type Row = Record<string, string>;
type Problem = (cell: string, message: string) => void;

/** Typed rows of one list as facts; every bad cell is named. Rows nobody wrote in are left out. */
function rows<T>(list: RowList, read: (row: Row, problem: Problem) => T) {
  return z.custom<Row[]>(Array.isArray).transform((typed, ctx): T[] =>
    typed.flatMap((row, at) => {
      if (isEmptyRow(list, row)) return [];
      const clean = Object.fromEntries(Object.entries(row).map(([cell, value]) => [cell, cleanText(value)]));
      for (const [cell, value] of Object.entries(clean))
        if (value.length > LENGTH.short) ctx.addIssue({ code: "custom", path: [at, cell], message: E.tooLong });
      return [read(clean, (cell, message) => ctx.addIssue({ code: "custom", path: [at, cell], message }))];
    }),
  );
}

const some = (text: string | undefined) => text || null;
const known = <const T extends readonly string[]>(values: T, text: string | undefined): T[number] | null =>
  values.find((value) => value === text) ?? null;

/** A year as typed, between 1950 and the one after this; null for an empty cell, undefined for nonsense. */
export function readYear(typed: string | undefined, today: string): number | null | undefined {
  if (!typed?.trim()) return null;
  const year = Number(typed.trim());
  return /^\d{4}$/.test(typed.trim()) && year >= 1950 && year <= Number(today.slice(0, 4)) + 1 ? year : undefined;
}

/** Holders of the technology; their shares add up to 100 %. */
export const owners = rows("owners", (row, problem): OwnerFact => {
  if (!row.name) problem("name", E.required);
  const type = known(OWNER_TYPES, row.type);
  if (!type) problem("type", E.choose);
  const share = parseNumber((row.share ?? "").replace(/\s*%$/, ""));
  if (share === null || share <= 0 || share > 100) problem("share", E.share);
  return { type: type ?? "enterprise", name: row.name ?? "", share: share ?? 0 };
}).superRefine((list, ctx) => {
  if (list.length === 0) ctx.addIssue({ code: "custom", message: E.owners });
  else if (Math.abs(list.reduce((total, { share }) => total + share, 0) - 100) > 0.011)
    ctx.addIssue({ code: "custom", message: E.shares });
});

/** Further titles beside the main one. Numbers are checked softly, by the review's warnings and a remark in the form. */
export const ipTitles = rows("ipTitles", (row, problem): IpTitleFact => {
  const type = known(IP_TYPES, row.type);
  if (!type || type === "none") problem("type", E.choose);
  return { type: type ?? "none", status: known(IP_STATUSES, row.status), number: some(row.number) };
});

export const sites = (today: string) =>
  rows("sites", (row, problem): SiteFact => {
    if (!row.name) problem("name", E.required);
    const year = readYear(row.year, today);
    if (year === undefined) problem("year", E.year);
    return { name: row.name ?? "", provinceCode: some(row.province), year: year ?? null, contact: some(row.contact) };
  });

export const tests = rows("tests", (row, problem): TestFact => {
  if (!row.body) problem("body", E.required);
  const date = row.date ? parseDay(row.date) : null;
  if (row.date && date === null) problem("date", E.date);
  return { body: row.body ?? "", number: some(row.number), date, result: some(row.result) };
});
