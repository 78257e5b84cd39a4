/** The worker process: outbox relay, jobs, sweeps. Any number of copies may run beside any number of web processes. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { exchangeState } from "~/modules/operations/index.server";
import { checkFiles, createWorkContainer, type WorkContainer } from "~/platform/container.server";
import { type Env, EnvError, parseEnv } from "~/platform/env.server";
import { armFaultPoint } from "~/platform/fault-points.server";
import { jobErrorCode } from "~/platform/job-errors";
import { createMetrics } from "~/platform/metrics.server";
import { FilesError } from "~/platform/ports/files";
import { type Beating, startBeat } from "./beat";
import { createRelay } from "./outbox-relay";
import { openProbe } from "./probe";
import { startWork } from "./registry";
import { createSchedules } from "./schedules";
import { SUBSCRIPTIONS } from "./subscriptions";

const HEARTBEAT_MS = 5_000;
/** After SIGTERM mails on their way may finish this long; what is cut then goes back into the queue. */
const CUT_MS = 6_000;
/** … and other running jobs this long; whatever still runs then is redone by another worker. */
const DRAIN_MS = 14_000;
const RETRY_MS = 1_000;

/** Waits until the database answers and has our tables; says once what it waits for. */
async function databaseReady(container: WorkContainer, stopping: () => boolean): Promise<boolean> {
  let told = "";
  while (!stopping()) {
    try {
      await container.ports.db.$queryRaw`SELECT 1 FROM outbox_event LIMIT 1`;
      // without its tables BullMQ asks again and again without a pause (scripts/migrate.ts makes them)
      const [queue] = await container.ports.db.$queryRaw<{ there: boolean }[]>`
        SELECT to_regnamespace('bullmq') IS NOT NULL AS there`;
      if (container.queue.kind === "postgres" && !queue?.there) throw new Error("The queue's schema does not exist");
      return true;
    } catch (error) {
      const missing = error instanceof Error && /42P01|does not exist/.test(error.message);
      const message = missing
        ? "The database has no tables yet: run `npm run migrate`. Waiting."
        : "The database does not answer: is it running, and is DATABASE_URL right? Waiting.";
      if (told !== message) container.log.warn({ code: jobErrorCode(error) }, message);
      told = message;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  return false;
}

/** A small file that says "alive at": for launchers and probes without a port. */
function startHeartbeat(directory: string): () => void {
  const file = path.join(directory, "worker-heartbeat.json");
  const startedAt = new Date().toISOString();
  const beat = () => {
    const fresh = `${file}.${process.pid}`;
    try {
      writeFileSync(fresh, JSON.stringify({ pid: process.pid, startedAt, at: new Date().toISOString() }));
      renameSync(fresh, file);
    } catch {
      // a full disk must not stop mails from going out; the stale file tells it
    }
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}

async function main(): Promise<void> {
  const env = parseEnv(process.env);
  armFaultPoint(env);
  const container = createWorkContainer(env);
  await checkFiles(container);
  const relay = createRelay(container, SUBSCRIPTIONS);
  const schedules = createSchedules(container);
  const metrics = env.METRICS_TOKEN ? createMetrics("worker", () => exchangeState(container.ports)) : undefined;
  let ready = false;
  const probe = openProbe(container, { metrics, relay, schedules, started: () => ready });
  let endHeartbeat = () => {};
  let beating: Beating | undefined;
  let work: ReturnType<typeof startWork> | undefined;
  let closing = false;
  const stop = async () => {
    if (closing) return;
    closing = true;
    container.log.info("worker stopping");
    setTimeout(() => {
      container.log.warn("the mail server is slow: mails on their way are cut and stay queued");
      container.mail.cut();
    }, CUT_MS).unref();
    setTimeout(() => {
      container.log.error("jobs still running after the time to drain; another worker will redo them");
      process.exit(1);
    }, DRAIN_MS).unref();
    await Promise.allSettled([schedules.stop(), relay.stop()]);
    await work?.stop();
    await beating?.stop();
    probe.close();
    await container.close();
    endHeartbeat();
    container.log.info("worker stopped");
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  container.log.info("worker starting");

  if (!(await databaseReady(container, () => closing))) return;
  const does = (part: Env["WORKER_PARTS"][number]) => env.WORKER_PARTS.includes(part);
  if (does("jobs")) await container.ports.search.prepare();
  // a signal may have come while we waited: what it closed must not be opened again
  if (closing) return;
  if (does("jobs")) work = startWork(container, metrics);
  if (does("relay")) relay.start();
  if (does("sweeps")) schedules.start();
  endHeartbeat = startHeartbeat(env.DATA_DIR);
  beating = startBeat(container, relay);
  ready = true;
  container.log.info({ queue: container.queue.kind, parts: env.WORKER_PARTS }, "worker ready");
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError || error instanceof FilesError ? error.message : error);
  process.exit(1);
});
