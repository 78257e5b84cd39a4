import type { Ctx } from "./context";
import type { Tx } from "./db/client.server";
import { EVENTS, type EventType } from "./events";
import { newId } from "./ids";

/**
 * Records an event inside the transaction of the change. A relay hands it to the queue after commit: no queue call and
 * no mail happens inside a request. `payload` holds ids only.
 * @returns the event's id, from which job and notice ids derive
 */
export async function emit(
  tx: Tx,
  ctx: Ctx,
  type: EventType,
  subjectId: string,
  payload: Record<string, string> = {},
): Promise<string> {
  const id = newId();
  await tx.outboxEvent.create({
    data: {
      id,
      type,
      subjectKind: EVENTS[type],
      subjectId,
      payload,
      requestId: ctx.requestId,
      createdAt: ctx.clock.now(),
    },
  });
  // wakes a listening relay at commit; a relay that misses it finds the row by its sweep
  await tx.$executeRaw`SELECT pg_notify('outbox', '')`;
  return id;
}

/** The same event about many subjects of one transaction, in their order; each with its payload where there is one. */
export async function emitAll(
  tx: Tx,
  ctx: Ctx,
  type: EventType,
  subjectIds: string[],
  payloads: Record<string, string>[] = [],
): Promise<void> {
  if (subjectIds.length === 0) return;
  const createdAt = ctx.clock.now();
  await tx.outboxEvent.createMany({
    data: subjectIds.map((subjectId, at) => ({
      id: newId(),
      type,
      subjectKind: EVENTS[type],
      subjectId,
      payload: payloads[at] ?? {},
      requestId: ctx.requestId,
      createdAt,
    })),
  });
  await tx.$executeRaw`SELECT pg_notify('outbox', '')`;
}

/** One job of these events is done or given up. Waits for a relay that is still marking them. */
export async function jobDone(db: Tx, jobName: string, eventIds: readonly string[]): Promise<void> {
  // no condition on `waiting`: a row that the relay holds would be passed over with what it held before
  await db.$executeRaw`
    UPDATE outbox_event SET waiting = array_remove(waiting, ${jobName}) WHERE id = ANY(${[...eventIds].sort()}::uuid[])`;
}

/** A job of this event is to be done again: it was given up and somebody replays it. */
export async function jobWaitsAgain(db: Tx, jobName: string, eventId: string, at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE outbox_event SET waiting = array_append(array_remove(waiting, ${jobName}), ${jobName}), queued_at = ${at}
    WHERE id = ${eventId}::uuid AND relayed_at IS NOT NULL`;
}
