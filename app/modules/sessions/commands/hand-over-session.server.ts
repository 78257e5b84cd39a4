import { listBrokers } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, hasGrant, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { fail, ok, type Result } from "~/platform/result";
import { mayWorkSessions } from "../policy";
import type { HandOverSessionInput } from "../schemas";
import { explain, LOST, type LockedSession, lockSession } from "./session-rows.server";

const OVER: readonly LockedSession["state"][] = ["closed", "cancelled"];

/**
 * Gives a session that is not over to another broker of the office, with the minutes and next steps it still owes; both are
 * told. Failures: common:notFound, common:invalid, sessions:error.{changedMeanwhile,handOverOver}.
 */
export async function handOverSession(
  ctx: Ctx,
  input: { sessionId: string } & HandOverSessionInput,
): Promise<Result<void>> {
  const { actor } = ctx;
  if (!mayWorkSessions(actor)) return fail("common:notFound");
  const result = await transact(ctx, async (tx) => {
    const session = await lockSession(tx, input.sessionId, "update");
    if (!session || session.officeId !== actor.officeId) return fail("common:notFound");
    if (session.revision !== input.revision) return fail(LOST);
    return give(tx, ctx, session, input.toBrokerId);
  });
  return result.ok ? result : explain(ctx, "session", input.sessionId, result);
}

/**
 * Gives all sessions of somebody that are not over to another broker: for administrators, when a broker's grant ends. May be
 * called again. @returns how many. Failures: common:notFound, common:invalid.
 */
export async function handOverSessionsOf(
  ctx: Ctx,
  input: { fromId: string; toBrokerId: string },
): Promise<Result<number>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !hasGrant(actor, "administrator")) return fail("common:notFound");
  const rows = await ctx.db.connectionSession.findMany({
    where: { officeId: actor.officeId, ownerId: input.fromId, state: { notIn: [...OVER] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  let given = 0;
  for (const { id } of rows) {
    const result = await transact(ctx, async (tx) => {
      const session = await lockSession(tx, id, "update");
      return session?.ownerId === input.fromId && !OVER.includes(session.state)
        ? give(tx, ctx, session, input.toBrokerId)
        : fail("common:notFound");
    });
    if (result.ok) given += 1;
    else if (result.code !== "common:notFound") return result;
  }
  return ok(given);
}

async function give(tx: Tx, ctx: Ctx, session: LockedSession, toBrokerId: string): Promise<Result<void>> {
  if (OVER.includes(session.state)) return fail("sessions:error.handOverOver");
  const office = await tx.person.count({ where: { id: toBrokerId, officeId: session.officeId } });
  const brokers = await listBrokers(tx);
  if (office === 0 || toBrokerId === session.ownerId || !brokers.some((one) => one.personId === toBrokerId))
    return fail("common:invalid", { fields: { toBrokerId: ["brokering:error.chooseBroker"] } });
  await tx.connectionSession.update({
    where: { id: session.id },
    data: { ownerId: toBrokerId, revision: { increment: 1 } },
  });
  const meetings = await tx.meeting.findMany({ where: { sessionId: session.id }, select: { id: true } });
  await tx.due.updateMany({
    where: { state: "open", personId: session.ownerId, subjectId: { in: meetings.map((meeting) => meeting.id) } },
    data: { personId: toBrokerId },
  });
  await audit(tx, ctx, {
    action: "session.handed-over",
    subjectKind: "session",
    subjectId: session.id,
    before: { ownerId: session.ownerId },
    after: { ownerId: toBrokerId, state: session.state },
  });
  await emit(tx, ctx, "session.handed-over", session.id, { receiverId: toBrokerId });
  await emit(tx, ctx, "session.handed-over", session.id, { giverId: session.ownerId });
  return ok();
}
