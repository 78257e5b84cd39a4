import { type Ctx, hasGrant, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { appendListChange, lockLists, refuseStale } from "~/platform/lists/list-changes.server";
import {
  CATCH_ALL,
  REASON_LIST_NAMES,
  REASON_LISTS,
  type ReasonList,
  suppliedPosition,
} from "~/platform/lists/reason-lists";
import { abort, fail, ok, type Result } from "~/platform/result";
import { fold } from "~/platform/text";
import { codeOf, SUPPLIED, suppliedLabel } from "../domain/reason-register";
import type { ReasonInput } from "../reason-schemas";

type AdminCtx = Ctx & { actor: PersonActor };
type Facts = { labelVi: string; labelEn: string; position: number; active: boolean };
const isAdministrator = (ctx: Ctx): ctx is AdminCtx => hasGrant(ctx.actor, "administrator");

/** A reason as it is now: stored, else as supplied; null when the list has none of this code. */
async function current(tx: Tx, list: ReasonList, code: string): Promise<Facts | null> {
  const row = await tx.codedReason.findUnique({ where: { list_code: { list, code } } });
  if (row)
    return {
      labelVi: row.labelVi,
      labelEn: row.labelEn,
      position: row.position,
      active: row.retiredAt === null,
    };
  const at = SUPPLIED[list].indexOf(code);
  if (at < 0) return null;
  return {
    labelVi: suppliedLabel(list, code, "vi"),
    labelEn: suppliedLabel(list, code, "en"),
    position: suppliedPosition(at),
    active: true,
  };
}

type Change = {
  list: ReasonList;
  code: string;
  action: string;
  before: Facts | null;
  after: Facts;
  note: string | null;
};

async function write(tx: Tx, ctx: AdminCtx, { list, code, action, before, after, note }: Change): Promise<void> {
  const { revision } = await appendListChange(tx, ctx, {
    list: "reason",
    entryKey: `${list}/${code}`,
    action,
    before,
    after,
    note,
  });
  const { active, ...facts } = after;
  const data = { ...facts, retiredAt: active ? null : ctx.clock.now(), revision };
  await tx.codedReason.upsert({ where: { list_code: { list, code } }, create: { list, code, ...data }, update: data });
}

/** Lists that share this one's words call a reason of this code the same. */
async function renameElsewhere(tx: Tx, ctx: AdminCtx, { list, code, after, note }: Change): Promise<void> {
  for (const other of REASON_LIST_NAMES) {
    if (other === list || REASON_LISTS[other] !== REASON_LISTS[list]) continue;
    const before = await current(tx, other, code);
    if (!before || (before.labelVi === after.labelVi && before.labelEn === after.labelEn)) continue;
    const { labelVi, labelEn } = after;
    await write(tx, ctx, {
      list: other,
      code,
      action: "reason.renamed",
      before,
      after: { ...before, labelVi, labelEn },
      note,
    });
  }
}

/** Two reasons of one list never read alike. */
async function refuseTaken(tx: Tx, list: ReasonList, code: string | null, input: ReasonInput): Promise<void> {
  const stored = await tx.codedReason.findMany({ where: { list }, select: { code: true } });
  const codes = new Set([...SUPPLIED[list], ...stored.map((row) => row.code)]);
  for (const other of codes) {
    const facts = other === code ? null : await current(tx, list, other);
    if (!facts?.active) continue;
    for (const field of ["labelVi", "labelEn"] as const)
      if (fold(facts[field]) === fold(input[field]))
        abort("lists:error.labelTaken", {
          params: { name: facts[field] },
          fields: { [field]: ["lists:error.labelTakenField"] },
        });
  }
}

/** A code that no list of the same words has. */
async function freeCode(tx: Tx, list: ReasonList, label: string): Promise<string> {
  const base = codeOf(fold(label));
  const sharing = REASON_LIST_NAMES.filter((one) => REASON_LISTS[one] === REASON_LISTS[list]);
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}_${number}`;
    const taken = await Promise.all(sharing.map((one) => current(tx, one, code)));
    if (taken.every((one) => one === null)) return code;
  }
}

/**
 * Renames a reason or moves it in its list; what was decided for it shows the new words. Administrators only.
 * Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged,labelTaken}.
 */
export async function saveReason(ctx: Ctx, input: ReasonInput & { list: ReasonList; code: string }): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { list, code, labelVi, labelEn, position, note } = input;
  return transact(ctx, async (tx) => {
    await lockLists(tx);
    const before = await current(tx, list, code);
    if (!before) return fail("common:notFound");
    await refuseStale(tx, "reason", `${list}/${code}`, input.revision);
    const renamed = labelVi !== before.labelVi || labelEn !== before.labelEn;
    if (!renamed && position === before.position) return fail("lists:error.nothingChanged");
    await refuseTaken(tx, list, code, input);
    const after = { labelVi, labelEn, position, active: before.active };
    const change = { list, code, action: renamed ? "reason.renamed" : "reason.moved", before, after, note };
    await write(tx, ctx, change);
    if (renamed) await renameElsewhere(tx, ctx, change);
    return ok();
  });
}

/** Adds a reason to a list; its code is made out of its English words and never changes. Failures: common:notFound, lists:error.labelTaken. */
export async function addReason(
  ctx: Ctx,
  input: ReasonInput & { list: ReasonList },
): Promise<Result<{ code: string }>> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { list, labelVi, labelEn, position, note } = input;
  return transact(ctx, async (tx) => {
    await lockLists(tx);
    await refuseTaken(tx, list, null, input);
    const code = await freeCode(tx, list, labelEn);
    const after = { labelVi, labelEn, position, active: true };
    await write(tx, ctx, { list, code, action: "reason.added", before: null, after, note });
    return ok({ code });
  });
}

/**
 * Takes a reason out of use, or brings it back. Out of use nobody can choose it; what was decided for it still shows it.
 * Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged,catchAll,labelTaken}.
 */
export async function switchReason(
  ctx: Ctx,
  input: { list: ReasonList; code: string; active: boolean; note: string | null; revision: number },
): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("common:notFound");
  const { list, code, active, note } = input;
  return transact(ctx, async (tx) => {
    await lockLists(tx);
    const before = await current(tx, list, code);
    if (!before) return fail("common:notFound");
    await refuseStale(tx, "reason", `${list}/${code}`, input.revision);
    if (before.active === active) return fail("lists:error.nothingChanged");
    if (code === CATCH_ALL) return fail("lists:error.catchAll");
    if (active) await refuseTaken(tx, list, code, { ...before, note, revision: 0 });
    const action = active ? "reason.restored" : "reason.retired";
    await write(tx, ctx, { list, code, action, before, after: { ...before, active }, note });
    return ok();
  });
}
