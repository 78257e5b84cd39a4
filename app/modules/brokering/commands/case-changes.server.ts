import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { isId } from "~/platform/ids";
import { abort, type Failure, fail } from "~/platform/result";
import { workableCases } from "../policy";

/** Code by which a lost race leaves the transaction; `explain` turns it into words. */
const LOST = "brokering:error.changedMeanwhile";

/** The case an actor may change, or null: absent and not theirs answer alike. */
export async function loadWorkable(ctx: Ctx, caseId: string) {
  if (!isId(caseId)) return null;
  return ctx.db.brokerCase.findFirst({
    where: { AND: [{ id: caseId }, workableCases(ctx.actor)] },
    select: {
      id: true,
      officeId: true,
      state: true,
      revision: true,
      brokerId: true,
      needId: true,
      offeringId: true,
      title: true,
      nextAction: true,
      nextActionOn: true,
      provinceCode: true,
      communeCode: true,
      parties: {
        select: {
          id: true,
          side: true,
          organisationId: true,
          contactName: true,
          contactPhone: true,
          contactEmail: true,
        },
      },
    },
  });
}
export type WorkableCase = NonNullable<Awaited<ReturnType<typeof loadWorkable>>>;

/** Changes an open case that still has the revision the form was filled from; otherwise leaves the transaction. */
export async function changeCase(
  tx: Tx,
  caseId: string,
  revision: number,
  data: Prisma.BrokerCaseUncheckedUpdateManyInput,
): Promise<void> {
  const changed = await tx.brokerCase.updateMany({
    where: { id: caseId, state: "open", revision },
    data: { ...data, revision: { increment: 1 } },
  });
  if (changed.count === 0) abort(LOST);
}

/**
 * Who was quicker: one clear message. The forms keep what was typed and take the new revision, so that a second press
 * saves it knowingly.
 */
export async function explain(ctx: Ctx, caseId: string, failure: Failure): Promise<Failure> {
  if (failure.code !== LOST) return failure;
  const [now, last] = await Promise.all([
    ctx.db.brokerCase.findUnique({ where: { id: caseId }, select: { state: true } }),
    ctx.db.auditEntry.findFirst({
      where: { subjectKind: "case", subjectId: caseId },
      orderBy: { seq: "desc" },
      select: { actorId: true },
    }),
  ]);
  const who = last?.actorId
    ? await ctx.db.person.findUnique({ where: { id: last.actorId }, select: { fullName: true } })
    : null;
  const params = { name: who?.fullName ?? "…" };
  return now?.state === "closed" ? fail("brokering:error.caseClosed", { params }) : fail(LOST, { params });
}
