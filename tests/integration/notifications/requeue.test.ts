import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { newId } from "~/platform/ids";
import { jobWaitsAgain } from "~/platform/outbox.server";
import { type JobDefinition, JobError } from "~/platform/ports/queue";
import type { Subscription } from "~/platform/subscriptions";
import { createRelay } from "../../../workers/outbox-relay";
import { startWork } from "../../../workers/registry";
import { requeueUndone } from "../../../workers/requeue";
import { SUBSCRIPTIONS } from "../../../workers/subscriptions";
import { openTestRedis, redisAvailable, type TestRedis } from "../../contract/queue/redis-server";
import { makeBroker, makeOrganisation, makePendingOrganisation, makePerson } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess, startWorker } from "./processes";
import { emitEvent } from "./subjects";

/** The queue may lose every job; the outbox knows which of them are not done. */
const later = (world: TestWorld) => world.clock.set(new Date(world.clock.now().getTime() + 120_000));
const definition = (name: string): JobDefinition => ({
  name,
  payload: z.object({ eventId: z.uuid() }),
  attempts: 1,
  backoffMs: 10,
  concurrency: 4,
  timeLimitMs: 20_000,
  retryOn: [],
});
const on = (job: JobDefinition): Subscription => ({
  event: ["listing.withdrawn"],
  job,
  payload: (event) => ({ eventId: event.id }),
});

describe("jobs of events", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openTestWorld();
  });
  afterAll(() => world?.close());
  const waitingOf = async (id: string) =>
    (await world.container.ports.db.outboxEvent.findUniqueOrThrow({ where: { id } })).waiting;

  it("are noted until each is done or given up; a replayed one waits again", async () => {
    const { db } = world.container.ports;
    startWork(world.container);
    const silent = await emitEvent(world, "match.dismissed", newId());
    const gone = await emitEvent(world, "listing.withdrawn", newId());
    await createRelay(world.container, SUBSCRIPTIONS).relayOnce();
    expect(await waitingOf(silent)).toEqual([]);
    await eventually(async () => (await waitingOf(gone)).length === 0);
    await jobWaitsAgain(db, "notify", gone, world.clock.now());
    await jobWaitsAgain(db, "notify", gone, world.clock.now());
    expect(await waitingOf(gone)).toEqual(["notify"]);
    later(world);
    expect(await requeueUndone(world.container, SUBSCRIPTIONS)).toBe(1);
    await eventually(async () => (await waitingOf(gone)).length === 0);
    later(world);
    expect(await requeueUndone(world.container, SUBSCRIPTIONS)).toBe(0);
  });

  it("given up are a person's, not the sweep's", async () => {
    // no worker of this definition: its one attempt fails in the handler of a subscription whose subject is no uuid
    const { db, clock } = world.container.ports;
    const letterId = newId();
    const id = await emitEvent(world, "dead-letter.replayed", letterId);
    await db.deadLetter.create({
      data: {
        id: letterId,
        queue: "no-such-job",
        jobName: "no-such-job",
        jobId: `no-such-job.${letterId}`,
        payload: {},
        errorCode: "x",
        error: "x",
        createdAt: clock.now(),
        resolvedAt: clock.now(),
        resolution: "replayed",
      },
    });
    await createRelay(world.container, SUBSCRIPTIONS).relayOnce();
    await eventually(() => db.deadLetter.findFirst({ where: { jobId: `replay-dead-letter.${id}` } }));
    await eventually(async () => (await waitingOf(id)).length === 0);
  });

  it("are queued again only when nobody looked at them for a minute, and never beside themselves", async () => {
    const job = definition("lost");
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push(await emitEvent(world, "listing.withdrawn", newId()));
    await createRelay(world.container, [on(job)]).relayOnce();
    expect(await requeueUndone(world.container, [on(job)])).toBe(0);
    later(world);
    expect(await requeueUndone(world.container, [on(job)])).toBe(7);
    expect(await requeueUndone(world.container, [on(job)])).toBe(0);
    expect(await requeueUndone(world.container, [on(job)], { all: true })).toBe(7);
    expect((await world.container.queue.counts()).lost?.waiting).toBe(7);
    const runs: string[] = [];
    world.container.queue.work(
      job,
      async ({ jobId }) => {
        runs.push(jobId);
        if (runs.length > 7) throw new JobError("twice", "ran twice");
      },
      async () => {},
    );
    await eventually(() => runs.length === 7);
    expect(runs.sort()).toEqual(ids.map((id) => `lost.${id}`).sort());
  });

  it("that only a newer release knows are left to its workers", async () => {
    const job = definition("newer");
    const id = await emitEvent(world, "listing.withdrawn", newId());
    await createRelay(world.container, [on(job)]).relayOnce();
    later(world);
    expect(await requeueUndone(world.container, [])).toBe(0);
    expect(await waitingOf(id)).toEqual(["newer"]);
  });
});

