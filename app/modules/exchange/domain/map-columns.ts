import { createHash } from "node:crypto";
import type { ListingKind } from "~/generated/prisma/enums";
import type { ReadRow, ReadSheet } from "~/platform/xlsx/read-workbook";
import { FIELD_BY_LABEL } from "./choice-words";
import { type FieldId, fieldOf, fieldsOf } from "./fields";
import { keyOf } from "./keys";
import { MOST_HEAD_ROWS } from "./limits";
import { say } from "./words";

/** Which column of a sheet is which field. */
export type Columns = {
  sheet: string;
  /** row number of the headings, as the program counts */
  headRow: number;
  /** column (from 0) and the field it fills */
  columns: { at: number; field: FieldId }[];
};

/** Headings that other exchanges and institutes use (keys, see `keyOf`). Longer ones win. */
const SYNONYMS: Partial<Record<FieldId, string[]>> = {
  organisation: [
    "don vi",
    "ten don vi",
    "to chuc",
    "ten to chuc",
    "co quan",
    "co quan don vi",
    "doanh nghiep",
    "ten doanh nghiep",
    "cong ty",
    "ten cong ty",
    "don vi cung cap",
    "don vi chao ban",
    "don vi co nhu cau",
    "don vi de xuat",
    "nha cung cap",
    "company",
    "company name",
    "supplier",
    "institution",
  ],
  taxCode: ["mst", "ma so doanh nghiep", "ma so dn", "msdn", "tax id", "tax number", "mst don vi", "tax code number"],
  kind: ["loai", "loai hinh", "cung cau", "type", "hinh thuc cung cau"],
  title: [
    "ten cong nghe",
    "ten cong nghe thiet bi",
    "ten cn tb",
    "ten cn",
    "ten san pham",
    "ten nhu cau",
    "ten giai phap",
    "ten de tai",
    "tieu de",
    "ten",
    "noi dung nhu cau",
    "name",
    "technology",
    "technology name",
    "heading",
  ],
  summary: ["tom tat", "mo ta ngan", "gioi thieu", "gioi thieu chung", "abstract", "short description"],
  description: [
    "mo ta",
    "mo ta chi tiet",
    "noi dung",
    "mo ta quy trinh",
    "mo ta cong nghe",
    "chi tiet",
    "van de can giai quyet",
    "full description",
    "details",
  ],
  currentTechnology: ["hien trang", "cong nghe hien tai", "cong nghe dang dung", "current technology"],
  problemSolved: [
    "van de giai quyet",
    "cong dung",
    "pham vi ung dung",
    "linh vuc ung dung",
    "problem solved",
    "application",
  ],
  advantages: ["uu diem", "uu diem noi bat", "diem moi", "tinh moi", "uu diem cua cong nghe", "benefits"],
  sectorMain: ["linh vuc", "nganh", "nganh nghe", "nhom nganh", "chuyen nganh", "sector", "field", "category"],
  lines: [
    "thong so ky thuat",
    "yeu cau ky thuat",
    "chi tieu kinh te ky thuat",
    "chi tieu",
    "thong so",
    "specifications",
    "parameters",
  ],
  trl: ["muc do san sang", "muc do phat trien", "muc do san sang cong nghe", "readiness", "trl level"],
  forms: ["hinh thuc"],
  methods: ["phuong thuc"],
  rights: ["quyen", "quyen chuyen giao"],
  owners: ["chu so huu", "don vi so huu", "tac gia", "owner", "holder"],
  ipType: ["so huu tri tue", "bao ho", "quyen so huu tri tue", "loai hinh bao ho", "ip", "protection"],
  ipNumber: ["so bang", "so van bang", "so don", "patent number", "patent no"],
  moneyMin: [
    "gia",
    "gia ban",
    "gia chao ban",
    "chi phi",
    "kinh phi",
    "kinh phi du kien",
    "gia tham khao",
    "price",
    "budget",
    "cost",
  ],
  neededBy: ["thoi han", "thoi gian can", "deadline"],
  provinceCode: ["tinh", "tinh thanh", "tinh thanh pho", "dia phuong", "dia diem", "dia ban", "city", "region"],
  communeCode: ["xa", "phuong", "xa phuong", "dia ban cap xa", "ward"],
  contactName: ["nguoi lien he", "ho ten", "ho va ten", "dau moi", "dau moi lien he", "contact", "contact name"],
  contactPhone: ["dien thoai", "so dien thoai", "sdt", "dt", "phone", "tel", "mobile", "telephone"],
  contactEmail: ["email", "thu dien tu", "e mail", "mail", "dia chi email"],
  expiresOn: ["han dang", "het han", "ngay het han", "expires"],
  keywords: ["tu khoa", "tags", "keyword"],
  standards: ["tieu chuan", "quy chuan", "standard"],
  referenceSites: ["dia chi ung dung", "noi ung dung", "da ung dung tai", "references"],
  principle: ["nguyen ly", "quy trinh", "quy trinh cong nghe", "process"],
  unitCost: ["suat dau tu"],
  originTaskCode: ["ma so nhiem vu", "ma nhiem vu", "ma de tai", "task code"],
  titleOther: ["ten tieng anh", "english title", "ten cong nghe tieng anh"],
};
const BY_SYNONYM = new Map(
  Object.entries(SYNONYMS).flatMap(([field, names]) => names.map((name) => [name, field as FieldId] as const)),
);
/** Words that begin a heading without saying more: "STT", units in brackets. */
const bare = (heading: string) => keyOf(heading.replace(/\([^)]*\)|\[[^\]]*\]|\*/g, " "));

