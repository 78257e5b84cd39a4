/** Events under way while processes die by kill -9: what `npm run soak` and the crash suite do alike. */
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { FaultPoint } from "~/platform/fault-points.server";
import { emit } from "~/platform/outbox.server";
import { checkEnd, type EndCheck, everythingOver } from "./crash-check";
import { type JobsExchange, openJobsExchange } from "./jobs-exchange";
import { type Random, seeded } from "./random";

export const VICTIMS = ["worker", "relay", "redis", "postgres", "smtp"] as const;
export type Victim = (typeof VICTIMS)[number];
export type CrashPlan = {
  queue: "redis" | "postgres";
  events: number;
  /** each dies once, spread over the run in this order; "redis" only where it is the queue */
  victims: readonly Victim[];
  /** places at which the worker (or the relay) kills itself, one after the other */
  points: readonly FaultPoint[];
  seed: number;
  /** how long everything may take to come to rest after the last event, in milliseconds */
  restWithinMs: number;
  tell: (line: string) => void;
};
export type CrashReport = EndCheck & {
  kills: Record<Victim, number>;
  /** named points at which a process died */
  pointsHit: FaultPoint[];
  seconds: number;
};

/** Events that may be under way at once: every kill meets work in all stages. */
const UNDER_WAY = 60;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A process that is started again whenever it dies, each time with the next fault point that is still to be met. */
function keepAlive(exchange: JobsExchange, parts: string, points: FaultPoint[], died: () => void) {
  const hit: FaultPoint[] = [];
  let child: ChildProcess | undefined;
  let stopping = false;
  let armed: FaultPoint | undefined;
  const fileOf = (point: FaultPoint) => path.join(exchange.directory, `fault-${point.replace(":", "-")}`);
  const run = async () => {
    while (!stopping) {
      armed = points.find((point) => !hit.includes(point));
      const fault: Record<string, string> = armed ? { FAULT_POINT: armed, FAULT_FILE: fileOf(armed) } : {};
      const started = await exchange
        .spawnReady("workers/main.ts", { ...exchange.workerEnv, ...fault, WORKER_PARTS: parts })
        .catch(() => null);
      child = started ?? undefined;
      if (started && started.exitCode === null && started.signalCode === null)
        await new Promise((resolve) => started.once("exit", resolve));
      if (armed && existsSync(fileOf(armed)) && !hit.includes(armed)) hit.push(armed);
      if (!stopping) died();
    }
  };
  const over = run();
  return {
    hit,
    /** killed now, unless it is just being started: then when it is up */
    async kill() {
      for (let asked = 0; asked < 400 && (!child || child.exitCode !== null || child.signalCode !== null); asked++)
        await pause(50);
      child?.kill("SIGKILL");
    },
    async stop(): Promise<number | null> {
      stopping = true;
      child?.kill("SIGTERM");
      await over;
      return child?.exitCode ?? null;
    },
  };
}

/** A database that is killed may leave a question without an answer: then it is asked again. */
async function within<T>(asked: Promise<T>, milliseconds = 10_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), milliseconds);
  });
  asked.catch(() => {});
  return Promise.race([asked, limit]).finally(() => clearTimeout(timer));
}

/** Commits one event about this organisation, and one only, however often the database goes away meanwhile. */
async function commitOne({ ctx }: JobsExchange, organisationId: string): Promise<void> {
  for (;;) {
    try {
      // an answer that was lost with the connection may have been a yes
      if ((await within(ctx.db.outboxEvent.count({ where: { subjectId: organisationId } }))) > 0) return;
      await within(ctx.db.$transaction((tx) => emit(tx, ctx, "organisation.verified", organisationId)));
      return;
    } catch {
      await pause(200);
    }
  }
}

async function kill(
  exchange: JobsExchange,
  victim: Victim,
  ours: Record<"worker" | "relay", { kill(): Promise<void> }>,
  random: Random,
) {
  if (victim === "worker" || victim === "relay") return ours[victim].kill();
  const service = exchange.services[victim];
  if (!service) return;
  await service.kill();
  await pause(100 + random.below(500));
  await service.restart();
}

/**
 * Commits events while the victims die one after the other and are started again, waits until everything has come to
 * rest, and checks what is left. Every choice follows from the seed; what the machine does in between does not.
 */
export async function runCrashes(plan: CrashPlan): Promise<CrashReport> {
  const random = seeded(plan.seed);
  const began = performance.now();
  const exchange = await openJobsExchange(plan.queue, plan.events, {
    QUEUE_LOCK_MS: "5000",
    MAIL_TAKEOVER_MS: "30000",
  });
  const kills: Record<Victim, number> = { worker: 0, relay: 0, redis: 0, postgres: 0, smtp: 0 };
  try {
    const ofRelay = plan.points.filter((point) => point.startsWith("relay:"));
    const ofWorker = plan.points.filter((point) => !point.startsWith("relay:"));
    const worker = keepAlive(exchange, "jobs,sweeps", ofWorker, () => {
      kills.worker += 1;
    });
    const relay = keepAlive(exchange, "relay,sweeps", ofRelay, () => {
      kills.relay += 1;
    });
    const accepted = () => new Set(exchange.smtp.accepted().map((one) => one.messageId)).size;

    // each victim dies when this many mails have been accepted: by progress, not by the clock
    const share = plan.events / (plan.victims.length + 1);
    const due = plan.victims.map((victim, at) => ({
      victim,
      at: Math.floor(share * (at + 0.5 + random.next() / 2)),
    }));
    let committed = 0;
    const commits = async () => {
      for (const id of exchange.organisationIds) {
        while (committed - accepted() >= UNDER_WAY) await pause(20);
        await commitOne(exchange, id);
        committed += 1;
      }
    };
    const executions = async () => {
      for (const { victim, at } of due) {
        while (accepted() < at) await pause(20);
        plan.tell(`kill -9 ${victim} at ${accepted()} of ${plan.events} mails`);
        await kill(exchange, victim, { worker, relay }, random);
        if (victim !== "worker" && victim !== "relay") kills[victim] += 1;
      }
    };
    await Promise.all([
      commits().then(() => plan.tell(`all ${plan.events} events committed`)),
      executions().then(() => plan.tell("all victims killed and back")),
    ]);
    const rested = await everythingOver(exchange, plan.events, plan.restWithinMs);
    const exits = [await worker.stop(), await relay.stop()];
    const check = await checkEnd(exchange, plan.events);
    const pointsHit = [...worker.hit, ...relay.hit];
    const total = Object.values(kills).reduce((sum, one) => sum + one, 0);
    const problems = [
      ...(rested ? [] : [`not at rest within ${plan.restWithinMs} ms`]),
      ...check.problems,
      ...(check.doubles > total ? [`${check.doubles} mails went out twice after ${total} kills`] : []),
      ...plan.points.filter((point) => !pointsHit.includes(point)).map((point) => `fault point ${point} was not hit`),
      ...exits.filter((code) => code !== 0).map((code) => `a process left with ${code} after SIGTERM`),
    ];
    return { ...check, problems, kills, pointsHit, seconds: (performance.now() - began) / 1_000 };
  } finally {
    await exchange.close();
  }
}
