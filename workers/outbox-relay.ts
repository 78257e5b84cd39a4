import pg from "pg";
import { recordDeadLetter } from "~/modules/notifications/index.server";
import { systemCtx, type WorkContainer } from "~/platform/container.server";
import { EVENTS, type EventType } from "~/platform/events";
import { faultPoint } from "~/platform/fault-points.server";
import { jobErrorCode } from "~/platform/job-errors";
import type { QueuedJob } from "~/platform/ports/queue";
import { jobIdOf, type RelayedEvent, type Subscription } from "~/platform/subscriptions";

const BATCH = 100;
/** How often to look without being woken: finds what a lost notification or a restart left behind. */
const SWEEP_MS = 5_000;
const RECONNECT_MS = 2_000;

export type OutboxRow = { id: string; type: string; subjectId: string; payload: unknown };
export type Relay = {
  start(): void;
  /** Hands over one batch. @returns how many events it held */
  relayOnce(): Promise<number>;
  /** is it told of new events at once? While it is not, it still looks every few seconds */
  listening(): boolean;
  /** when it last looked for events, whatever it found (milliseconds of a monotonic clock); null before it started */
  lookedAt(): number | null;
  stop(): Promise<void>;
};

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type);
}

/** The jobs of an event, and the subscriptions whose job does not fit its own definition (a mistake in the code). */
export function jobsOf(row: OutboxRow, subscriptions: readonly Subscription[]): { jobs: QueuedJob[]; unfit: string[] } {
  if (!isEventType(row.type)) return { jobs: [], unfit: [] };
  const payload =
    typeof row.payload === "object" && row.payload !== null ? (row.payload as Record<string, string>) : {};
  const event: RelayedEvent = { id: row.id, type: row.type, subjectId: row.subjectId, payload };
  const jobs: QueuedJob[] = [];
  const unfit: string[] = [];
  for (const subscription of subscriptions) {
    if (!subscription.event.includes(event.type)) continue;
    const made = subscription.payload(event);
    if (made === null) continue;
    const { job } = subscription;
    if (job.payload.safeParse(made).success) {
      jobs.push({ definition: job, id: jobIdOf(job.name, event.id), payload: made });
    } else unfit.push(subscription.job.name);
  }
  return { jobs, unfit };
}

/**
 * Moves committed events into the queue, in batches locked with SKIP LOCKED: any number of relays may run at once. An
 * event is marked only after the queue took its jobs; a relay that dies in between queues the same ids again.
 */
export function createRelay(
  container: WorkContainer,
  subscriptions: readonly Subscription[],
  { sweepMs = SWEEP_MS } = {},
): Relay {
  const { log, queue, rightOfWay } = container;
  const { db, clock } = container.ports;
  let stopped = false;
  let wanted = false;
  let running: Promise<void> | null = null;
  let sweep: NodeJS.Timeout | undefined;
  let reconnect: NodeJS.Timeout | undefined;
  let listener: pg.Client | undefined;
  let heard = false;
  let looked: number | null = null;

  const relayOnce = (): Promise<number> =>
    db.$transaction(
      async (tx) => {
        const rows = await tx.$queryRaw<OutboxRow[]>`
          SELECT id, type, subject_id AS "subjectId", payload FROM outbox_event
          WHERE relayed_at IS NULL ORDER BY seq LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
        if (rows.length === 0) return 0;
        const jobs: QueuedJob[] = [];
        const waiting: string[] = [];
        for (const row of rows) {
          const made = jobsOf(row, subscriptions);
          jobs.push(...made.jobs);
          waiting.push(made.jobs.map((job) => job.definition.name).join(","));
          // one mistaken subscription must not stop every other event
          for (const name of made.unfit) {
            const dead = {
              name,
              jobId: `${name}.${row.id}`,
              payload: { eventId: row.id },
              code: "job.invalid",
              message: `A subscription of ${row.type} made a job that does not fit "${name}"`,
            };
            await recordDeadLetter({ ...systemCtx(container, "relay") }, dead);
          }
        }
        await rightOfWay.hold(() => queue.add(jobs));
        faultPoint("relay:after-queued");
        const now = clock.now();
        await tx.$executeRaw`
          UPDATE outbox_event e SET relayed_at = ${now}, queued_at = ${now}, waiting = string_to_array(made.names, ',')
          FROM unnest(${rows.map((row) => row.id)}::uuid[], ${waiting}::text[]) AS made (id, names) WHERE e.id = made.id`;
        return rows.length;
      },
      { maxWait: 10_000, timeout: 60_000 },
    );

  const drain = async () => {
    while (wanted && !stopped) {
      wanted = false;
      looked = performance.now();
      try {
        while (!stopped && (await relayOnce()) === BATCH) looked = performance.now();
      } catch (error) {
        // nothing is lost: the rows are still unmarked and the sweep comes back to them
        log.error(
          { code: jobErrorCode(error), reason: error instanceof Error ? error.name : "unknown" },
          "relay failed",
        );
      }
    }
  };
  const wake = () => {
    wanted = true;
    if (running || stopped) return;
    running = drain().finally(() => {
      running = null;
      if (wanted && !stopped) wake();
    });
  };
  const listen = async () => {
    const client = new pg.Client({ connectionString: container.env.DATABASE_URL, keepAlive: true });
    listener = client;
    const again = () => {
      if (listener !== client) return;
      listener = undefined;
      heard = false;
      client.end().catch(() => {});
      if (!stopped) reconnect = setTimeout(() => void listen(), RECONNECT_MS);
    };
    client.on("error", again);
    client.on("end", again);
    client.on("notification", wake);
    try {
      await client.connect();
      await client.query("LISTEN outbox");
      heard = listener === client;
      wake();
    } catch (error) {
      log.warn({ code: jobErrorCode(error) }, "relay cannot listen yet; it looks every few seconds meanwhile");
      again();
    }
  };

  return {
    relayOnce,
    listening: () => heard,
    lookedAt: () => looked,
    start() {
      void listen();
      sweep = setInterval(wake, sweepMs);
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(sweep);
      clearTimeout(reconnect);
      const client = listener;
      listener = undefined;
      await client?.end().catch(() => {});
      await running;
    },
  };
}
