import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { ok } from "~/platform/result";
import { bundled } from "../lib/bundled";
import { type Accepted, acceptedIn } from "../lib/jobs-exchange";
import { processorMs } from "../lib/processor-time";
import { percentile } from "../lib/random";
import { openScratchExchange, type ScratchExchange } from "../lib/scratch-exchange";
import { migrate } from "../migrate";

/** Goals: digests a second, memory of the worker, and how much slower an immediate mail may be meanwhile. */
const GOAL = { perSecond: 500, megabytes: 1_024, slower: 2 };
const SAMPLES = 60;
const PAUSE_MS = 150;
/** Notices a person gathered, over half as many subjects: some of them repeat. */
const NOTICES = 4;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const millis = (from: bigint, to: bigint) => Number(to - from) / 1e6;

/** A program of ours in a process of its own. */
function spawnOurs(program: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [bundled(program), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What the process first says that matches. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      const found = pattern.exec(output);
      if (found) resolve(found[0]);
    });
    child.once("exit", () => reject(new Error("a process of the measurement ended early")));
  });
}

/** People with notices that wait for a digest which is not due yet. */
async function fillPeople({ ctx, officeId }: ScratchExchange, size: number): Promise<void> {
  const now = ctx.clock.now();
  const later = new Date(now.getTime() + 86_400_000);
  await ctx.db.$executeRaw`
    INSERT INTO person (id, office_id, email, full_name, locale, email_confirmed_at, created_at)
    SELECT gen_random_uuid(), ${officeId}::uuid, 'nguoi-' || n || '@d' || n % 97 || '.invalid', 'Nguyễn Văn Thử ' || n,
      (CASE WHEN n % 10 = 0 THEN 'en' ELSE 'vi' END)::"Locale", ${now}, ${now}
    FROM generate_series(1, ${size}::int) n`;
  await ctx.db.$executeRaw`
    INSERT INTO notice_settings (person_id, digest_hour, digest_weekday, updated_at)
    SELECT id, 8, 1, ${now} FROM person`;
  await ctx.db.$executeRaw`
    INSERT INTO notice (id, event_id, person_id, kind, subject_kind, subject_id, params, created_at, digest_due_at)
    SELECT gen_random_uuid(), gen_random_uuid(), p.id,
      (ARRAY['listing-published', 'listing-expired', 'first-matches', 'listing-expired'])[n], 'listing',
      md5(p.id::text || n / 2)::uuid,
      jsonb_build_object('title', 'Xử lý nước thải mỏ bằng vật liệu hấp phụ, công suất ' || n * 100 || ' m³ ngày',
        'reference', 'NC-22-2026-00000' || n, 'listingKind', 'need', 'path', '/my/listings/' || p.id),
      ${now}::timestamptz - n * interval '1 hour', ${later}
    FROM person p, generate_series(1, ${NOTICES}::int) n`;
  await ctx.db.$executeRaw`ANALYZE`;
}

/** Milliseconds from the commit of an event to the mail server's 250, one mail at a time, until told to stop. */
async function immediate(
  exchange: ScratchExchange,
  heard: () => readonly Accepted[],
  until: () => boolean,
): Promise<number[]> {
  const { ctx } = exchange;
  const [person] = await ctx.db.person.findMany({ take: 1, orderBy: { email: "asc" }, select: { id: true } });
  const personId = person?.id ?? "";
  const began = new Map<string, bigint>();
  while (!until()) {
    const committed = await transact(ctx, async (tx) => ok(await emit(tx, ctx, "person.password-changed", personId)));
    if (committed.ok) began.set(`${committed.value}:${personId}`, process.hrtime.bigint());
    await pause(PAUSE_MS);
  }
  for (;;) {
    const keys = [...began.keys()];
    const mails = await ctx.db.mail.findMany({
      where: { dedupeKey: { in: keys } },
      select: { dedupeKey: true, messageId: true },
    });
    const accepted = new Map(heard().map(({ messageId, at }) => [messageId, at]));
    const times = mails.flatMap(({ dedupeKey, messageId }) => {
      const at = accepted.get(messageId);
      const from = began.get(dedupeKey);
      return at && from ? [millis(from, at)] : [];
    });
    if (times.length === keys.length) return times.sort((a, b) => a - b);
    await pause(200);
  }
}

const peakMegabytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024;

/**
 * `size` digests into a mail server that keeps nothing, by one worker on PostgreSQL, while single mails are sent: digests a
 * second from the first to the last, the worker's memory, and the delay of an immediate mail before and meanwhile.
 */
export async function benchDigests(size: number): Promise<void> {
  const exchange = await openScratchExchange("postgres", "bench");
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-digests-"));
  const file = path.join(directory, "accepted");
  const children: ChildProcess[] = [];
  try {
    // a scratch exchange has no queue of its own
    await migrate(exchange.databaseUrl, "prisma", true);
    await fillPeople(exchange, size);
    const sink = spawnOurs("scripts/lib/smtp-sink.ts", [file], {});
    children.push(sink);
    const port = await said(sink, /\d+/);
    const heard = acceptedIn(file);
    const { env } = exchange.ctx;
    const worker = spawnOurs("workers/main.ts", [], {
      NODE_ENV: "production",
      APP_MODE: "test",
      DATABASE_URL: exchange.databaseUrl,
      DATA_DIR: directory,
      PUBLIC_URL: env.PUBLIC_URL,
      SESSION_SECRET: env.SESSION_SECRET,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      LOG_LEVEL: "info",
      REDIS_URL: "",
      MEILI_URL: "",
    });
    children.push(worker);
    await said(worker, /worker ready/);
    worker.stdout?.resume();
    let sent = 0;
    await immediate(exchange, heard, () => sent++ >= 10);
    sent = 0;
    const idle = await immediate(exchange, heard, () => sent++ >= SAMPLES);

    await exchange.ctx.db.$executeRaw`UPDATE notice SET digest_due_at = ${exchange.ctx.clock.now()}`;
    const before = heard().length;
    const spentBefore = processorMs(worker.pid ?? 0);
    let over = false;
    const meanwhile = immediate(exchange, heard, () => over);
    const digests = () => exchange.ctx.db.mail.count({ where: { kind: "digest", state: { in: ["sent", "failed"] } } });
    // the database is asked only when all may be over: who measures must not take the machine's time
    while (heard().length - before < size || (await digests()) < size) await pause(500);
    const spent = processorMs(worker.pid ?? 0) - spentBefore;
    over = true;
    const busy = await meanwhile;

    const rows = await exchange.ctx.db.mail.findMany({ where: { kind: "digest" }, select: { messageId: true } });
    const digestIds = new Set(rows.map((row) => row.messageId));
    const all = heard().slice(before);
    const times = all.filter(({ messageId }) => digestIds.has(messageId)).map(({ at }) => at);
    const seconds = millis(times[0] ?? 0n, times.at(-1) ?? 0n) / 1_000;
    const rate = times.length / seconds;
    const p95 = { idle: percentile(idle, 0.95), busy: percentile(busy, 0.95) };
    const megabytes = peakMegabytes(worker.pid ?? 0);
    const mark = (good: boolean) => (good ? "" : "   goal missed");
    console.log(`${times.length} of ${size} digests accepted in ${seconds.toFixed(1)} s (${all.length} mails in all)`);
    console.log(`  digests a second   ${rate.toFixed(0)}   goal ${GOAL.perSecond}${mark(rate >= GOAL.perSecond)}`);
    console.log(
      `  worker, peak       ${megabytes.toFixed(0)} MiB   goal ${GOAL.megabytes}${mark(megabytes <= GOAL.megabytes)}`,
    );
    console.log(`  worker, processor  ${(spent / size).toFixed(2)} ms a digest, immediate mails included`);
    console.log(
      `  immediate mail     p95 ${p95.idle.toFixed(0)} ms idle, ${p95.busy.toFixed(0)} ms meanwhile (${idle.length} and ${busy.length} mails), ratio ${(p95.busy / p95.idle).toFixed(2)}   goal ${GOAL.slower}${mark(p95.busy <= GOAL.slower * p95.idle)}`,
    );
    console.log(
      `  immediate mail     p50 ${percentile(idle, 0.5).toFixed(0)} ms idle, ${percentile(busy, 0.5).toFixed(0)} ms meanwhile`,
    );
  } finally {
    for (const child of children) child.kill("SIGTERM");
    await exchange.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
