import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "./context";
import type { Tx } from "./db/client.server";
import { newId } from "./ids";

export type AuditRecord = {
  /** verb in the past, e.g. "listing.published" */
  action: string;
  subjectKind: string;
  subjectId: string;
  onBehalfOfId?: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
};

/**
 * Appends to the audit log inside the transaction of the change. Rows are hash-linked by a trigger that also refuses
 * UPDATE, DELETE and TRUNCATE. `before`/`after` hold facts, never contacts, secrets or free text of a blind listing.
 */
export async function audit(tx: Tx, ctx: Ctx, record: AuditRecord): Promise<void> {
  await tx.auditEntry.create({ data: rowOf(ctx, record) });
}

/**
 * The same for many changes of one transaction, in one statement. Writers queue behind the first audit row of a
 * transaction until it commits: write these last.
 */
export async function auditAll(tx: Tx, ctx: Ctx, records: AuditRecord[]): Promise<void> {
  await tx.auditEntry.createMany({ data: records.map((record) => rowOf(ctx, record)) });
}

function rowOf(ctx: Ctx, record: AuditRecord): Prisma.AuditEntryCreateManyInput {
  return {
    id: newId(),
    at: ctx.clock.now(),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.kind === "person" ? ctx.actor.personId : null,
    requestId: ctx.requestId,
    ...record,
  };
}
