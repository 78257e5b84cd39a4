import { createHash } from "node:crypto";
import type { ListingKind, Locale } from "~/generated/prisma/enums";
import { COMMUNES, provinceByName, provinceName } from "~/modules/accounts/schemas";
import { type Draft, EMPTY_LINE, readDraft } from "~/modules/listings/schemas";
import { cleanText } from "~/platform/text";
import { dayOfSerial, type ReadCell } from "~/platform/xlsx/cell-values";
import { readChoice, readChoices, readYes } from "./choice-words";
import { choiceLabel, type Field, type FieldId, fieldOf } from "./fields";
import { keyOf } from "./keys";
import { say } from "./words";

/** error: the row cannot be entered; gap: it can, but is not yet complete; note: worth knowing. */
export type Severity = "error" | "gap" | "note";
export type Problem = {
  row: number;
  /** the column it stands in; null for the row as a whole */
  field: FieldId | null;
  severity: Severity;
  /** i18next key */
  code: string;
  params?: Record<string, string | number>;
  /** what stands in the cell, shortened */
  typed: string;
};

/** The exchange's own sectors, found by the key of a name or code; `former` by one that was renamed or merged since. */
export type SectorIndex = {
  byKey: ReadonlyMap<string, string>;
  former: ReadonlyMap<string, { code: string; name: string }>;
  example: string;
};

/** The sector that a cell names, by its name or by a code in it; `moved` when it is called otherwise today. */
export function readSector(
  typed: string,
  { byKey, former }: SectorIndex,
): { code: string; moved: string | null } | null {
  const keys = [keyOf(typed), keyOf(/\b[A-Z]{2,4}-\d\d\b/.exec(typed)?.[0] ?? "")];
  const now = byKey.get(keys[0] ?? "") ?? byKey.get(keys[1] ?? "");
  if (now) return { code: now, moved: null };
  const before = former.get(keys[0] ?? "") ?? former.get(keys[1] ?? "");
  return before ? { code: before.code, moved: before.name } : null;
}

export type RowContext = {
  locale: Locale;
  /** kind of rows without a column that says it */
  kind: ListingKind;
  begun: Record<ListingKind, Draft>;
  sectors: SectorIndex;
  /** false for other people's sheets: sectors we do not have are left empty with a note */
  strictSectors: boolean;
  /** what is missing or wrong in a draft, messages by form field */
  check: (kind: ListingKind, draft: Draft) => Record<string, string[]>;
};

export type RowResult = {
  row: number;
  kind: ListingKind;
  title: string;
  draft: Draft;
  problems: Problem[];
  /** the same for the same words, whenever and by whomever they are sent */
  hash: string;
};

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
const parts = (text: string) =>
  text
    .split(/\n|;(?=[^;]*:)/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== ";");
const NICE = /\s*\((?:nên có|nên|nice(?: to have)?|không bắt buộc|optional)\)\s*$/i;

type Say = (code: string, params?: Problem["params"], severity?: Severity) => void;
type Read = Partial<Record<keyof Draft, unknown>> & { kind?: string };

function readLines(text: string, say: Say): Draft["lines"] {
  return parts(text).map((part) => {
    const colon = part.indexOf(":");
    if (colon < 1) {
      say("exchange:problem.line", { typed: shortened(part) });
      return EMPTY_LINE;
    }
    const value = part.slice(colon + 1).trim();
    return {
      ...EMPTY_LINE,
      comparison: "eq",
      name: part.slice(0, colon).trim(),
      value: value.replace(NICE, ""),
      must: NICE.test(value) ? "nice" : "must",
    };
  });
}

/** What a holder's name tells of its kind. */
function holderType(name: string): string {
  const key = keyOf(name);
  if (/\b(vien|truong|dai hoc|hoc vien|institute|university|trung tam)\b/.test(key)) return "institute";
  if (/\b(so|uy ban|bo|cuc|department|ministry)\b/.test(key)) return "state";
  return /\b(ong|ba|mr|mrs|ca nhan|tac gia)\b/.test(key) ? "individual" : "enterprise";
}

function readOwners(text: string, say: Say): Draft["owners"] {
  const all = parts(text);
  return all.map((part) => {
    const share = /[:–-]?\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*$/.exec(part);
    const name = (share ? part.slice(0, share.index) : part).replace(/[:\s–-]+$/, "").trim();
    if (name === "" || (!share && all.length > 1)) say("exchange:problem.owner", { typed: shortened(part) });
    return { type: holderType(name), name, share: share?.[1] ?? "100" };
  });
}

/** Communes by province and the key of a name or code: a sheet asks ten thousand times. */
const COMMUNE_BY_KEY = new Map(
  COMMUNES.flatMap(({ code, provinceCode, nameVi, fullNameVi }) =>
    [nameVi, fullNameVi, code].map((name) => [`${provinceCode} ${keyOf(name)}`, code] as const),
  ),
);

const labelsSaid = new Map<string, string>();
/** The choices of a field for a message, as far as one can read them there. */
function labelsOf(locale: Locale, field: Field): string {
  const key = `${locale} ${field.id}`;
  const said = labelsSaid.get(key);
  if (said !== undefined) return said;
  const labels = (field.options?.values ?? []).map((value) => choiceLabel(locale, field, value));
  labelsSaid.set(key, labels.join("; ").slice(0, 400));
  return labelsOf(locale, field);
}

