import { type Ctx, hasGrant, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { appendListChange, lockLists, refuseStale } from "~/platform/lists/list-changes.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { type LiveUnit, type StoredUnit, takenName, type UnitTable, unitKey, unitTable } from "../domain/units";
import { storedUnits } from "../queries/fresh-units.server";
import type { NewUnitInput, UnitInput } from "../unit-schemas";

type AdminCtx = Ctx & { actor: PersonActor };
const isAdministrator = (ctx: Ctx): ctx is AdminCtx => hasGrant(ctx.actor, "administrator");

/** What the history and the audit log keep of a unit; a supplied one's factor is not theirs to change. */
const factsOf = ({ dimension, factor, offset, aliases, retired }: Omit<StoredUnit, "code">, supplied: boolean) => ({
  ...(supplied ? {} : { dimension, factor, offset }),
  aliases,
  active: !retired,
});

/** As it stands, in the shape it is stored in. */
const asStored = ({ id, dimension, factor, offset = 0, added, retired }: LiveUnit): StoredUnit => ({
  code: id,
  dimension,
  factor,
  offset,
  aliases: [...added],
  retired,
});

/** The units as they are committed; nobody else changes a list before this transaction ends. */
async function lockedTable(tx: Tx): Promise<UnitTable> {
  await lockLists(tx);
  return unitTable(await storedUnits(tx));
}

/** The unit as it stands, when this form was filled from it; else aborts with who was quicker. */
async function held(tx: Tx, code: string, revision: number): Promise<{ unit: LiveUnit; table: UnitTable }> {
  const table = await lockedTable(tx);
  const unit = table.units.find(({ id }) => id === code);
  if (!unit) abort("common:notFound");
  await refuseStale(tx, "unit", code, revision);
  return { unit, table };
}

/** A name means one unit. Aborts with the unit that has it; names that it has itself, or twice, are left out. */
function freeNames(table: UnitTable, code: string, own: readonly string[], names: readonly string[]): string[] {
  const seen = new Set([code, ...own].map(unitKey));
  const fresh = names.filter((name) => {
    const key = unitKey(name);
    if (key === "" || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const taken = takenName(table, code, fresh);
  if (taken)
    abort("units:error.nameTaken", {
      params: { name: taken.name, unit: taken.unit.id },
      fields: { aliases: ["units:error.nameTakenField"] },
    });
  return fresh;
}

type Step = { action: string; note: string | null; before: StoredUnit | null; after: StoredUnit; supplied: boolean };

/** Writes the unit, its history and its audit row; `rematch`: lines are read in another way now, which matching learns of. */
async function record(tx: Tx, ctx: AdminCtx, step: Step, rematch: boolean): Promise<void> {
  const { action, note, before, after, supplied } = step;
  const { revision, changeId } = await appendListChange(tx, ctx, {
    list: "unit",
    entryKey: after.code,
    action,
    before: before && factsOf(before, supplied),
    after: factsOf(after, supplied),
    note,
  });
  const { code, retired, ...facts } = after;
  const data = { ...facts, retiredAt: retired ? ctx.clock.now() : null, revision };
  await tx.measureUnit.upsert({ where: { code }, create: { code, ...data }, update: data });
  if (rematch) await emit(tx, ctx, "unit.changed", changeId);
}

const sameNames = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((name) => other.includes(name));

/**
 * Adds a unit to a known dimension. Its name never changes: listings are written in it. Administrators only.
 * Failures: common:notFound, units:error.{nameTaken,codeTaken}.
 */
export async function addUnit(ctx: Ctx, input: NewUnitInput): Promise<Result<{ code: string }>> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { code, dimension, factor, offset, note } = input;
  return transact<{ code: string }>(ctx, async (tx) => {
    const table = await lockedTable(tx);
    const taken = takenName(table, "", [code]);
    if (taken)
      return fail("units:error.codeTaken", {
        params: { name: code, unit: taken.unit.id },
        fields: { code: ["units:error.nameTakenField"] },
      });
    const aliases = freeNames(table, code, [], input.aliases);
    const after = { code, dimension, factor, offset, aliases, retired: false };
    await record(tx, ctx, { action: "unit.added", note, before: null, after, supplied: false }, true);
    return ok({ code });
  });
}

/**
 * Changes a unit's further names, and the factor of one that administrators added; a supplied one's factor is physics and is left
 * as it is. Listings written in it are matched again. Administrators only.
 * Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged}, units:error.nameTaken.
 */
export async function saveUnit(ctx: Ctx, input: UnitInput & { code: string }): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    const { unit, table } = await held(tx, input.code, input.revision);
    const before = asStored(unit);
    const suppliedNames = unit.aliases.filter((name) => !unit.added.includes(name));
    const aliases = freeNames(table, unit.id, suppliedNames, input.aliases);
    const { factor = before.factor, offset = before.offset } = unit.supplied ? before : input;
    const after: StoredUnit = { ...before, factor, offset, aliases };
    const rescaled = factor !== before.factor || offset !== before.offset;
    if (!rescaled && sameNames(aliases, before.aliases)) return fail("lists:error.nothingChanged");
    const action = rescaled ? "unit.rescaled" : "unit.renamed";
    await record(tx, ctx, { action, note: input.note, before, after, supplied: unit.supplied }, true);
    return ok();
  });
}

type Standing = { code: string; note: string | null; revision: number };

async function setStanding(ctx: Ctx, { code, note, revision }: Standing, retired: boolean): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    const { unit } = await held(tx, code, revision);
    if (unit.retired === retired) return fail("lists:error.nothingChanged");
    const before = asStored(unit);
    const action = retired ? "unit.retired" : "unit.restored";
    // what is written in it is understood all the same: nothing to match again
    await record(tx, ctx, { action, note, before, after: { ...before, retired }, supplied: unit.supplied }, false);
    return ok();
  });
}

/** Takes a unit out of the forms; listings written in it keep it and are compared as before. Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged}. */
export const retireUnit = (ctx: Ctx, input: Standing): Promise<Result> => setStanding(ctx, input, true);

/** Offers a retired unit again. Failures as above. */
export const restoreUnit = (ctx: Ctx, input: Standing): Promise<Result> => setStanding(ctx, input, false);
