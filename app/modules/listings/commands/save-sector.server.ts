import { type Ctx, hasGrant, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { appendListChange, lockLists, refuseStale } from "~/platform/lists/list-changes.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { fold } from "~/platform/text";
import type { NewSectorInput, SectorInput } from "../sector-schemas";
import { refileListings } from "./refile-listings.server";

type AdminCtx = Ctx & { actor: PersonActor };
const isAdministrator = (ctx: Ctx): ctx is AdminCtx => hasGrant(ctx.actor, "administrator");

const SELECT = {
  code: true,
  parentCode: true,
  nameVi: true,
  nameEn: true,
  keywordsVi: true,
  keywordsEn: true,
  relatedCodes: true,
  retiredAt: true,
  replacedByCode: true,
} as const;
type Row = NonNullable<Awaited<ReturnType<typeof load>>>;
const load = (tx: Tx, code: string) => tx.sector.findUnique({ where: { code }, select: SELECT });

/** What the history and the audit log keep of a sector. */
const factsOf = ({ nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes, retiredAt, replacedByCode }: Row) => ({
  nameVi,
  nameEn,
  keywordsVi,
  keywordsEn,
  relatedCodes,
  active: retiredAt === null,
  replacedBy: replacedByCode,
});

/** Two sectors in use never share a name: people choose by it. */
async function refuseTakenName(tx: Tx, code: string, names: Pick<SectorInput, "nameVi" | "nameEn">): Promise<void> {
  const others = await tx.sector.findMany({
    where: { retiredAt: null, code: { not: code } },
    select: { code: true, nameVi: true, nameEn: true },
  });
  for (const field of ["nameVi", "nameEn"] as const) {
    const taken = others.find((other) => fold(other[field]) === fold(names[field]));
    if (taken)
      abort("lists:error.nameTaken", {
        params: { code: taken.code, name: taken[field] },
        fields: { [field]: ["lists:error.nameTakenField"] },
      });
  }
}

type Step = { action: string; note: string | null; before: Row | null };

/** Writes the row's new revision, its history, its audit row and the event that matching learns from. */
async function record(tx: Tx, ctx: AdminCtx, code: string, { action, note, before }: Step): Promise<number> {
  const after = await tx.sector.findUniqueOrThrow({ where: { code }, select: SELECT });
  const { revision, changeId } = await appendListChange(tx, ctx, {
    list: "sector",
    entryKey: code,
    action,
    before: before && factsOf(before),
    after: factsOf(after),
    note,
  });
  await tx.sector.update({ where: { code }, data: { revision } });
  await emit(tx, ctx, "sector.changed", changeId);
  return revision;
}

/** The sector as it stands, when this form was filled from it; else aborts with who was quicker. */
async function held(tx: Tx, code: string, revision: number): Promise<Row> {
  await lockLists(tx);
  const row = await load(tx, code);
  if (!row) abort("common:notFound");
  await refuseStale(tx, "sector", code, revision);
  return row;
}

/**
 * Renames a sector or changes the words and official classes it is known by: on every page at once. Administrators only.
 * Failures: common:notFound, lists:error.{changedMeanwhile,nameTaken,nothingChanged}.
 */
export async function saveSector(ctx: Ctx, input: SectorInput & { code: string }): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    const before = await held(tx, input.code, input.revision);
    const { nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes } = input;
    const facts = { nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes };
    const same = Object.entries(facts).every(
      ([name, value]) => JSON.stringify(before[name as keyof typeof facts]) === JSON.stringify(value),
    );
    if (same) return fail("lists:error.nothingChanged");
    if (before.retiredAt === null) await refuseTakenName(tx, input.code, input);
    await tx.sector.update({ where: { code: input.code }, data: facts });
    const renamed = nameVi !== before.nameVi || nameEn !== before.nameEn;
    await record(tx, ctx, input.code, {
      action: renamed ? "sector.renamed" : "sector.changed",
      note: input.note,
      before,
    });
    return ok();
  });
}

/**
 * Adds a field ("ABC") or a sector of a field ("ABC-01"). The code says where it belongs, so it never changes.
 * Failures: common:notFound, lists:error.{codeTaken,noField,nameTaken}.
 */
