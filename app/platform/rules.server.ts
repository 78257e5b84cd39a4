import type { Ctx } from "./context";
import type { Db, Tx } from "./db/client.server";
import { newId } from "./ids";
import { dateOnly, localDay } from "./ports/clock";
import { addWorkingDays, type WorkingCalendar } from "./working-days";

export type Rule = { key: string; version: number; value: unknown; source: string };

/**
 * The rule in force on a day: the newest version that had begun. Law and house rules are rows, never constants.
 * @throws Error when no version is in force: the reference data was not loaded
 */
export async function ruleAt(db: Db | Tx, key: string, date: Date): Promise<Rule> {
  const row = await db.ruleParameter.findFirst({
    where: { key, validFrom: { lte: dateOnly(localDay(date)) } },
    orderBy: [{ validFrom: "desc" }, { version: "desc" }],
  });
  if (!row)
    throw new Error(`No rule "${key}" is in force on ${localDay(date)}: load the reference data (npm run seed)`);
  return { key: row.key, version: row.version, value: row.value, source: row.source };
}

/** One version of a rule, its first day as YYYY-MM-DD. */
export type RuleVersion = Rule & { validFrom: string };

/** Every version of a rule, newest first; those that have not begun too. */
export async function ruleVersions(db: Db | Tx, key: string): Promise<RuleVersion[]> {
  const rows = await db.ruleParameter.findMany({ where: { key }, orderBy: { version: "desc" } });
  return rows.map(({ validFrom, ...row }) => ({ ...row, validFrom: validFrom.toISOString().slice(0, 10) }));
}

/** A rule whose value is a number. */
export async function numberRuleAt(db: Db | Tx, key: string, date: Date): Promise<Rule & { value: number }> {
  const rule = await ruleAt(db, key, date);
  if (typeof rule.value !== "number") throw new Error(`Rule "${key}" v${rule.version} is not a number`);
  return { ...rule, value: rule.value };
}

/** Days that differ from Monday–Friday within a year (or so many days) after `from`. */
export async function calendarFrom(db: Db | Tx, from: Date, days = 366): Promise<WorkingCalendar> {
  const start = dateOnly(localDay(from));
  const rows = await db.calendarDay.findMany({
    where: { day: { gte: start, lte: new Date(start.getTime() + days * 86_400_000) } },
    select: { day: true, working: true },
  });
  return new Map(rows.map((row) => [row.day.toISOString().slice(0, 10), row.working]));
}

export type NewDue = {
  kind: string;
  subjectKind: string;
  subjectId: string;
  officeId: string;
  personId?: string | null;
};

/**
 * Opens (or opens again) the deadline of a subject: `rule` working days after today. One row per kind and subject.
 * @returns the day it is due (UTC midnight of a date column)
 */
export async function openDue(tx: Tx, ctx: Ctx, due: NewDue, ruleKey: string): Promise<Date> {
  const now = ctx.clock.now();
  const rule = await numberRuleAt(tx, ruleKey, now);
  const dueOn = dateOnly(addWorkingDays(localDay(now), rule.value, await calendarFrom(tx, now)));
  return putDue(tx, ctx, due, dueOn, rule);
}

/** Opens the deadlines of many new subjects: the same rule and day for all, in one statement. */
export async function openDues(tx: Tx, ctx: Ctx, dues: NewDue[], ruleKey: string): Promise<void> {
  if (dues.length === 0) return;
  const createdAt = ctx.clock.now();
  const rule = await numberRuleAt(tx, ruleKey, createdAt);
  const dueOn = dateOnly(addWorkingDays(localDay(createdAt), rule.value, await calendarFrom(tx, createdAt)));
  const facts = { dueOn, ruleKey: rule.key, ruleVersion: rule.version, createdAt };
  await tx.due.createMany({
    data: dues.map((due) => ({ id: newId(), ...due, personId: due.personId ?? null, ...facts })),
  });
}

/** Opens (or opens again) a deadline on a given day. */
export async function putDue(
  tx: Tx,
  ctx: Ctx,
  due: NewDue,
  dueOn: Date,
  rule: Pick<Rule, "key" | "version">,
): Promise<Date> {
  const { kind, subjectKind, subjectId } = due;
  const facts = { dueOn, ruleKey: rule.key, ruleVersion: rule.version, personId: due.personId ?? null };
  await tx.due.upsert({
    where: { kind_subjectKind_subjectId: { kind, subjectKind, subjectId } },
    create: { id: newId(), kind, subjectKind, subjectId, officeId: due.officeId, createdAt: ctx.clock.now(), ...facts },
    update: { ...facts, state: "open", closedAt: null, remindedOn: null },
  });
  return dueOn;
}

/** Closes a subject's open deadlines of these kinds: done when what was due happened, cancelled when it no longer has to. */
export async function closeDue(
  tx: Tx,
  ctx: Ctx,
  subjectId: string,
  kinds: string[],
  state: "done" | "cancelled",
): Promise<void> {
  await tx.due.updateMany({
    where: { subjectId, kind: { in: kinds }, state: "open" },
    data: { state, closedAt: ctx.clock.now() },
  });
}
