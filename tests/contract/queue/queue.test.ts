import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createQueue } from "~/platform/adapters/queue-bullmq.server";
import { createQueueInline } from "~/platform/adapters/queue-inline.server";
import { parseEnv } from "~/platform/env.server";
import { createLogger } from "~/platform/logger.server";
import { type JobDefinition, JobError, type QueuePort } from "~/platform/ports/queue";
import { eventually, openTestDatabase } from "../../setup/harness";
import { openTestRedis, redisAvailable } from "./redis-server";

/** The queue's contract, on every adapter. A Redis that cannot be had is named; with CI set it is a failure. */
type Home = { open(lockMs?: number): QueuePort; close(): Promise<void>; survives: boolean };

const base = {
  NODE_ENV: "test",
  APP_MODE: "test",
  DATA_DIR: "/tmp",
  PUBLIC_URL: "http://127.0.0.1:3000",
  SESSION_SECRET: "a secret for tests that is long enough",
};
const log = createLogger("silent", "test");

const homes: Record<string, () => Promise<Home>> = {
  inline: async () => ({ open: createQueueInline, close: async () => {}, survives: false }),
  postgres: async () => {
    const database = await openTestDatabase();
    const prefix = `t${randomUUID().slice(0, 8)}`;
    return {
      open: (lockMs = 2_000) =>
        createQueue(
          parseEnv({ ...base, DATABASE_URL: database.url, QUEUE_PREFIX: prefix, QUEUE_LOCK_MS: String(lockMs) }),
          log,
        ),
      close: database.close,
      survives: true,
    };
  },
  redis: async () => {
    const redis = await openTestRedis();
    const prefix = `t${randomUUID().slice(0, 8)}`;
    return {
      open: (lockMs = 2_000) =>
        createQueue(
          parseEnv({
            ...base,
            DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
            REDIS_URL: redis.url,
            QUEUE_PREFIX: prefix,
            QUEUE_LOCK_MS: String(lockMs),
          }),
          log,
        ),
      close: redis.close,
      survives: true,
    };
  },
};

const withRedis = redisAvailable();
if (!withRedis && !process.env.CI) {
  console.warn("SKIPPED: queue contract on redis (no REDIS_URL, and redis-server is not on the PATH)");
}