/** The column in which our own error report says what to mend: never data. */
const MEND = new Set((["vi", "en"] as const).map((locale) => keyOf(say(locale, "exchange:template.mend"))));
export const isMendColumn = (heading: string): boolean => MEND.has(keyOf(heading));

/** The field that a heading means: its exact label, else a name that others use. */
export function guessField(heading: string): { field: FieldId; exact: boolean } | null {
  const own = FIELD_BY_LABEL.get(keyOf(heading));
  if (own) return { field: own, exact: true };
  const field = FIELD_BY_LABEL.get(bare(heading)) ?? BY_SYNONYM.get(bare(heading)) ?? BY_SYNONYM.get(keyOf(heading));
  return field ? { field, exact: false } : null;
}

const headings = (row: ReadRow | undefined) =>
  (row?.cells ?? []).map((cell) => (cell?.kind === "text" ? cell.text : ""));

export type Guess = Columns & {
  /** headings that stand in the row, ours or not */
  of: number;
  /** every heading is one of our own labels, so that nobody needs to match anything */
  ours: boolean;
};

/**
 * What each column of this row of headings most likely is. A field is taken once, by the first column that means it. In a
 * sheet for many organisations the holder's column says whose a row is when no other does.
 */
export function guessColumns(sheet: ReadSheet, headRow: number, forOffice: boolean): Guess {
  const names = headings(sheet.rows.find(({ number }) => number === headRow));
  const columns: Columns["columns"] = [];
  const taken = new Set<FieldId>();
  let [of, exact, holder] = [0, 0, -1];
  for (const [at, name] of names.entries()) {
    if (name.trim() === "" || isMendColumn(name)) continue;
    of += 1;
    const guess = guessField(name);
    if (!guess || taken.has(guess.field) || (!forOffice && fieldOf(guess.field)?.officeOnly)) continue;
    taken.add(guess.field);
    if (guess.exact) exact += 1;
    else if (guess.field === "owners") holder = columns.length;
    columns.push({ at, field: guess.field });
  }
  const named = taken.has("organisation") || taken.has("taxCode");
  const likely = columns[holder];
  if (forOffice && !named && likely) likely.field = "organisation";
  const ours = of > 0 && exact === of && taken.has("title") && (named || !forOffice);
  return { sheet: sheet.sheet, headRow, columns, of, ours };
}

/** Rows that could be the headings: those with two texts or more among the first ones. */
export function headRows(sheet: ReadSheet): { number: number; text: string }[] {
  return sheet.rows
    .filter((row, at) => at < MOST_HEAD_ROWS && headings(row).filter((name) => name.trim() !== "").length >= 2)
    .map((row) => ({
      number: row.number,
      text: headings(row)
        .filter((name) => name.trim() !== "")
        .slice(0, 4)
        .map((name) => name.trim().slice(0, 30))
        .join(" · "),
    }));
}

/** The likeliest row of headings: where most columns are recognised, the first of equals. */
export function guessHead(sheet: ReadSheet, forOffice: boolean): Guess {
  const guesses = headRows(sheet).map(({ number }) => guessColumns(sheet, number, forOffice));
  const best = guesses.reduce<Guess | null>(
    (found, one) => (found && found.columns.length >= one.columns.length ? found : one),
    null,
  );
  return best ?? guessColumns(sheet, sheet.rows[0]?.number ?? 1, forOffice);
}

/** What tells one kind of sheet from another: its headings, whatever their case and marks. */
export function headKey(sheet: ReadSheet, headRow: number): string {
  const names = headings(sheet.rows.find(({ number }) => number === headRow))
    .filter((name) => !isMendColumn(name))
    .map(keyOf)
    .filter((name) => name !== "");
  return createHash("sha256").update(names.join("|")).digest("hex").slice(0, 32);
}

/** Only fields that there are, each once, a title among them, and for many organisations whose a row is. Says which rule is broken, or null. */
export function columnsProblem(
  columns: Columns["columns"],
  forOffice: boolean,
): { code: "noTitle" } | { code: "noOrganisation" } | { code: "twice"; field: FieldId } | null {
  const seen = new Set<FieldId>();
  for (const { field } of columns) {
    if (seen.has(field)) return { code: "twice", field };
    seen.add(field);
  }
  if (!seen.has("title")) return { code: "noTitle" };
  return forOffice && !seen.has("organisation") && !seen.has("taxCode") ? { code: "noOrganisation" } : null;
}

/** Fields that a column may be, in the order of the form; for one kind, and the column that tells kinds apart. */
export const choosable = (kind: ListingKind, forOffice: boolean): FieldId[] =>
  fieldsOf(kind, forOffice).map(({ id }) => id);
