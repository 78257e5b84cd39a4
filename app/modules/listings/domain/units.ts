import { fold } from "~/platform/text";
import { type Dimension, SHIPPED_UNITS, type Unit } from "./shipped-units";

export type { Dimension, Unit } from "./shipped-units";

/** What administrators said of a unit: further names of a supplied one, or one of their own. */
export type StoredUnit = {
  code: string;
  dimension: Dimension;
  factor: number;
  offset: number;
  aliases: string[];
  retired: boolean;
};
/** A unit as it is now; `added`: the names that administrators gave it. */
export type LiveUnit = Unit & { supplied: boolean; added: readonly string[]; retired: boolean };

const SUPERSCRIPT: Record<string, string> = { "²": "2", "³": "3", "₂": "2", "⁄": "/", "·": "." };

/** A unit's name as names are compared. */
function tight(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[²³₂⁄·]/g, (mark) => SUPERSCRIPT[mark] ?? mark)
    .replace(/\s+/g, "");
}

/** Units with all names they are found by. */
export type UnitTable = {
  units: readonly LiveUnit[];
  exact: ReadonlyMap<string, LiveUnit>;
  folded: ReadonlyMap<string, LiveUnit>;
};

const supplied = new Map(SHIPPED_UNITS.map((unit) => [unit.id, unit]));

/** A unit's row laid over what is supplied: a supplied one keeps dimension and factor, which are physics. */
function liveUnit(row: StoredUnit): LiveUnit {
  const { code, dimension, factor, offset, aliases: added, retired } = row;
  const known = supplied.get(code);
  return known
    ? { ...known, aliases: [...known.aliases, ...added], supplied: true, added, retired }
    : { id: code, dimension, factor, offset, aliases: added, supplied: false, added, retired };
}

/** The supplied units with these rows laid over. */
export function unitTable(rows: readonly StoredUnit[]): UnitTable {
  const changed = new Map(rows.map((row) => [row.code, liveUnit(row)]));
  const units = [
    ...SHIPPED_UNITS.map((unit) => changed.get(unit.id) ?? { ...unit, supplied: true, added: [], retired: false }),
    ...[...changed.values()].filter((unit) => !unit.supplied),
  ];
  const exact = new Map<string, LiveUnit>();
  const folded = new Map<string, LiveUnit>();
  for (const unit of units) {
    for (const name of [unit.id, ...unit.aliases]) {
      const key = tight(name);
      if (!exact.has(key)) exact.set(key, unit);
      const loose = fold(key);
      if (!folded.has(loose)) folded.set(loose, unit);
    }
  }
  return { units, exact, folded };
}

/** What this process reads units by: those supplied, with what administrators said of them laid over (queries/fresh-units.server.ts). */
let table = unitTable([]);

/** As typed: the same few are looked up for every pair of lines that is compared. */
const found = new Map<string, LiveUnit | null>();
const MOST_FOUND = 2_000;

/** Lays these rows over the supplied units from now on. */
export function layUnits(rows: readonly StoredUnit[]): void {
  table = unitTable(rows);
  found.clear();
}

/** All units as they are now, in their order; those out of use too, which old listings are written in. */
export const liveUnits = (): readonly LiveUnit[] => table.units;
/** Those that forms offer. */
export const unitsOffered = (): LiveUnit[] => table.units.filter(({ retired }) => !retired);

/** The unit people mean by a text ("m3/ngày đêm", "M3/NGAY", "lít/giây"), or null when we do not know it. */
export function findUnit(text: string | null | undefined): LiveUnit | null {
  if (!text) return null;
  const known = found.get(text);
  if (known !== undefined) return known;
  const key = tight(text);
  const unit = table.exact.get(key) ?? table.folded.get(fold(key)) ?? null;
  if (found.size >= MOST_FOUND) found.clear();
  found.set(text, unit);
  return unit;
}

/** A name's key, by which two names are the same to a reader: no blanks, no diacritics, lower case. */
export const unitKey = (name: string): string => fold(tight(name));

/** The unit other than `code` that one of these names is already read as, and the name; null when all are free. */
export function takenName(
  { units }: UnitTable,
  code: string,
  names: readonly string[],
): { name: string; unit: LiveUnit } | null {
  for (const name of names) {
    const unit = units.find(
      (other) => other.id !== code && [other.id, ...other.aliases].some((one) => unitKey(one) === unitKey(name)),
    );
    if (unit) return { name, unit };
  }
  return null;
}

export const DIMENSIONS: readonly Dimension[] = [...new Set(SHIPPED_UNITS.map(({ dimension }) => dimension))];

/** What a dimension's factors lead to. */
export function baseUnit(dimension: Dimension): Unit {
  const base = SHIPPED_UNITS.find((unit) => unit.dimension === dimension && unit.factor === 1 && !unit.offset);
  if (!base) throw new Error(`No base unit of ${dimension}`);
  return base;
}

/**
 * Converts between units of one dimension: convert(12, "m³/h", "m³/ngày") = 288.
 * @returns null when a unit is unknown or the dimensions differ
 */
export function convert(value: number, from: string, to: string): number | null {
  const source = findUnit(from);
  const target = findUnit(to);
  if (!source || !target || source.dimension !== target.dimension) return null;
  if (source === target) return value;
  return (value * source.factor + (source.offset ?? 0) - (target.offset ?? 0)) / target.factor;
}
