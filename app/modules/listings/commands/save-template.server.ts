import { type Ctx, hasGrant, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { appendListChange, lockLists, refuseStale } from "~/platform/lists/list-changes.server";
import { reasonStands } from "~/platform/lists/reasons.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { CHANGE_REASONS, REJECT_REASONS } from "../domain/review-reasons";
import type { TemplateInput } from "../template-schemas";

type KeeperCtx = Ctx & { actor: PersonActor };
/** Brokers of the office write them for one another; administrators keep all lists. */
export const mayKeepTemplates = (ctx: Ctx): ctx is KeeperCtx => hasGrant(ctx.actor, "broker", "administrator");

const SELECT = {
  purpose: true,
  reasonCode: true,
  nameVi: true,
  nameEn: true,
  bodyVi: true,
  bodyEn: true,
  retiredAt: true,
} as const;
const load = (tx: Tx, ctx: KeeperCtx, id: string) =>
  tx.reviewTemplate.findFirst({ where: { id, officeId: ctx.actor.officeId }, select: SELECT });
type Row = NonNullable<Awaited<ReturnType<typeof load>>>;
const factsOf = ({ retiredAt, ...facts }: Row) => ({ ...facts, active: retiredAt === null });

async function record(tx: Tx, ctx: KeeperCtx, id: string, action: string, before: Row | null): Promise<void> {
  const after = await load(tx, ctx, id);
  if (!after) abort("common:notFound");
  const { revision } = await appendListChange(tx, ctx, {
    list: "template",
    entryKey: id,
    action,
    before: before && factsOf(before),
    after: factsOf(after),
    note: null,
  });
  await tx.reviewTemplate.update({ where: { id }, data: { revision } });
}

/** The reason that comes with the words must be one that can be given. */
async function needFittingReason(tx: Tx, { purpose, reasonCode }: TemplateInput): Promise<void> {
  if (reasonCode === null) return;
  const stands =
    purpose === "changes"
      ? await reasonStands(tx, "review.change", CHANGE_REASONS, reasonCode)
      : await reasonStands(tx, "review.reject", REJECT_REASONS, reasonCode);
  if (!stands) abort("common:invalid", { fields: { reasonCode: ["lists:error.templateReason"] } });
}

/**
 * Adds an answer template for the office's brokers, or changes one (`id`). Brokers and administrators.
 * Failures: common:notFound, common:invalid (with fields), lists:error.{changedMeanwhile,nothingChanged}.
 */
export async function saveTemplate(
  ctx: Ctx,
  input: TemplateInput & { id: string | null },
): Promise<Result<{ id: string }>> {
  if (!mayKeepTemplates(ctx) || (input.id !== null && !isId(input.id))) return fail("common:notFound");
  const { id: known, revision, ...facts } = input;
  return transact<{ id: string }>(ctx, async (tx) => {
    await lockLists(tx);
    await needFittingReason(tx, input);
    if (known === null) {
      const id = newId();
      await tx.reviewTemplate.create({ data: { id, officeId: ctx.actor.officeId, ...facts, revision: 0 } });
      await record(tx, ctx, id, "template.added", null);
      return ok({ id });
    }
    const before = await load(tx, ctx, known);
    if (!before) return fail("common:notFound");
    await refuseStale(tx, "template", known, revision);
    const same = Object.entries(facts).every(([name, value]) => before[name as keyof typeof facts] === value);
    if (same) return fail("lists:error.nothingChanged");
    await tx.reviewTemplate.update({ where: { id: known }, data: facts });
    await record(tx, ctx, known, "template.changed", before);
    return ok({ id: known });
  });
}

/** Takes a template out of use or brings it back. Failures: common:notFound, lists:error.{changedMeanwhile,nothingChanged}. */
export async function switchTemplate(
  ctx: Ctx,
  input: { id: string; active: boolean; revision: number },
): Promise<Result> {
  if (!mayKeepTemplates(ctx) || !isId(input.id)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    await lockLists(tx);
    const before = await load(tx, ctx, input.id);
    if (!before) return fail("common:notFound");
    await refuseStale(tx, "template", input.id, input.revision);
    if ((before.retiredAt === null) === input.active) return fail("lists:error.nothingChanged");
    await tx.reviewTemplate.update({
      where: { id: input.id },
      data: { retiredAt: input.active ? null : ctx.clock.now() },
    });
    await record(tx, ctx, input.id, input.active ? "template.restored" : "template.retired", before);
    return ok();
  });
}
