import type { Prisma } from "~/generated/prisma/client";
import { type Ctx, hasGrant, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { appendListChange, lockLists } from "~/platform/lists/list-changes.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, ok, type Result } from "~/platform/result";
import { type RuleVersion, ruleVersions } from "~/platform/rules.server";
import { type TechnologyListEntry, technologyListsSchema } from "../domain/review-checklist";
import type { TechnologyVersionInput } from "../review-rule-schemas";

type AdminCtx = Ctx & { actor: PersonActor };
const isAdministrator = (ctx: Ctx): ctx is AdminCtx => hasGrant(ctx.actor, "administrator");
export const LISTS_RULE = "technology.lists";
export const SECOND_RULE = "review.secondReviewer";

/** The newest version when this form was filled from it; else aborts with who was quicker. */
async function heldRule(tx: Tx, key: string, version: number): Promise<RuleVersion | null> {
  await lockLists(tx);
  const [last] = await ruleVersions(tx, key);
  if ((last?.version ?? 0) === version) return last ?? null;
  const change = await tx.listChange.findFirst({
    where: { list: "rule", entryKey: key },
    orderBy: { seq: "desc" },
    select: { person: { select: { fullName: true } } },
  });
  return abort("lists:error.changedMeanwhile", { params: { name: change?.person.fullName ?? "" } });
}

type NewVersion = {
  key: string;
  last: RuleVersion | null;
  value: Prisma.InputJsonValue;
  validFrom: string;
  source: string;
  action: string;
  before: Prisma.InputJsonObject;
  after: Prisma.InputJsonObject;
  note: string | null;
};

/** A stored version is law that was applied: a new value is a new row, with its history and its audit row. */
async function addVersion(tx: Tx, ctx: AdminCtx, input: NewVersion): Promise<number> {
  const { key, last, value, validFrom, source, action, before, after, note } = input;
  const version = (last?.version ?? 0) + 1;
  await tx.ruleParameter.create({ data: { key, version, value, validFrom: dateOnly(validFrom), source } });
  await appendListChange(tx, ctx, {
    list: "rule",
    entryKey: key,
    action,
    before: last ? { version: last.version, validFrom: last.validFrom, source: last.source, ...before } : null,
    after: { version, validFrom, source, ...after },
    note,
  });
  return version;
}

const titlesOf = (entries: readonly TechnologyListEntry[]) =>
  Object.fromEntries(
    (["encouraged", "restricted", "prohibited"] as const).map((list) => [
      list,
      entries.filter((one) => one.list === list).map(({ vi, law }) => `${vi} (${law})`),
    ]),
  );

/**
 * A new version of the lists of encouraged, restricted and prohibited technologies (Luật 07/2017/QH14 Điều 9–11 and decrees), in
 * force from a day not past. Reviews decided before keep the version they were judged by.
 * Failures: common:notFound, lists:error.{changedMeanwhile,dayPast,noEntries,nothingChanged}.
 */
export async function setTechnologyLists(
  ctx: Ctx,
  input: TechnologyVersionInput,
): Promise<Result<{ version: number }>> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { validFrom, source, note } = input;
  if (validFrom < localDay(ctx.clock.now()))
    return fail("common:invalid", { fields: { validFrom: ["lists:error.dayPast"] } });
  if (input.entries.length === 0) return fail("lists:error.noEntries");
  return transact<{ version: number }>(ctx, async (tx) => {
    const last = await heldRule(tx, LISTS_RULE, input.version);
    const old = technologyListsSchema.parse(last?.value ?? []);
    const known = new Set(old.map(({ code }) => code));
    const next = (last?.version ?? 0) + 1;
    const entries = input.entries.map(({ code, ...entry }, at) => ({
      code: code !== null && known.has(code) ? code : `v${next}.${at + 1}`,
      ...entry,
    }));
    if (new Set(entries.map(({ code }) => code)).size < entries.length) return fail("lists:error.entryTwice");
    const same = (list: readonly TechnologyListEntry[]) =>
      JSON.stringify(list.map(({ code, list: on, vi, en, law, words }) => [code, on, vi, en, law, words]));
    if (same(old) === same(entries) && last?.source === source) return fail("lists:error.nothingChanged");
    const version = await addVersion(tx, ctx, {
      key: LISTS_RULE,
      last,
      value: entries,
      validFrom,
      source,
      action: "rule.technology-lists",
      before: titlesOf(old),
      after: titlesOf(entries),
      note,
    });
    return ok({ version });
  });
}

/**
 * Whether two brokers must approve every listing of the province, from today on; open reviews follow.
 * Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged}.
 */
export async function setSecondReviewer(
  ctx: Ctx,
  input: { version: number; on: boolean; source: string },
): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    const last = await heldRule(tx, SECOND_RULE, input.version);
    if (last?.value === input.on) return fail("lists:error.nothingChanged");
    await addVersion(tx, ctx, {
      key: SECOND_RULE,
      last,
      value: input.on,
      validFrom: localDay(ctx.clock.now()),
      source: input.source,
      action: "rule.second-reviewer",
      before: { on: last?.value === true },
      after: { on: input.on },
      note: null,
    });
    return ok();
  });
}
