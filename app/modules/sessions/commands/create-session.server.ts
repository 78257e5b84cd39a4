import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { isPastDay } from "../domain/local-time";
import { SESSION_AUDIT } from "../domain/session-states";
import { mayWorkSessions } from "../policy";
import type { SessionInput } from "../schemas";

/**
 * Begins a connection session as a draft of the broker who makes it. The place may follow until invitations are sent.
 * Failures: common:notFound (no broker), common:invalid (it begins in the past; no table and no link is possible at all).
 */
export async function createSession(ctx: Ctx, input: SessionInput): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  if (!mayWorkSessions(actor)) return fail("common:notFound");
  const now = ctx.clock.now();
  // a session of this morning may still be written down today
  if (isPastDay(input.startsAt, now)) return fail("common:invalid", { fields: { date: ["sessions:error.datePast"] } });
  const id = newId();
  return transact(ctx, async (tx) => {
    await tx.connectionSession.create({
      data: {
        id,
        officeId: actor.officeId,
        ownerId: actor.personId,
        createdById: actor.personId,
        createdAt: now,
        ...input,
      },
    });
    await audit(tx, ctx, {
      action: SESSION_AUDIT.created,
      subjectKind: "session",
      subjectId: id,
      after: {
        state: "draft",
        startsAt: input.startsAt.toISOString(),
        endsAt: input.endsAt.toISOString(),
        tables: input.tables,
      },
    });
    return ok({ id });
  });
}
