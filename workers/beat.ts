import os from "node:os";
import { recordBeat, recordWorkerEnd } from "~/modules/operations/index.server";
import { systemCtx, type WorkContainer } from "~/platform/container.server";
import { newId } from "~/platform/ids";
import { jobErrorCode } from "~/platform/job-errors";

const EVERY_MS = 10_000;

export type Beating = { stop(): Promise<void> };

/**
 * Writes into the database, every few seconds, that this worker lives, what waits in its queues and whether its relay hears
 * of events: the operators' page shows the workers of all machines. A database that is away stops no worker.
 */
export function startBeat(container: WorkContainer, relay: { listening(): boolean }, everyMs = EVERY_MS): Beating {
  const workerId = newId();
  const startedAt = container.ports.clock.now();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const beat = async () => {
    try {
      const queues = await container.queue.counts();
      await recordBeat(systemCtx(container, "beat"), {
        workerId,
        host: os.hostname(),
        pid: process.pid,
        startedAt,
        queueKind: container.queue.kind,
        queues,
        listening: relay.listening(),
      });
    } catch (error) {
      container.log.warn({ code: jobErrorCode(error) }, "the worker could not say that it lives");
    }
  };
  let running: Promise<void>;
  const loop = async () => {
    await beat();
    if (stopped) return;
    timer = setTimeout(() => {
      running = loop();
    }, everyMs);
  };
  running = loop();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await recordWorkerEnd(systemCtx(container, "beat"), workerId).catch(() => {});
    },
  };
}