function readCell(
  field: Field,
  cell: ReadCell,
  typed: string,
  row: RowContext,
  so: { province: string },
  tell: Say,
): Read {
  const { id } = field;
  const { locale } = row;
  const labels = () => labelsOf(locale, field);
  if (cell.kind === "error") {
    tell("exchange:problem.error", { typed });
    return {};
  }
  switch (field.type) {
    case "kind":
    case "choice": {
      const code = readChoice(field, typed);
      if (code === null) tell("exchange:problem.choice", { typed: shortened(typed), choices: labels() });
      return { [id]: code ?? "" };
    }
    case "choices": {
      const { codes, unknown } = readChoices(field, typed);
      if (unknown !== null) tell("exchange:problem.choice", { typed: shortened(unknown), choices: labels() });
      return { [id]: codes };
    }
    case "sector": {
      const found = readSector(typed, row.sectors);
      if (!found)
        tell(
          row.strictSectors ? "exchange:problem.sector" : "exchange:problem.sectorLeft",
          { typed: shortened(typed), near: row.sectors.example },
          row.strictSectors ? "error" : "note",
        );
      else if (found.moved !== null)
        tell("exchange:problem.sectorMoved", { typed: shortened(typed), name: found.moved }, "note");
      return { [id]: found?.code ?? "" };
    }
    case "province": {
      const code = provinceByName(typed)?.code ?? (provinceName(typed, locale) ? typed : null);
      if (code === null) tell("exchange:problem.province", { typed: shortened(typed) });
      else so.province = code;
      return { [id]: code ?? "" };
    }
    case "commune": {
      const commune = COMMUNE_BY_KEY.get(`${so.province} ${keyOf(typed)}`);
      if (!commune) tell("exchange:problem.commune", { typed: shortened(typed) });
      return { [id]: commune ?? "" };
    }
    case "yes": {
      const yes = readYes(typed);
      if (yes === null) tell("exchange:problem.yes");
      return { [id]: yes ? "on" : "" };
    }
    case "day":
      // a day whose format was lost shows as its serial number
      return {
        [id]:
          cell.kind === "number" && cell.value !== undefined && cell.value > 20_000 && cell.value < 90_000
            ? (dayOfSerial(cell.value, false) ?? typed)
            : typed,
      };
    case "organisation":
    case "taxCode":
      // whose a row is stands beside its draft (find-owner.ts)
      return {};
    case "phone":
      // sheets take the zero off a number that begins with one
      return { [id]: cell.kind === "number" && /^[1-9]\d{8,9}$/.test(typed) ? `0${typed}` : typed };
    case "lines":
      return { lines: readLines(typed, tell) };
    case "owners":
      return { owners: readOwners(typed, tell) };
    default:
      if (field.most !== undefined && typed.length > field.most)
        tell("exchange:problem.long", { length: typed.length, most: field.most });
      return { [id]: cell.kind === "boolean" ? say(locale, `exchange:yes.${typed === "1" ? "yes" : "no"}`) : typed };
  }
}

const isBlank = (value: unknown) => (Array.isArray(value) ? value.length === 0 : !value || String(value).trim() === "");
/** A message about something that is merely not there yet. */
const ABSENT: readonly string[] = [
  "listings:error.required",
  "listings:error.choose",
  "listings:error.lines",
  "posting:error.owners",
];

/**
 * One row of a sheet as a draft, with everything that is wrong or missing in it. What a cell does not say keeps what a
 * draft begins with. A missing title is an error, so that every draft can be told from the others.
 */
export function readRow(number: number, cells: Map<FieldId, ReadCell>, row: RowContext): RowResult {
  const problems: Problem[] = [];
  const said = new Set<FieldId>();
  // what was typed there counts for nothing: the field is as good as empty
  const left = new Set<FieldId>();
  const values: Read = {};
  const so = { province: row.begun[row.kind].provinceCode };
  const told = (field: FieldId | null, typed: string): Say => {
    return (code, params, severity = "error") => {
      if (field) (severity === "error" ? said : left).add(field);
      problems.push({ row: number, field, severity, code, ...(params ? { params } : {}), typed: shortened(typed) });
    };
  };
  // the province first: communes are looked up in it
  const order = [...cells].sort(([a], [b]) => Number(b === "provinceCode") - Number(a === "provinceCode"));
  for (const [id, cell] of order) {
    const field = fieldOf(id);
    const typed = cleanText(cell.text);
    if (field && typed !== "") Object.assign(values, readCell(field, cell, typed, row, so, told(id, typed)));
  }
  const { kind: stated, ...typedValues } = values;
  const kind: ListingKind = stated === "need" || stated === "offering" ? stated : row.kind;
  const own = Object.fromEntries(Object.entries(typedValues).filter(([id]) => fieldOf(id)?.for.includes(kind)));
  const draft = readDraft({ ...row.begun[kind], ...own });
  const title = cleanText(draft.title);
  const wrong = row.check(kind, draft);
  if (title === "") told("title", "")("listings:error.required");
  for (const [name, messages] of Object.entries(wrong)) {
    const id = name.replace(/\[.*$/, "") as FieldId;
    const field = fieldOf(id);
    if (!field || said.has(id)) continue;
    const cell = cells.get(id);
    const typed = cell && !left.has(id) ? cleanText(cell.text) : "";
    const code = messages[0] ?? "listings:error.required";
    const absent = isBlank(typed) && (isBlank(draft[id as keyof Draft]) || ABSENT.includes(code));
    told(id, typed)(code, undefined, absent ? "gap" : "error");
  }
  const hash = createHash("sha256")
    .update(JSON.stringify([kind, Object.entries(own).sort(([a], [b]) => a.localeCompare(b))]))
    .digest("hex");
  return { row: number, kind, title, draft, problems, hash };
}
