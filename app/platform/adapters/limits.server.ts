import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import pg from "pg";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { Env } from "../env.server";
import type { LimitAnswer, LimitName, LimitsPort } from "../ports/limits";

type Rule = { points: number; seconds: number };

/** How often, per key. A key "address:…" may be a whole office or school behind one address: it gets ten times as many. */
const RULES: Record<LimitName, Rule> = {
  "sign-in": { points: 10, seconds: 15 * 60 },
  "sign-up": { points: 5, seconds: 60 * 60 },
  "one-time-link": { points: 5, seconds: 60 * 60 },
  upload: { points: 60, seconds: 60 * 60 },
  draft: { points: 60, seconds: 60 * 60 },
  write: { points: 120, seconds: 60 },
  search: { points: 120, seconds: 60 },
};
const SHARED_ADDRESS_FACTOR = 10;
/** Under test every actor comes from one address, and hundreds of times. */
const TEST_FACTOR = 1000;

export type LimitsOptions = { rules?: Partial<Record<LimitName, Rule>> };

/**
 * Rate limits shared by all copies of the web process: in Redis when REDIS_URL is set, else in PostgreSQL (schema
 * "limits", made on first use; rows are forgotten by themselves). When the store cannot be reached each process counts
 * for itself, so that a lost Redis does not lock everybody out. Keys are stored as hashes: no e-mail address lies there.
 */
export function createLimits(env: Env, options: LimitsOptions = {}): LimitsPort & { close(): Promise<void> } {
  const factor = env.APP_MODE === "test" && !options.rules ? TEST_FACTOR : 1;
  const rules = { ...RULES, ...options.rules };
  const prefix = `${env.QUEUE_PREFIX}-limit`;
  const limiters = new Map<string, RateLimiterAbstract>();
  let redis: Redis | undefined;
  let pool: pg.Pool | undefined;
  let opening: Promise<void> | undefined;

  async function open(): Promise<void> {
    if (env.REDIS_URL) {
      redis = new Redis(env.REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 1, enableOfflineQueue: false });
      // the limiter below falls back to counting in memory; a listener keeps ioredis from throwing
      redis.on("error", () => undefined);
      await redis.connect().catch(() => undefined);
      return;
    }
    pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 3 });
    pool.on("error", () => undefined);
    await createTable(pool);
  }

  function limiter(name: LimitName, shared: boolean): RateLimiterAbstract {
    const id = shared ? `${name}@` : name;
    const known = limiters.get(id);
    if (known) return known;
    const common = {
      keyPrefix: `${prefix}:${id}`,
      points: rules[name].points * factor * (shared ? SHARED_ADDRESS_FACTOR : 1),
      duration: rules[name].seconds,
    };
    const insuranceLimiter = new RateLimiterMemory(common);
    const made = redis
      ? new RateLimiterRedis({ ...common, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter })
      : new RateLimiterPostgres({
          ...common,
          storeClient: pool,
          storeType: "pool",
          schemaName: "limits",
          tableName: "counter",
          tableCreated: true,
          insuranceLimiter,
        });
    limiters.set(id, made);
    return made;
  }

  async function ready(): Promise<void> {
    opening ??= open();
    try {
      await opening;
    } catch (error) {
      opening = undefined;
      await pool?.end();
      pool = undefined;
      throw error;
    }
  }

  return {
    async consume(name, key): Promise<LimitAnswer> {
      await ready();
      try {
        await limiter(name, key.startsWith("address:")).consume(hashed(key));
        return { allowed: true };
      } catch (outcome) {
        if (!(outcome instanceof RateLimiterRes)) throw outcome;
        return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(outcome.msBeforeNext / 1000)) };
      }
    },
    async reset(name, key) {
      await ready();
      await limiter(name, key.startsWith("address:")).delete(hashed(key));
    },
    async close() {
      if (!opening) return;
      await opening.catch(() => undefined);
      redis?.disconnect();
      await pool?.end();
      opening = undefined;
      limiters.clear();
    },
  };
}

function hashed(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 27);
}

/** Two processes may make it at the same time: then one of them meets 23505 or 42P07 and the table is there. */
async function createTable(pool: pg.Pool): Promise<void> {
  for (const sql of [
    "CREATE SCHEMA IF NOT EXISTS limits",
    "CREATE UNLOGGED TABLE IF NOT EXISTS limits.counter (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)",
  ]) {
    await pool.query(sql).catch((error: { code?: string }) => {
      if (error.code !== "23505" && error.code !== "42P06" && error.code !== "42P07") throw error;
    });
  }
}
