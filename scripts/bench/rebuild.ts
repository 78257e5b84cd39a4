import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { searchListings } from "~/modules/matching/index.server";
import { bundled } from "../lib/bundled";
import { percentile } from "../lib/random";
import type { ScratchExchange, SearchEngine } from "../lib/scratch-exchange";

type What = { size: number; engine: SearchEngine; typed: string[] };
/** Searches are asked so many milliseconds after the last answer: the machine's work is the rebuild. */
const PAUSE_MS = 200;

/** `npm run reindex` in a process of its own, killed once it says that it indexed `most`. */
async function reindex(world: ScratchExchange, { engine, most }: { engine: SearchEngine; most: number }) {
  const { MEILI_URL = "", ...others } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [bundled("scripts/reindex.ts")], {
    env: {
      ...others,
      ...(engine === "meilisearch" ? { MEILI_URL } : {}),
      NODE_ENV: "production",
      APP_MODE: "test",
      DATABASE_URL: world.databaseUrl,
      DATA_DIR: world.ctx.env.DATA_DIR,
      SEARCH_PREFIX: "bench_",
      SESSION_SECRET: "a secret for measuring that is long enough",
      PUBLIC_URL: "http://127.0.0.1:3000",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let indexed = 0;
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    indexed = Number(/^(?:Indexed )?(\d+) listings/.exec(line)?.[1] ?? indexed);
    if (indexed >= most) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return { indexed, last, ms: performance.now() - began, killed: child.signalCode === "SIGKILL" };
}

/** Asks one after the other until it is stopped, and looks whether each finds as many as before. */
async function askMeanwhile(world: ScratchExchange, typed: string[]) {
  const anonymous = { ...world.ctx, actor: { kind: "anonymous" as const } };
  const ask = async (q: string) => (await searchListings(anonymous, { q, sort: "relevance", page: 1 })).total;
  const before = new Map<string, number>();
  for (const q of typed) before.set(q, await ask(q));
  const times: number[] = [];
  let wrong = 0;
  let on = true;
  const running = (async () => {
    for (let at = 0; on; at += 1) {
      const q = typed[at % typed.length] ?? "";
      const began = performance.now();
      const total = await ask(q);
      times.push(performance.now() - began);
      if (total !== before.get(q)) wrong += 1;
      await pause(PAUSE_MS);
    }
  })();
  return async () => {
    on = false;
    await running;
    const sorted = [...times].sort((a, b) => a - b);
    return { asked: times.length, wrong, p95: percentile(sorted, 0.95) };
  };
}

/** Kills a rebuild half way and runs it again; searches are asked from its beginning to its end. */
export async function killAndResume(world: ScratchExchange, { size, engine, typed }: What): Promise<void> {
  const stopAsking = await askMeanwhile(
    world,
    typed.filter((_, at) => at % 10 === 0),
  );
  const rate = (indexed: number, ms: number) => `${Math.round(indexed / (ms / 1000))} listings/s`;
  const first = await reindex(world, { engine, most: size / 2 });
  console.log(`killed after ${first.indexed} listings: ${rate(first.indexed, first.ms)}`);
  const second = await reindex(world, { engine, most: Number.POSITIVE_INFINITY });
  console.log(`run again: ${second.last} ${rate(second.indexed, second.ms)}`);
  const { asked, wrong, p95 } = await stopAsking();
  console.log(
    `written in both runs together: ${first.indexed + second.indexed} of ${size}; searches meanwhile: ${asked}, p95 ${p95.toFixed(0)} ms, ${asked - wrong} found as many as before`,
  );
  if (!first.killed || second.killed) throw new Error("it was not killed half way and ended after that");
  if (first.indexed + second.indexed > size * 1.05) throw new Error("it began anew instead of going on");
}