const withRedis = redisAvailable();
if (!withRedis && !process.env.CI) {
  console.warn("SKIPPED: lost Redis (no REDIS_URL, and redis-server is not on the PATH)");
}
describe.skipIf(!withRedis && !process.env.CI)("a Redis that lost everything", () => {
  let redis: TestRedis;
  let smtp: SmtpProcess;
  beforeAll(async () => {
    smtp = await openSmtpProcess();
    redis = await openTestRedis();
  });
  afterAll(async () => {
    await smtp?.close();
    await redis?.close();
  });

  async function flush(): Promise<void> {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  }
  async function lossOf(work: (world: TestWorld) => Promise<void>): Promise<void> {
    const world = await openTestWorld({ start: new Date(), env: { REDIS_URL: redis.url, SMTP_URL: smtp.url } });
    try {
      const { db } = world.container.ports;
      const broker = await makeBroker(world);
      const first = await makeOrganisation(world, { broker });
      const early = startWorker(world, { REDIS_URL: redis.url, SMTP_URL: smtp.url });
      await eventually(async () => (await db.mail.count({ where: { state: "sent" } })) >= 2, { within: 30_000 });
      await early.terminate();
      const told = await db.notice.count();
      const heard = smtp.accepted().length;
      // queued and not begun: these jobs are lost
      const { actor } = await makePerson(world);
      await makePendingOrganisation(world, actor);
      await createRelay(world.container, SUBSCRIPTIONS).relayOnce();
      await flush();
      await work(world);
      await eventually(async () => (await db.outboxEvent.count({ where: { waiting: { isEmpty: false } } })) === 0, {
        within: 40_000,
        what: "every event done",
      });
      await eventually(async () => (await db.mail.count({ where: { state: { not: "sent" } } })) === 0, {
        within: 40_000,
        what: "every mail sent",
      });
      expect(await db.notice.count()).toBeGreaterThan(told);
      const notices = await db.notice.findMany({ select: { eventId: true, personId: true } });
      expect(new Set(notices.map((one) => `${one.eventId}|${one.personId}`)).size).toBe(notices.length);
      const mails = await db.mail.findMany({ select: { messageId: true } });
      const accepted = smtp.accepted().map((line) => line.messageId);
      for (const { messageId } of mails) expect(accepted.filter((one) => one === messageId)).toHaveLength(1);
      expect(accepted.length).toBeGreaterThan(heard);
      expect(await db.notice.count({ where: { subjectId: first.organisationId } })).toBeGreaterThan(0);
    } finally {
      await world.close();
    }
  }

  it("is noticed by a worker, which queues what is not done and nothing else", { timeout: 90_000 }, () =>
    lossOf(async (world) => {
      const worker = startWorker(world, { REDIS_URL: redis.url, SMTP_URL: smtp.url });
      await eventually(
        async () =>
          (await world.container.ports.db.outboxEvent.count({ where: { waiting: { isEmpty: false } } })) === 0,
        { within: 40_000 },
      );
      await eventually(
        async () => (await world.container.ports.db.mail.count({ where: { state: { not: "sent" } } })) === 0,
        { within: 40_000 },
      );
      expect((await worker.terminate()).code).toBe(0);
    }),
  );

  it("is filled again by npm run rebuild-jobs", { timeout: 90_000 }, () =>
    lossOf(async (world) => {
      const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/rebuild-jobs.ts"], {
        env: {
          ...process.env,
          NODE_ENV: "test",
          APP_MODE: "test",
          DATABASE_URL: world.databaseUrl,
          DATA_DIR: world.env.DATA_DIR,
          PUBLIC_URL: world.env.PUBLIC_URL,
          SESSION_SECRET: world.env.SESSION_SECRET,
          QUEUE_PREFIX: world.env.QUEUE_PREFIX,
          REDIS_URL: redis.url,
        },
      });
      expect(stdout).toMatch(/^Queued on redis: [1-9]\d* jobs of events, 0 mails, /);
      // its worker has no sweep that could have done it: jobs only
      startWork(world.container);
    }),
  );
});
