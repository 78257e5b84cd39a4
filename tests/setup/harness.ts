import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { inject } from "vitest";
import type { WorkContainer } from "~/platform/container.server";
import type { Actor, Ctx } from "~/platform/context";
import { type Env, parseEnv } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { createLogger } from "~/platform/logger.server";
import { fixedClock } from "~/platform/ports/clock";
import { cloneDatabase, dropDatabase } from "./database";

/** The moment at which test worlds begin unless they say otherwise: a Monday morning in Ha Long. */
export const TEST_START = new Date("2026-11-23T02:00:00.000Z");

export type TestWorldOptions = {
  start?: Date;
  /** variables over the test defaults, e.g. { REDIS_URL, SMTP_URL, MEILI_URL } */
  env?: Record<string, string>;
  /** connections of the pool; concurrency tests want more */
  poolSize?: number;
  locale?: Ctx["locale"];
};

export type TestWorld = {
  env: Env;
  container: WorkContainer;
  clock: ReturnType<typeof fixedClock>;
  /** a context for this actor (anonymous when left out), with a request id of its own */
  ctx(actor?: Actor): Ctx;
  /** a context in which the system acts */
  system: Ctx;
  databaseUrl: string;
  /** what was logged so far, parsed */
  logLines(): Record<string, unknown>[];
  /** what was logged so far, as written */
  logText(): string;
  close(): Promise<void>;
};

/** A freshly cloned, migrated, empty database without the rest of the exchange. */
export async function openTestDatabase(): Promise<{ url: string; name: string; close(): Promise<void> }> {
  const serverUrl = inject("serverUrl");
  const name = `cungcau_test_${inject("runId")}_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const url = await cloneDatabase(serverUrl, inject("template"), name);
  return { url, name, close: () => dropDatabase(serverUrl, name) };
}

/**
 * A whole exchange of its own for one test file: a freshly cloned, migrated, empty database, a temporary DATA_DIR, its
 * own queue and index names, a clock moved by hand. Open it in `beforeAll`, close it in `afterAll`.
 */
export async function openTestWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const { createWorkContainer } = await import("~/platform/container.server");
  const id = randomUUID().replaceAll("-", "").slice(0, 16);
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "cungcau-test-"));
  const env = parseEnv({
    NODE_ENV: "test",
    APP_MODE: "test",
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PUBLIC_URL: "http://127.0.0.1:3000",
    SESSION_SECRET: "a secret for tests that is long enough",
    QUEUE_PREFIX: `test_${id}`,
    SEARCH_PREFIX: `test_${id}_`,
    LOG_LEVEL: "debug",
    ...options.env,
  });
  const lines: string[] = [];
  const log = createLogger(env.LOG_LEVEL, "test", { write: (line: string) => void lines.push(line) });
  const clock = fixedClock(options.start ?? TEST_START);
  const container = createWorkContainer(env, { clock, log, name: "test", poolSize: options.poolSize ?? 5 });
  const ctx = (actor: Actor = { kind: "anonymous" }): Ctx => ({
    ...container.ports,
    log,
    actor,
    requestId: newId(),
    locale: options.locale ?? "vi",
  });
  return {
    env,
    container,
    clock,
    ctx,
    system: ctx({ kind: "system", name: "test" }),
    databaseUrl: database.url,
    logLines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    logText: () => lines.join(""),
    async close() {
      await container.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks again and again until the answer is there; a bound, not a sleep. */
export async function eventually<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  { within = 10_000, every = 25, what = "the expected state" } = {},
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
