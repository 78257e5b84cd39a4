import type { Prisma } from "~/generated/prisma/client";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import type { EventType } from "~/platform/events";
import { isId, newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, type Result } from "~/platform/result";
import { PARTY_SIDES, type PartySide } from "../domain/choices";
import {
  type DealCommand,
  type DealCommandKind,
  type DealRole,
  type DealSnapshot,
  decide,
  RULES,
} from "../domain/deal-machine";
import { rolesOn, visibleDeals } from "../policy";
import { factsOf, type LoadedDeal, loadDeal, snapshotOf } from "../queries/deal-facts.server";

/** A deal held by this transaction, with everything the guards look at. */
export type HeldDeal = { row: LoadedDeal; now: DealSnapshot; roles: DealRole[]; today: string };

/**
 * Runs a change of one deal. Whoever comes second waits at the row and then sees what the first one did: with an older
 * revision in hand he is told who was quicker. What the actor may not see is absent.
 * Failures: common:notFound, deals:error.changedMeanwhile {name}, those of `work`.
 */
export async function withDeal<T>(
  ctx: Ctx,
  input: { dealId: string; revision?: number },
  work: (tx: Tx, deal: HeldDeal) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!isId(input.dealId) || !isPerson(ctx.actor)) return fail("common:notFound");
  const where = { AND: [{ id: input.dealId }, visibleDeals(ctx.actor)] };
  return transact(ctx, async (tx) => {
    if (!(await tx.deal.findFirst({ where, select: { id: true } }))) return fail("common:notFound");
    const deal = await holdDeal(tx, ctx, input.dealId);
    if (!deal) return fail("common:notFound");
    if (input.revision !== undefined && deal.row.revision !== input.revision)
      return fail("deals:error.changedMeanwhile", { params: { name: await lastActor(tx, deal.row.id) } });
    return work(tx, deal);
  });
}

/** Takes the deal's row for this transaction; null when there is none. */
export async function holdDeal(tx: Tx, ctx: Ctx, id: string): Promise<HeldDeal | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM deal WHERE id = ${id}::uuid FOR UPDATE`;
  if (rows.length === 0) return null;
  const row = await loadDeal(tx, id);
  return { row, now: snapshotOf(row), roles: rolesOn(ctx.actor, row), today: localDay(ctx.clock.now()) };
}

/** Name of whoever changed the deal last. */
export async function lastActor(tx: Tx, dealId: string, command?: DealCommandKind): Promise<string> {
  const last = await tx.dealEvent.findFirst({
    where: { dealId, ...(command ? { command } : {}) },
    orderBy: { number: "desc" },
    select: { byId: true },
  });
  const who = last?.byId ? await tx.person.findUnique({ where: { id: last.byId }, select: { fullName: true } }) : null;
  return who?.fullName ?? "…";
}

/** Form fields that a refusal stands beside. */
const FIELDS: readonly string[] = [
  "signedOn",
  "contractNumber",
  "effectiveOn",
  "filedOn",
  "certificateNumber",
  "certificateOn",
  "liquidatedOn",
];

/** Asks the machine; a refusal leaves the transaction with its code. */
export function decideOn(deal: HeldDeal, command: DealCommand): { role: DealRole; next: DealSnapshot; facts: object } {
  const allowed = RULES[command.kind].roles;
  const role = deal.roles.find(
    (one) =>
      allowed.includes(one) && (command.kind !== "confirm_acceptance" || one === "broker" || one === command.side),
  );
  if (!role) return abort("deals:error.role");
  const decision = decide(deal.now, command, role, factsOf(deal.row, deal.today));
  if (decision.ok) return { role, next: decision.next, facts: decision.step.facts };
  const { refusal, missing } = decision;
  if (refusal === "stage" || refusal === "status") return abort(`deals:error.${refusal}`);
  const fields = Object.fromEntries(
    missing.filter((code) => FIELDS.includes(code)).map((code) => [code, [`deals:error.${code}`]]),
  );
  return abort(`deals:error.${refusal}`, Object.keys(fields).length > 0 ? { fields } : {});
}

export type Written = {
  role: DealRole;
  next: DealSnapshot;
  command: DealCommandKind;
  /** codes, days and ids; no contacts, no free text but a reason's note */
  facts: object;
  /** columns beside those of the snapshot */
  data?: Prisma.DealUncheckedUpdateInput;
  /** the audit log's verb */
  action: string;
  /** audit facts beside stage and status */
  after?: Prisma.InputJsonObject;
};

const column = (day: string | null): Date | null => (day === null ? null : dateOnly(day));

/**
 * Writes what the machine decided: the row, one line of the append-only history, one of the audit log.
 * @returns id of the history line
 */
export async function writeStep(tx: Tx, ctx: Ctx, deal: HeldDeal, step: Written): Promise<string> {
  const { next, role } = step;
  const { id, stage, status } = deal.row;
  const {
    duty,
    accepted: _accepted,
    wish: _wish,
    signedOn,
    filedOn,
    certificateOn,
    effectiveOn,
    liquidatedOn,
    ...plain
  } = next;
  await tx.deal.update({
    where: { id },
    data: {
      ...plain,
      registrationDuty: duty,
      signedOn: column(signedOn),
      filedOn: column(filedOn),
      certificateOn: column(certificateOn),
      effectiveOn: column(effectiveOn),
      liquidatedOn: column(liquidatedOn),
      ...step.data,
    },
  });
  const eventId = newId();
  await tx.dealEvent.create({
    data: {
      id: eventId,
      dealId: id,
      number: next.revision,
      command: step.command,
      facts: { ...step.facts },
      stage: next.stage,
      status: next.status,
      byId: isPerson(ctx.actor) ? ctx.actor.personId : null,
      byRole: role,
      at: ctx.clock.now(),
    },
  });
  await audit(tx, ctx, {
    action: step.action,
    subjectKind: "deal",
    subjectId: id,
    before: { stage, status },
    after: { ...step.after, stage: next.stage, status: next.status, revision: next.revision },
  });
  return eventId;
}

/** The organisation of one side. */
export const organisationOf = (
  row: Pick<LoadedDeal, "transferorId" | "transfereeId">,
  side: PartySide,
): string | null => (side === "transferor" ? row.transferorId : row.transfereeId);

/**
 * Tells the parties and the deal's broker, one event per group of readers, not who did it; registrars when they are asked.
 * `detail` holds ids only: the line of the history (dealEventId), a milestone.
 */
export async function tell(
  tx: Tx,
  ctx: Ctx,
  deal: Pick<HeldDeal, "row">,
  type: EventType,
  detail: Record<string, string>,
  by: DealRole | null,
  registrars = false,
): Promise<void> {
  const { row } = deal;
  for (const side of PARTY_SIDES) {
    const organisationId = organisationOf(row, side);
    if (organisationId && by !== side) await emit(tx, ctx, type, row.id, { organisationId, ...detail });
  }
  if (!isPerson(ctx.actor) || ctx.actor.personId !== row.brokerId)
    await emit(tx, ctx, type, row.id, { brokerId: row.brokerId, ...detail });
  if (registrars) await emit(tx, ctx, type, row.id, { registrars: "all", ...detail });
}
