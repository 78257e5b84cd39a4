/** An exchange of its own in a scratch database, filled through the product's import and index, for measuring. */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { ensureOffice } from "~/modules/accounts/index.server";
import { importListings } from "~/modules/listings/index.server";
import { rebuildIndex } from "~/modules/matching/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { parseEnv } from "~/platform/env.server";
import { seedReferenceData } from "../../prisma/seed/reference-data";
import { migrate } from "../migrate";
import type { JudgedSet } from "./judged-set";
import { startScratchPostgres } from "./postgres.mjs";

export type SearchEngine = "postgres" | "meilisearch";
export type ScratchListing = { id: string; externalId: string; kind: "need" | "offering" };

/** A server to make the scratch database on: the one of DATABASE_URL, or a PostgreSQL started for it. */
async function openServer(): Promise<{ url: string; close(): Promise<void> }> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, close: async () => {} };
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-eval-"));
  chmodSync(directory, 0o755);
  const server = await startScratchPostgres({ projectDir: process.cwd(), directory });
  return {
    url: server.url("postgres"),
    close: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function fill(ctx: Ctx, set: JudgedSet): Promise<ScratchListing[]> {
  await seedReferenceData(ctx);
  await ensureOffice(ctx, {
    code: "EVAL",
    provinceCode: "22",
    nameVi: "Đo chất lượng",
    nameEn: "Evaluation",
    phone: "0",
    email: "eval@cungcau.invalid",
  });
  const items = [
    ...set.offerings.map((row) => ({ ...row, kind: "offering" })),
    ...set.needs.map((row) => ({ ...row, kind: "need" })),
  ];
  const imported = await importListings(ctx, { items, homeExchange: "eval" });
  if (!imported.ok) throw new Error(imported.code);
  for (const problem of imported.value.problems)
    console.error(`Left out: row ${problem.row} (${problem.id ?? "no id"}): ${problem.detail}`);
  await ctx.search.prepare();
  await rebuildIndex(ctx);
  const rows = await ctx.db.listing.findMany({
    select: { id: true, externalId: true, kind: true },
    orderBy: { externalId: "asc" },
  });
  return rows.map(({ id, externalId, kind }) => ({ id, externalId: externalId ?? id, kind }));
}

/**
 * Loads a judged set into a fresh database and index, hands them to `work` and drops them afterwards.
 * `meilisearch` uses MEILI_URL (and MEILI_KEY) with an index prefix of its own.
 */
export async function withScratchExchange<T>(
  set: JudgedSet,
  engine: SearchEngine,
  work: (ctx: Ctx, listings: ScratchListing[]) => Promise<T>,
): Promise<T> {
  if (engine === "meilisearch" && !process.env.MEILI_URL) throw new Error("--engine meilisearch needs MEILI_URL");
  const server = await openServer();
  const name = `cungcau_eval_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "cungcau-eval-data-"));
  try {
    await onServer(server.url, `CREATE DATABASE ${name}`);
    await migrate(url.href, "prisma", false);
    const { MEILI_URL, ...others } = process.env;
    const env = parseEnv({
      ...others,
      ...(engine === "meilisearch" ? { MEILI_URL } : {}),
      REDIS_URL: "",
      NODE_ENV: "production",
      APP_MODE: "test",
      DATABASE_URL: url.href,
      DATA_DIR: dataDir,
      PUBLIC_URL: "http://127.0.0.1:3000",
      SESSION_SECRET: randomUUID() + randomUUID(),
      SEARCH_PREFIX: "eval_",
      LOG_LEVEL: "warn",
    });
    const container = createServeContainer(env, { name: "eval" });
    try {
      const ctx = systemCtx(container, "eval");
      return await work(ctx, await fill(ctx, set));
    } finally {
      await container.close();
    }
  } finally {
    await onServer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {});
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
