/** An exchange of its own in a scratch database, for measuring. */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { ensureOffice } from "~/modules/accounts/index.server";
import { importListings } from "~/modules/listings/index.server";
import { embedListings, rebuildIndex } from "~/modules/matching/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { parseEnv } from "~/platform/env.server";
import { seedReferenceData } from "../../prisma/seed/reference-data";
import { migrate } from "../migrate";
import type { JudgedSet } from "./judged-set";
import { startScratchPostgres } from "./postgres.mjs";

export type SearchEngine = "postgres" | "meilisearch";
export type ScratchListing = { id: string; externalId: string; kind: "need" | "offering" };
export type ScratchExchange = { ctx: Ctx; officeId: string; databaseUrl: string; close(): Promise<void> };

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function existsOn(url: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client
    .query("SELECT 1 FROM pg_database WHERE datname = $1", [name])
    .finally(() => client.end());
  return rowCount === 1;
}

/**
 * An exchange with reference data and an office and nothing else, on the server of DATABASE_URL or in a PostgreSQL started for
 * it; close() drops it. `meilisearch` uses MEILI_URL (and MEILI_KEY) with an index prefix of its own.
 * @param kept the name of a database that is used as it stands, made when it is not there, and never dropped: needs DATABASE_URL
 */
export async function openScratchExchange(
  engine: SearchEngine,
  purpose: "eval" | "bench",
  kept?: string,
): Promise<ScratchExchange> {
  if (kept && !process.env.DATABASE_URL) throw new Error("a database is kept on the server of DATABASE_URL only");
  if (engine === "meilisearch" && !process.env.MEILI_URL) throw new Error("--engine meilisearch needs MEILI_URL");
  const directory = mkdtempSync(path.join(os.tmpdir(), `cungcau-${purpose}-`));
  chmodSync(directory, 0o755);
  const own = process.env.DATABASE_URL ? null : await startScratchPostgres({ projectDir: process.cwd(), directory });
  const serverUrl = own?.url("postgres") ?? process.env.DATABASE_URL ?? "";
  const name = kept ?? `cungcau_${purpose}_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const clear = async () => {
    if (!kept) await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {});
    await own?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    if (!(await existsOn(serverUrl, name))) await onServer(serverUrl, `CREATE DATABASE ${name}`);
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
      SEARCH_PREFIX: `${purpose}_`,
      LOG_LEVEL: "warn",
    });
    const container = createServeContainer(env, { name: purpose });
    const ctx = systemCtx(container, purpose);
    await seedReferenceData(ctx);
    await ensureOffice(ctx, {
      code: purpose.toUpperCase(),
      provinceCode: "22",
      nameVi: "Đo lường",
      nameEn: "Measuring",
      phone: "0",
      email: `${purpose}@cungcau.invalid`,
    });
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

async function fill(ctx: Ctx, set: JudgedSet): Promise<ScratchListing[]> {
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
  // where a language model is named, hybrid ranking is what is measured
  await embedListings(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, externalId, kind }) => ({ id, externalId: externalId ?? id, kind }));
}

/** Loads a judged set through the product's import and index into an exchange of its own and hands both to `work`. */
export async function withScratchExchange<T>(
  set: JudgedSet,
  engine: SearchEngine,
  work: (ctx: Ctx, listings: ScratchListing[]) => Promise<T>,
): Promise<T> {
  const exchange = await openScratchExchange(engine, "eval");
  try {
    return await work(exchange.ctx, await fill(exchange.ctx, set));
  } finally {
    await exchange.close();
  }
}
