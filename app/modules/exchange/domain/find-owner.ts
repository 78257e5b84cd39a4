import { nameKey, parseTaxCode } from "~/modules/accounts/schemas";
import { cleanText } from "~/platform/text";
import type { ReadCell } from "~/platform/xlsx/read-workbook";
import { keyOf } from "./keys";
import type { Problem } from "./read-row";

/** An organisation that rows can belong to. */
export type KnownOwner = {
  id: string;
  nameVi: string;
  nameEn: string | null;
  shortName: string | null;
  taxCode: string | null;
  /** false: refused, merged or another office's; its tax code cannot be given again */
  live: boolean;
};
/** Whose a row is: an organisation of the office, or one that would have to be made. `key` tells owners of a file apart. */
export type RowOwner<T extends KnownOwner = KnownOwner> =
  | { kind: "known"; key: string; organisation: T }
  | { kind: "new"; key: string; name: string; taxCode: string | null; like: string[] };
export type FoundOwner<T extends KnownOwner = KnownOwner> = { owner: RowOwner<T> | null; problems: Problem[] };

type AskedRow = { row: number; organisation: ReadCell | undefined; taxCode: ReadCell | undefined };
type Typed = {
  row: number;
  name: string;
  /** a tax code in its stored form */
  code: string | null;
  /** what stands there and is no tax code */
  wrong: string | null;
};

/** Names longer than the form of organisations takes, or too short to be one. */
const LONGEST_NAME = 200;
const SHORTEST_KEY = 3;
const MOST_LIKE = 3;
/** "… (MST: 5700101323)", "… – 5700101323-001": a code at the end of the name's own cell. */
const CODE_BEHIND =
  /[\s(,;:–-]*(?:(?:mst|msdn|mã số thuế|mã số doanh nghiệp|mã số dn|tax code|tax id)\s*[:.]?\s*)?(\d{10}(?:\s*[-–]\s*\d{3})?)\s*\)?\s*$/iu;

function codeText(cell: ReadCell | undefined): string {
  if (!cell || cell.kind === "error") return "";
  // sheets take the zero off a code that begins with one
  if (cell.kind === "number" && cell.value !== undefined) {
    const digits = String(Math.trunc(cell.value));
    return digits.length === 9 || digits.length === 12 ? `0${digits}` : digits;
  }
  return cleanText(cell.text);
}

function typedOwner({ row, organisation, taxCode }: AskedRow): Typed {
  const whole = organisation && organisation.kind !== "error" ? cleanText(organisation.text).replace(/\s+/g, " ") : "";
  const behind = CODE_BEHIND.exec(whole);
  const inName = behind?.[1] ? parseTaxCode(behind[1]) : null;
  const name = behind && inName?.ok ? whole.slice(0, behind.index).trim() : whole;
  const text = codeText(taxCode);
  // "–", "chưa có", "không": nothing
  if (!/[1-9]/.test(text)) return { row, name, code: inName?.ok ? inName.code : null, wrong: null };
  const read = parseTaxCode(text);
  return { row, name, code: read.ok ? read.code : null, wrong: read.ok ? null : text };
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => (string | null)[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items)
    for (const key of new Set(keysOf(item))) if (key) groups.set(key, [...(groups.get(key) ?? []), item]);
  return groups;
}

const namesOf = ({ nameVi, nameEn, shortName }: KnownOwner) =>
  [nameVi, nameEn, shortName].map((name) => keyOf(name ?? ""));
const called = ({ nameVi, taxCode }: KnownOwner) => (taxCode ? `${nameVi} (${taxCode})` : nameVi);
const listed = (owners: readonly KnownOwner[]) => owners.slice(0, MOST_LIKE).map(called).join("; ");

/**
 * Whose each row is: by tax code, else by a name of exactly one organisation (without case, marks and diacritics). What the
 * office does not have is "new", one for each tax code or name. A person's name is never made an organisation: it would be
 * published. Rows that name nobody, several or something unreadable have an error.
 */
export function findOwners<T extends KnownOwner>(
  rows: readonly AskedRow[],
  owners: readonly T[],
  isPerson: (name: string) => boolean,
): Map<number, FoundOwner<T>> {
  const live = owners.filter((one) => one.live);
  const byCode = new Map(owners.flatMap((one) => (one.taxCode ? [[one.taxCode, one] as const] : [])));
  const byName = grouped(live, namesOf);
  const byLikeness = grouped(live, ({ nameVi }) => [nameKey(nameVi)]);
  const typed = rows.map(typedOwner);
  // a new organisation that has its code in one row and only its name in the next is one
  const newCodes = grouped(
    typed.filter(({ name, code }) => name !== "" && code !== null && !byCode.has(code)),
    ({ name }) => [keyOf(name)],
  );
  const noted = new Set<string>();

  function ownerOf({ row, name, code, wrong }: Typed): FoundOwner<T> {
    const tell = (
      field: "organisation" | "taxCode",
      key: string,
      params: Problem["params"] = {},
      severity: Problem["severity"] = "error",
    ): Problem => {
      const shown = field === "taxCode" ? (wrong ?? code ?? "") : name;
      return { row, field, severity, code: `imports:problem.${key}`, params, typed: shown.slice(0, 80) };
    };
    const refuse = (...problem: Parameters<typeof tell>) => ({ owner: null, problems: [tell(...problem)] });
    const known = (organisation: T): FoundOwner<T> => {
      const other = name !== "" && keyOf(name) !== keyOf(organisation.nameVi);
      const once = `${organisation.id} ${keyOf(name)}`;
      const note = other && !noted.has(once);
      noted.add(once);
      return {
        owner: { kind: "known", key: organisation.id, organisation },
        problems: note ? [tell("organisation", "otherName", { name: called(organisation) }, "note")] : [],
      };
    };
    if (wrong !== null) return refuse("taxCode", "taxCode", { typed: wrong.slice(0, 40) });
    if (name === "" && code === null) return refuse("organisation", "noOrganisation");
    const holder = code === null ? undefined : byCode.get(code);
    if (holder) return holder.live ? known(holder) : refuse("taxCode", "refused", { name: holder.nameVi });
    if (name === "") return refuse("taxCode", "codeOfNobody");
    // one of that name with a tax code of its own is another one
    const named = (byName.get(keyOf(name)) ?? []).filter(({ taxCode }) => code === null || taxCode === null);
    const [only, second] = named;
    if (second) return refuse("organisation", "ambiguous", { names: listed(named) });
    if (only) return known(only);
    if (keyOf(name).length < SHORTEST_KEY || name.length > LONGEST_NAME) return refuse("organisation", "noName");
    if (code === null && isPerson(name)) return refuse("organisation", "person");
    const codes = [...new Set((newCodes.get(keyOf(name)) ?? []).map((one) => one.code))];
    if (code === null && codes.length > 1) return refuse("organisation", "ambiguous", { names: codes.join("; ") });
    const taxCode = code ?? codes[0] ?? null;
    const alike = nameKey(name).length < SHORTEST_KEY ? [] : (byLikeness.get(nameKey(name)) ?? []);
    const like = alike.slice(0, MOST_LIKE).map(called);
    return { owner: { kind: "new", key: taxCode ?? keyOf(name), name, taxCode, like }, problems: [] };
  }
  return new Map(typed.map((one) => [one.row, ownerOf(one)]));
}
