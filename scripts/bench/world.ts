import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { ensureOffice } from "~/modules/accounts/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { parseEnv } from "~/platform/env.server";
import { seedReferenceData } from "../../prisma/seed/reference-data";
import { startScratchPostgres } from "../lib/postgres.mjs";
import { migrate } from "../migrate";

export type BenchWorld = { ctx: Ctx; officeId: string; databaseUrl: string; close(): Promise<void> };

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * An exchange of its own for measuring, on the server of DATABASE_URL or in a PostgreSQL started for it; dropped by close().
 * `engine` meilisearch uses MEILI_URL (and MEILI_KEY).
 */
export async function openBenchWorld(engine: "postgres" | "meilisearch"): Promise<BenchWorld> {
  if (engine === "meilisearch" && !process.env.MEILI_URL) throw new Error("--engine meilisearch needs MEILI_URL");
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-bench-"));
  chmodSync(directory, 0o755);
  const own = process.env.DATABASE_URL ? null : await startScratchPostgres({ projectDir: process.cwd(), directory });
  const serverUrl = own?.url("postgres") ?? process.env.DATABASE_URL ?? "";
  const name = `cungcau_bench_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const clear = async () => {
    await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {});
    await own?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await onServer(serverUrl, `CREATE DATABASE ${name}`);
    await migrate(url.href, "prisma", false);
    const { MEILI_URL, ...others } = process.env;
    const env = parseEnv({
      ...others,
      ...(engine === "meilisearch" ? { MEILI_URL } : {}),
      REDIS_URL: "",
      NODE_ENV: "production",
      APP_MODE: "test",
      DATABASE_URL: url.href,
      DATA_DIR: directory,
      PUBLIC_URL: "http://127.0.0.1:3000",
      SESSION_SECRET: randomUUID() + randomUUID(),
      SEARCH_PREFIX: "bench_",
      LOG_LEVEL: "warn",
    });
    const container = createServeContainer(env, { name: "bench" });
    const ctx = systemCtx(container, "bench");
    await seedReferenceData(ctx);
    const office = {
      code: "BENCH",
      provinceCode: "22",
      nameVi: "Đo tốc độ",
      nameEn: "Benchmark",
      phone: "0",
      email: "bench@cungcau.invalid",
    };
    await ensureOffice(ctx, office);
    const { id: officeId } = await ctx.db.office.findFirstOrThrow({ select: { id: true } });
    return {
      ctx,
      officeId,
      databaseUrl: url.href,
      async close() {
        await container.close();
        await clear();
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}
