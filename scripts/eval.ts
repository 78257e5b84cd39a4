/**
 * Matching quality on a judged set, through the product's own import, index and ranking:
 *   npm run eval -- --offerings F --needs F --qrels F [--engine postgres|meilisearch] [--out run.json]
 * Files as described in prisma/seed/data/listings/SOURCES.md (the default). Works in a database of its own, made on the
 * server of DATABASE_URL or in a PostgreSQL started for it, and dropped afterwards. `--engine meilisearch` uses MEILI_URL.
 */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { z } from "zod";
import { ensureOffice } from "~/modules/accounts/index.server";
import { importListings, loadForMatching } from "~/modules/listings/index.server";
import { rankCandidates, rebuildIndex } from "~/modules/matching/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { parseEnv } from "~/platform/env.server";
import { seedReferenceData } from "../prisma/seed/reference-data";
import { startScratchPostgres } from "./lib/postgres.mjs";
import { type Judgement, type Run, type RunFigures, scoreRun } from "./lib/run-score";
import { migrate } from "./migrate";

const KEPT = 50;
const DATA = path.join("prisma", "seed", "data", "listings");
const { values: options } = parseArgs({
  options: {
    offerings: { type: "string", default: path.join(DATA, "offerings.json") },
    needs: { type: "string", default: path.join(DATA, "needs.json") },
    qrels: { type: "string", default: path.join(DATA, "qrels.json") },
    engine: { type: "string", default: "postgres" },
    out: { type: "string" },
  },
});

const rowsSchema = z.array(z.looseObject({ id: z.string() }));
const needSchema = z.object({
  id: z.string(),
  caseTypes: z.array(z.string()).optional(),
  sameSourceOfferings: z.array(z.string()).optional(),
});
const judgementSchema = z.array(z.object({ needId: z.string(), offeringId: z.string(), grade: z.number() }));
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** A server to make the scratch database on. */
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

async function rankAll(ctx: Ctx): Promise<Run> {
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
    ...rowsSchema.parse(read(options.offerings)).map((row) => ({ ...row, kind: "offering" })),
    ...rowsSchema.parse(read(options.needs)).map((row) => ({ ...row, kind: "need" })),
  ];
  const imported = await importListings(ctx, { items, homeExchange: "eval" });
  if (!imported.ok) throw new Error(imported.code);
  for (const problem of imported.value.problems)
    console.error(`Left out: row ${problem.row} (${problem.id ?? "no id"}): ${problem.detail}`);
  await ctx.search.prepare();
  await rebuildIndex(ctx);
  const listings = await ctx.db.listing.findMany({
    select: { id: true, externalId: true, kind: true },
    orderBy: { externalId: "asc" },
  });
  const externalId = new Map(listings.map((listing) => [listing.id, listing.externalId ?? listing.id]));
  const run: Run = {};
  const began = performance.now();
  const needs = listings.filter((listing) => listing.kind === "need");
  for (const { id } of needs) {
    const need = await loadForMatching(ctx.db, id);
    if (!need) continue;
    const ranked = await rankCandidates(ctx, need);
    run[externalId.get(id) ?? id] = ranked
      .slice(0, KEPT)
      .map(({ other, card }) => ({ id: externalId.get(other.id) ?? other.id, score: card.score }));
  }
  console.log(
    `${items.length} listings; ${needs.length} needs ranked, ${Math.round((performance.now() - began) / Math.max(1, needs.length))} ms each (${ctx.search.engine})\n`,
  );
  return run;
}

function line(name: string, figures: RunFigures): string {
  const numbers = [figures.ndcg10, figures.p5, figures.mrr10, figures.recall20, figures.noAnswerAuc].map((value) =>
    (value === null ? "–" : value.toFixed(3)).padStart(9),
  );
  return `${name.padEnd(22)}${String(figures.answerable).padStart(4)} ${numbers.join(" ")}`;
}

function report(run: Run): void {
  const judgements: Judgement[] = judgementSchema.parse(read(options.qrels));
  const needs = new Map(
    z
      .array(needSchema)
      .parse(read(options.needs))
      .map((need) => [need.id, need]),
  );
  console.log(
    `${"".padEnd(22)}${"n".padStart(4)} ${["nDCG@10", "P@5", "MRR@10", "recall@20", "no-ans AUC"].map((name) => name.padStart(9)).join(" ")}`,
  );
  console.log(line("all", scoreRun(run, judgements)));
  console.log(
    line(
      "without same source",
      scoreRun(run, judgements, (id) => (needs.get(id)?.sameSourceOfferings ?? []).length === 0),
    ),
  );
  for (const type of [...new Set([...needs.values()].flatMap((need) => need.caseTypes ?? []))].sort()) {
    const figures = scoreRun(run, judgements, (id) => needs.get(id)?.caseTypes?.includes(type) ?? false);
    if (figures.answerable > 0) console.log(line(`  ${type}`, figures));
  }
}

async function main(): Promise<void> {
  if (options.engine !== "postgres" && options.engine !== "meilisearch")
    throw new Error("--engine is postgres or meilisearch");
  if (options.engine === "meilisearch" && !process.env.MEILI_URL)
    throw new Error("--engine meilisearch needs MEILI_URL");
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
      ...(options.engine === "meilisearch" ? { MEILI_URL } : {}),
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
    let run: Run;
    try {
      run = await rankAll(systemCtx(container, "eval"));
    } finally {
      await container.close();
    }
    if (options.out) writeFileSync(options.out, `${JSON.stringify(run, null, 1)}\n`);
    report(run);
  } finally {
    await onServer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {});
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