function definition(name: string, over: Partial<JobDefinition> = {}): JobDefinition {
  return {
    name,
    payload: z.object({ id: z.uuid() }),
    attempts: 3,
    backoffMs: 20,
    concurrency: 1,
    timeLimitMs: 20_000,
    retryOn: ["later"],
    ...over,
  };
}
const job = (of: JobDefinition, id: string, delayMs?: number) => ({
  definition: of,
  id: `${of.name}.${id}`,
  payload: { id },
  delayMs,
});
type Dead = { name: string; jobId: string; payload: unknown; code: string; message: string };
const noDead = async (dead: Dead) => {
  throw new Error(`unexpected dead letter ${dead.code}`);
};
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(Object.keys(homes))("queue contract: %s", (kind) => {
  if (kind === "redis" && !withRedis) {
    it.skipIf(!process.env.CI)("needs a Redis server", () => {
      expect.fail("CI is set and there is neither REDIS_URL nor redis-server on the PATH");
    });
    return;
  }
  let home: Home;
  let queue: QueuePort;
  beforeAll(async () => {
    const make = homes[kind];
    if (!make) throw new Error(kind);
    home = await make();
    queue = home.open();
  });
  afterAll(async () => {
    await queue?.close();
    await home?.close();
  });

  it("says what it is", () => expect(queue.kind).toBe(kind));

  it("runs each job once with its parsed payload and its own id", async () => {
    const of = definition("plain", { concurrency: 4 });
    const ids = Array.from({ length: 25 }, () => randomUUID());
    const seen: string[] = [];
    queue.work(
      of,
      async ({ payload, jobId, attempt, lastAttempt }) => {
        seen.push(`${jobId}|${JSON.stringify(payload)}|${attempt}|${lastAttempt}`);
      },
      noDead,
    );
    await queue.add(ids.map((id) => job(of, id)));
    await eventually(() => seen.length >= ids.length);
    expect(seen.sort()).toEqual(ids.map((id) => `plain.${id}|{"id":"${id}"}|1|false`).sort());
  });

  it("refuses what does not fit where it is made, and queues none of the batch", async () => {
    const of = definition("refused");
    const good = randomUUID();
    await expect(
      queue.add([job(of, good), { definition: of, id: "refused.x", payload: { id: "no uuid" } }]),
    ).rejects.toThrow('The payload of a "refused" job does not fit: id');
    await expect(queue.add([{ definition: of, id: "other.x", payload: { id: good } }])).rejects.toMatchObject({
      code: "job.invalid",
    });
    await expect(queue.add([{ definition: of, id: "refused.a:b", payload: { id: good } }])).rejects.toMatchObject({
      code: "job.invalid",
    });
    expect((await queue.counts()).refused?.waiting ?? 0).toBe(0);
  });

  it("holds a derived id once while it waits, and lets it come again afterwards", async () => {
    const of = definition("once");
    const id = randomUUID();
    const before = Date.now();
    await Promise.all([queue.add([job(of, id)]), queue.add([job(of, id), job(of, id)]), queue.add([job(of, id)])]);
    await queue.add([job(of, id)]);
    const { oldest, ...counts } = (await queue.counts()).once ?? { oldest: null };
    expect(counts).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
    expect(Math.abs(Date.parse(oldest ?? "") - before)).toBeLessThan(10_000);
    const runs: string[] = [];
    queue.work(of, async ({ jobId }) => void runs.push(jobId), noDead);
    await eventually(async () => runs.length === 1 && (await queue.counts()).once?.active !== 1);
    await eventually(async () => {
      await queue.add([job(of, id)]);
      return runs.length >= 2;
    });
    expect(new Set(runs)).toEqual(new Set([`once.${id}`]));
  });

  it("does not run a job beside itself: its id is taken while it runs", async () => {
    const of = definition("beside", { concurrency: 5 });
    const id = randomUUID();
    const { opened, open } = gate();
    let running = 0;
    let most = 0;
    let runs = 0;
    queue.work(
      of,
      async () => {
        runs += 1;
        running += 1;
        most = Math.max(most, running);
        await opened;
        running -= 1;
      },
      noDead,
    );
    await queue.add([job(of, id)]);
    await eventually(() => running === 1);
    await queue.add([job(of, id)]);
    await pause(150);
    open();
    await eventually(() => running === 0);
    expect([most, runs]).toEqual([1, 1]);
  });

  it("tries again only for listed codes, with growing pauses, and says which attempt is the last", async () => {
    const of = definition("again", { backoffMs: 120 });
    const id = randomUUID();
    const tries: { at: number; attempt: number; last: boolean }[] = [];
    queue.work(
      of,
      async ({ attempt, lastAttempt }) => {
        tries.push({ at: performance.now(), attempt, last: lastAttempt });
        if (attempt < 3) throw new JobError("later", "the other side is busy");
      },
      noDead,
    );
    await queue.add([job(of, id)]);
    await eventually(() => tries.length === 3);
    expect(tries.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    const [first, second, third] = tries.map((t) => t.at) as [number, number, number];
    // 120 ms then 240 ms, each with up to half of it taken off by jitter
    expect(second - first).toBeGreaterThanOrEqual(55);
    expect(third - second).toBeGreaterThanOrEqual(115);
  });

  it("gives up once: at the last attempt, at an unlisted code, at a surprise; and keeps values out of it", async () => {
    const of = definition("given-up");
    const dead: Dead[] = [];
    let surprise = 0;
    const ids = { later: randomUUID(), never: randomUUID(), surprise: randomUUID() };
    queue.work(
      of,
      async ({ payload }) => {
        const { id } = payload as { id: string };
        if (id === ids.later) throw new JobError("later", "still busy");
        if (id === ids.never) throw new JobError("never", "will not do");
        surprise += 1;
        throw new TypeError("cannot read 0912345678 of ban.hang@example.test");
      },
      async (letter) => void dead.push(letter),
    );
    await queue.add([job(of, ids.later), job(of, ids.never), job(of, ids.surprise)]);
    await eventually(() => dead.length === 3);
    await pause(100);
    expect(surprise).toBe(1);
    const of3 = Object.fromEntries(dead.map((letter) => [letter.jobId.replace("given-up.", ""), letter]));
    expect(of3[ids.later]).toMatchObject({
      name: "given-up",
      code: "later",
      message: "still busy",
      payload: { id: ids.later },
    });
    expect(of3[ids.never]).toMatchObject({ code: "never", message: "will not do" });
    expect(of3[ids.surprise]).toMatchObject({ code: "unexpected" });
    expect(of3[ids.surprise]?.message).toMatch(/^TypeError \(unexpected\)/);
    expect(JSON.stringify(dead)).not.toMatch(/0912345678|ban\.hang/);
    await eventually(async () => (await queue.counts())["given-up"]?.active !== 1);
    // forgotten by the queue: a replay under the same id is possible
    await queue.add([job(of, ids.never)]);
    await eventually(() => dead.length === 4);
  });

  it("fails a run that takes longer than its definition allows, and tells it to stop", async () => {
    const of = definition("over-time", { timeLimitMs: 80, attempts: 2, retryOn: ["job.time-limit"] });
    const dead: Dead[] = [];
    const { opened, open } = gate();
    const told: boolean[] = [];
    let late = 0;
    queue.work(
      of,
      async ({ signal }) => {
        await opened;
        told.push(signal?.aborted === true);
        late += 1;
        // what a run does too late, even its failure, concerns nobody any more
        throw new JobError("never", "too late to matter");
      },
      async (letter) => void dead.push(letter),
    );
    await queue.add([job(of, randomUUID())]);
    await eventually(() => dead.length === 1);
    expect(dead[0]).toMatchObject({ name: "over-time", code: "job.time-limit" });
    expect(dead[0]?.message).toContain("80 ms");
    expect(late).toBe(0);
    open();
    await eventually(() => late === 2);
    expect(told).toEqual([true, true]);
    await pause(50);
    expect(dead.length).toBe(1);
  });

  it("tells one caller that its store came up empty, and only when it can be lost alone", async () => {
    const others = [home.open(), home.open()];
    const said = await Promise.all([queue, ...others].map((one) => one.wasEmptied()));
    expect(said.filter(Boolean).length).toBe(kind === "redis" ? 1 : 0);
    expect(await queue.wasEmptied()).toBe(false);
    await Promise.all(others.map((one) => one.close()));
  });

  it("does not lose a job whose dead letter could not be written", async () => {
    const of = definition("unburied");
    const id = randomUUID();
    let calls = 0;
    queue.work(
      of,
      async () => {
        throw new JobError("never", "will not do");
      },
      async () => {
        calls += 1;
        if (calls === 1) throw new Error("the database is away");
      },
    );
    await queue.add([job(of, id)]);
    await eventually(() => calls === 1);
    await eventually(async () => (await queue.counts()).unburied?.delayed === 1 || calls > 1);
    await eventually(() => calls === 2, { within: 15_000 });
  });

  it("waits before a delayed job", async () => {
    const of = definition("delayed");
    const started = performance.now();
    let ran = 0;
    const note = async () => {
      ran = performance.now();
    };
    queue.work(of, note, noDead);
    await queue.add([job(of, randomUUID(), 2_000)]);
    expect((await queue.counts()).delayed?.delayed).toBe(1);
    await eventually(() => ran > 0);
    expect(ran - started).toBeGreaterThanOrEqual(1_990);
  });

  it("takes at most `concurrency` jobs at a time", async () => {
    const of = definition("side-by-side", { concurrency: 2 });
    let running = 0;
    let most = 0;
    let done = 0;
    queue.work(
      of,
      async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(30);
        running -= 1;
        done += 1;
      },
      noDead,
    );
    await queue.add(Array.from({ length: 6 }, () => job(of, randomUUID())));
    await eventually(() => done === 6);
    expect(most).toBe(2);
  });

  it("stopWork() lets the running job finish, takes no other, and still queues", async () => {
    const mine = home.open();
    const of = definition("rest");
    const started: string[] = [];
    let finished = 0;
    const { opened, open } = gate();
    mine.work(
      of,
      async ({ jobId }) => {
        started.push(jobId);
        await opened;
        finished += 1;
      },
      noDead,
    );
    await mine.add([job(of, randomUUID())]);
    await eventually(() => started.length === 1);
    const stopping = mine.stopWork();
    await mine.add([job(of, randomUUID())]);
    expect(finished).toBe(0);
    open();
    await stopping;
    await mine.stopWork();
    expect([started.length, finished]).toEqual([1, 1]);
    expect((await mine.counts()).rest).toMatchObject({ waiting: 1, active: 0 });
    await mine.close();
  });

  it("close() lets the running job finish and takes no other", async () => {
    const mine = home.open();
    const of = definition("drain");
    const started: string[] = [];
    let finished = 0;
    const { opened, open } = gate();
    mine.work(
      of,
      async ({ jobId }) => {
        started.push(jobId);
        await opened;
        finished += 1;
      },
      noDead,
    );
    const ids = [randomUUID(), randomUUID()] as const;
    await mine.add([job(of, ids[0]), job(of, ids[1])]);
    await eventually(() => started.length === 1);
    const closing = mine.close();
    await pause(50);
    expect(finished).toBe(0);
    open();
    await closing;
    expect([started.length, finished]).toEqual([1, 1]);
    if (!home.survives) return;
    const other: string[] = [];
    queue.work(of, async ({ jobId }) => void other.push(jobId), noDead);
    await eventually(() => other.length === 1);
    expect(new Set([...started, ...other])).toEqual(new Set(ids.map((id) => `drain.${id}`)));
  });
});
