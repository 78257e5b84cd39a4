import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createPostgresBackend, Queue, withBackend } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import { renderMail } from "~/modules/notifications/index.server";
import type { Ctx } from "~/platform/context";
import { emitAll } from "~/platform/outbox.server";
import { type JobsExchange, openJobsExchange } from "../lib/jobs-exchange";
import { processorMs } from "../lib/processor-time";
import { percentile } from "../lib/random";

/** Jobs that run beside one another, ours and the bare engine's alike. */
const CONCURRENCY = 20;
const ROUNDS = 4;
const IDLE_SAMPLES = 60;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const nano = () => process.hrtime.bigint();
const ms = (from: bigint, to: bigint) => Number(to - from) / 1e6;

type Raw = { pid: number; add(ids: string[]): Promise<void>; close(): Promise<void> };

/** BullMQ as its manual shows it: addBulk, a worker of its own process, sendMail into the same server with the same pool. */
async function openRaw(exchange: JobsExchange): Promise<Raw> {
  const name = `raw-${randomUUID().slice(0, 8)}`;
  const { redisUrl, databaseUrl, smtp } = exchange;
  const connection = redisUrl ? new Redis(redisUrl, { maxRetriesPerRequest: null }) : null;
  const pool = redisUrl ? null : new pg.Pool({ connectionString: databaseUrl, options: "-c search_path=bullmq" });
  const queue = connection
    ? new Queue(name, { connection })
    : new (withBackend(createPostgresBackend).Queue)(name, { connection: pool as pg.Pool });
  const written = renderMail({
    template: "organisation-verified",
    locale: "vi",
    words: { organisation: "Đơn vị thử nghiệm 1" },
    reason: null,
    url: "http://127.0.0.1:3000/organisations/01900000-0000-7000-8000-000000000001",
    readerName: "Người thử 1",
    contact: { role: "broker", name: "Chuyên viên", phone: "0203 000 0000" },
  });
  const mail = { ...written, from: "Cungcau <khong-tra-loi@cungcau.invalid>", to: "nguoi-1@d1.invalid" };
  const worker = await exchange.spawnReady("scripts/bench/raw-worker.ts", {
    RAW_QUEUE: name,
    RAW_MAIL: JSON.stringify(mail),
    RAW_CONCURRENCY: String(CONCURRENCY),
    SMTP_URL: smtp.url,
    DATABASE_URL: databaseUrl,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  });
  return {
    pid: worker.pid ?? 0,
    async add(ids) {
      await queue.addBulk(ids.map((id) => ({ name: "send", data: { id }, opts: { jobId: id } })));
    },
    async close() {
      await endOf(worker);
      await queue.close();
      connection?.disconnect();
      await pool?.end();
    },
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

async function commit(ctx: Ctx, subjectIds: string[]): Promise<void> {
  await ctx.db.$transaction((tx) => emitAll(tx, ctx, "organisation.verified", subjectIds), { timeout: 60_000 });
}

/** Mails a second from the given start until the server accepted the last one. */
async function rate(exchange: JobsExchange, count: number, start: () => Promise<bigint>): Promise<number> {
  const before = exchange.smtp.accepted().length;
  const began = await start();
  for (;;) {
    const accepted = exchange.smtp.accepted().slice(before);
    if (accepted.length >= count) {
      const last = accepted.at(-1)?.at ?? began;
      return count / (ms(began, last) / 1_000);
    }
    await pause(20);
  }
}

async function delays(exchange: JobsExchange, one: (at: number) => Promise<void>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < IDLE_SAMPLES; i++) {
    const before = exchange.smtp.accepted().length;
    await pause(40 + ((i * 37) % 60));
    const began = nano();
    await one(i);
    for (let accepted = exchange.smtp.accepted(); ; accepted = exchange.smtp.accepted()) {
      const mine = accepted[before];
      if (mine) {
        found.push(ms(began, mine.at));
        break;
      }
      await pause(2);
    }
  }
  return found.sort((a, b) => a - b);
}

const show = (value: number, digits = 0) => value.toFixed(digits).padStart(8);

async function benchOn(queue: "redis" | "postgres", size: number): Promise<void> {
  const exchange = await openJobsExchange(queue, size);
  try {
    const raw = await openRaw(exchange);
    const worker = await exchange.spawnReady("workers/main.ts", exchange.workerEnv);
    const ours: number[] = [];
    const bare: number[] = [];
    const runRaw = (count: number) =>
      rate(exchange, count, async () => {
        const began = nano();
        const ids = Array.from({ length: count }, () => randomUUID());
        for (let at = 0; at < count; at += 100) await raw.add(ids.slice(at, at + 100));
        return began;
      });
    const runOurs = (count: number) =>
      rate(exchange, count, async () => {
        await commit(exchange.ctx, exchange.organisationIds.slice(0, count));
        return nano();
      });
    // once for nothing: both processes compile what they run
    await runRaw(Math.min(size, 300));
    await runOurs(Math.min(size, 300));
    const spent = { raw: 0, ours: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const before = { raw: processorMs(raw.pid), ours: processorMs(worker.pid ?? 0) };
      bare.push(await runRaw(size));
      ours.push(await runOurs(size));
      spent.raw += processorMs(raw.pid) - before.raw;
      spent.ours += processorMs(worker.pid ?? 0) - before.ours;
    }
    const mean = (rates: number[]) => rates.length / rates.reduce((sum, one) => sum + 1 / one, 0);
    await pause(1_000);
    const idleRaw = await delays(exchange, () => raw.add([randomUUID()]));
    const idleOurs = await delays(exchange, (at) => commit(exchange.ctx, [exchange.organisationIds[at] ?? ""]));
    console.log(`\n${queue}: ${ROUNDS} rounds of ${size}, interleaved; ${exchange.described}`);
    console.log(
      `  raw BullMQ + sendMail   ${show(mean(bare))} mails/s   (${bare.map((one) => one.toFixed(0)).join(", ")})`,
    );
    console.log(
      `  ours, commit to accept  ${show(mean(ours))} mails/s   (${ours.map((one) => one.toFixed(0)).join(", ")})`,
    );
    console.log(`  ratio                   ${show(mean(ours) / mean(bare), 2)}`);
    const each = (milliseconds: number) => show(milliseconds / (ROUNDS * size), 2);
    console.log(`  worker's processor time, raw ${each(spent.raw)} ms a mail, ours ${each(spent.ours)} ms`);
    for (const [name, list] of [
      ["raw", idleRaw],
      ["ours", idleOurs],
    ] as const) {
      console.log(
        `  idle delay, ${name.padEnd(4)}        p50 ${show(percentile(list, 0.5), 1)} ms   p95 ${show(percentile(list, 0.95), 1)} ms`,
      );
    }
    await endOf(worker);
    await raw.close();
  } finally {
    await exchange.close();
  }
}

/** From commit to the mail server's 250 through outbox, relay, queue and worker, beside the bare engine. */
export async function benchJobs(size: number, queues: readonly ("redis" | "postgres")[]): Promise<void> {
  for (const queue of queues) await benchOn(queue, size);
}