export async function addSector(ctx: Ctx, input: NewSectorInput): Promise<Result<{ code: string }>> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { code, note, revision: _, ...facts } = input;
  const parentCode = code.includes("-") ? code.slice(0, 3) : null;
  return transact(ctx, async (tx) => {
    await lockLists(tx);
    const wrong = (key: string, params = {}) => abort(key, { params, fields: { code: [`${key}Field`] } });
    if (await load(tx, code)) wrong("lists:error.codeTaken", { code });
    const parent = parentCode === null ? null : await load(tx, parentCode);
    if (parentCode !== null && (!parent || parent.retiredAt !== null))
      wrong("lists:error.noField", { code: parentCode });
    await refuseTakenName(tx, code, input);
    const last = await tx.sector.aggregate({
      where: parentCode === null ? {} : { OR: [{ parentCode }, { code: parentCode }] },
      _max: { position: true },
    });
    await tx.sector.create({
      // equal positions stand in the order of their codes
      data: { code, parentCode, ...facts, position: (last._max.position ?? 0) + (parentCode === null ? 1 : 0) },
    });
    await record(tx, ctx, code, { action: "sector.added", note, before: null });
    return ok({ code });
  });
}

/** The other sector is known by the retired one's words and classes too, so that neighbours and suggestions follow. */
async function takeOver(tx: Tx, ctx: AdminCtx, from: Row, to: Row): Promise<void> {
  const both = (name: "keywordsVi" | "keywordsEn" | "relatedCodes", ...more: string[]) => [
    ...new Set([...to[name], ...from[name], ...more]),
  ];
  await tx.sector.update({
    where: { code: to.code },
    data: {
      // its name goes on being understood
      keywordsVi: both("keywordsVi", from.nameVi),
      keywordsEn: both("keywordsEn", from.nameEn),
      relatedCodes: both("relatedCodes"),
    },
  });
  await record(tx, ctx, to.code, { action: "sector.took-over", note: from.code, before: to });
}

type Retirement = { code: string; replacedBy: string | null; note: string | null; revision: number };

/**
 * Takes a sector out of use. With `replacedBy` its listings stand in that one from now on; without, they stay findable where
 * they are and nobody can choose it any longer. A field must be empty of sectors in use first.
 * @returns how many listings were filed anew
 * Failures: common:notFound, lists:error.{changedMeanwhile,alreadyRetired,fieldInUse,replacement}.
 */
export async function retireSector(ctx: Ctx, input: Retirement): Promise<Result<{ refiled: number }>> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { code, replacedBy, note } = input;
  return transact<{ refiled: number }>(ctx, async (tx) => {
    const before = await held(tx, code, input.revision);
    if (before.retiredAt !== null) return fail("lists:error.alreadyRetired");
    if (before.parentCode === null && (await tx.sector.count({ where: { parentCode: code, retiredAt: null } })) > 0)
      return fail("lists:error.fieldInUse");
    const target = replacedBy === null ? null : await load(tx, replacedBy);
    const fits = target && target.code !== code && target.retiredAt === null && target.parentCode !== null;
    if (replacedBy !== null && (!fits || before.parentCode === null))
      return fail("lists:error.replacement", { fields: { replacedBy: ["lists:error.replacementField"] } });
    await tx.sector.update({ where: { code }, data: { retiredAt: ctx.clock.now(), replacedByCode: replacedBy } });
    if (target) {
      // what was merged into this one before goes along
      await tx.sector.updateMany({ where: { replacedByCode: code }, data: { replacedByCode: target.code } });
      await takeOver(tx, ctx, before, target);
    }
    const refiled = target ? await refileListings(tx, ctx, target.code) : 0;
    await record(tx, ctx, code, { action: target ? "sector.merged" : "sector.retired", note, before });
    return ok({ refiled });
  });
}

/**
 * Brings a retired sector back into use; listings written for it stand in it again.
 * Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged,noField,nameTaken}.
 */
export async function restoreSector(
  ctx: Ctx,
  input: { code: string; note: string | null; revision: number },
): Promise<Result<{ refiled: number }>> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { code } = input;
  return transact<{ refiled: number }>(ctx, async (tx) => {
    const before = await held(tx, code, input.revision);
    if (before.retiredAt === null) return fail("lists:error.nothingChanged");
    const field = before.parentCode === null ? null : await load(tx, before.parentCode);
    if (field && field.retiredAt !== null) return fail("lists:error.noField", { params: { code: field.code } });
    await refuseTakenName(tx, code, before);
    await tx.sector.update({ where: { code }, data: { retiredAt: null, replacedByCode: null } });
    const refiled = before.replacedByCode === null ? 0 : await refileListings(tx, ctx, code);
    await record(tx, ctx, code, { action: "sector.restored", note: input.note, before });
    return ok({ refiled });
  });
}
