import type { ReferenceKind } from "~/generated/prisma/enums";
import type { Tx } from "./db/client.server";
import { localDay } from "./ports/clock";

const PREFIX: Record<ReferenceKind, string> = { need: "NC", offering: "CN", deal: "TV" };

/** "NC-22-2026-000123": kind, office's province, year in Vietnam, serial. */
export function writeReference(kind: ReferenceKind, provinceCode: string, year: number, serial: number): string {
  return `${PREFIX[kind]}-${provinceCode}-${year}-${String(serial).padStart(6, "0")}`;
}

/**
 * The next public reference of a need, an offering or a deal, taken inside the transaction that gives it: the counter row
 * is locked until it commits, so a roll-back gives the number back and no number is used twice or skipped.
 */
export async function takeReference(tx: Tx, kind: ReferenceKind, provinceCode: string, now: Date): Promise<string> {
  const [reference = ""] = await takeReferences(tx, kind, provinceCode, now, 1);
  return reference;
}

/** The next `count` references in their order, for many things made in one transaction. */
export async function takeReferences(
  tx: Tx,
  kind: ReferenceKind,
  provinceCode: string,
  now: Date,
  count: number,
): Promise<string[]> {
  if (count === 0) return [];
  const year = Number(localDay(now).slice(0, 4));
  const { last } = await tx.referenceCounter.upsert({
    where: { kind_provinceCode_year: { kind, provinceCode, year } },
    create: { kind, provinceCode, year, last: count },
    update: { last: { increment: count } },
    select: { last: true },
  });
  return Array.from({ length: count }, (_, at) => writeReference(kind, provinceCode, year, last - count + 1 + at));
}
