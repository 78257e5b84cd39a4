import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn, signUp } from "~/modules/accounts/index.server";
import { signUpSchema } from "~/modules/accounts/schemas";
import { createLimits } from "~/platform/adapters/limits.server";
import type { Env } from "~/platform/env.server";
import { makeOffice, makePerson, PASSWORD } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
  await makeOffice(world);
});
afterAll(() => world.close());

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
      });
  });
}

function hasRedis(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function contract(env: Env): Promise<void> {
  const rules = { "sign-in": { points: 3, seconds: 60 } };
  const [one, other] = [createLimits(env, { rules }), createLimits(env, { rules })];
  try {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => (n % 2 ? one : other).consume("sign-in", "email:a@example.invalid")),
    );
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(3);
    const refused = await other.consume("sign-in", "email:a@example.invalid");
    expect(refused.allowed).toBe(false);
    if (!refused.allowed) {
      expect(refused.retryAfterSeconds).toBeGreaterThan(50);
      expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60);
    }
    expect((await one.consume("sign-in", "email:b@example.invalid")).allowed).toBe(true);
    expect((await one.consume("sign-up", "email:a@example.invalid")).allowed).toBe(true);
    // an address is many people
    for (let n = 0; n < 30; n++) expect((await one.consume("sign-in", "address:192.0.2.1")).allowed).toBe(true);
    expect((await one.consume("sign-in", "address:192.0.2.1")).allowed).toBe(false);
    await other.reset("sign-in", "email:a@example.invalid");
    expect((await one.consume("sign-in", "email:a@example.invalid")).allowed).toBe(true);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

describe("limits", () => {
  it("counts across processes in PostgreSQL and stores no address", async () => {
    await contract({ ...world.env, QUEUE_PREFIX: "limits_pg" });
    const rows = await world.container.ports.db.$queryRaw<{ key: string }[]>`SELECT key FROM limits.counter`;
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain("example.invalid");
  });

  it.skipIf(!hasRedis() && !process.env.CI)(
    "counts across processes in Redis, and each for itself once Redis is gone",
    async () => {
      const port = await freePort();
      const redis = spawn(
        "redis-server",
        ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        { stdio: "ignore" },
      );
      try {
        const env: Env = { ...world.env, REDIS_URL: `redis://127.0.0.1:${port}` };
        const { Redis } = await import("ioredis");
        await eventually(async () => {
          const probe = new Redis(port, "127.0.0.1", {
            lazyConnect: true,
            maxRetriesPerRequest: 0,
            retryStrategy: () => null,
          });
          probe.on("error", () => undefined);
          return probe
            .connect()
            .then(
              () => true,
              () => false,
            )
            .finally(() => probe.disconnect());
        });
        await contract(env);
        const limits = createLimits(env, { rules: { write: { points: 2, seconds: 60 } } });
        expect((await limits.consume("write", "a")).allowed).toBe(true);
        redis.kill("SIGKILL");
        await eventually(async () => !(await limits.consume("write", "a")).allowed, {
          what: "the limit without Redis",
        });
        await limits.close();
      } finally {
        redis.kill("SIGKILL");
      }
    },
  );

  it("stops guessing at one address and says when to try again; other people sign in as before", async () => {
    const { actor } = await makePerson(world);
    const { actor: other } = await makePerson(world);
    const limits = createLimits({ ...world.env, APP_MODE: "demo", QUEUE_PREFIX: "limits_guess" });
    try {
      const ctx = { ...world.ctx(), limits };
      const guess = (email: string, password: string) => signIn(ctx, { email, password, remoteAddress: "192.0.2.9" });
      for (let n = 0; n < 10; n++)
        expect(await guess(actor.email, `đoán lần ${n}`)).toMatchObject({ code: "accounts:error.signInWrong" });
      const refused = await guess(actor.email, PASSWORD);
      expect(refused).toMatchObject({
        ok: false,
        code: "accounts:error.tooMany",
        params: { minutes: 15, time: "09:15" },
      });
      expect((await guess(other.email, PASSWORD)).ok).toBe(true);
      const form = signUpSchema.parse({
        fullName: "X",
        email: "flood@example.invalid",
        password: PASSWORD,
        consents: ["account"],
      });
      const answers = [];
      for (let n = 0; n < 6; n++) answers.push((await signUp(ctx, { ...form, remoteAddress: "192.0.2.9" })).ok);
      expect(answers).toEqual([true, true, true, true, true, false]);
    } finally {
      await limits.close();
    }
  });
});
