/**
 * Matching quality on a judged set, through the product's own import, index and ranking:
 *   npm run eval -- --offerings F --needs F --qrels F [--engine postgres|meilisearch] [--out run.json]
 *                   [--folds 5] [--seed 1] [--without-dictionary-of-needs]
 * Files as described in prisma/seed/data/listings/SOURCES.md (the default). Two tables: the product as it is, and held-out folds,
 * where the fitted weights were chosen on the other folds only (folds keep variants, pages and topics together; `--folds 0`
 * leaves that table out). `--without-dictionary-of-needs` takes every dictionary entry out that any need of the set uses.
 * Works in a database of its own, made on the server of DATABASE_URL or in a PostgreSQL started for it, and dropped afterwards.
 * `--engine meilisearch` uses MEILI_URL.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { listSectors, loadManyForMatching } from "~/modules/listings/index.server";
import { ENGINE_VERSION, measuring, rankCandidates } from "~/modules/matching/index.server";
import type { Ctx } from "~/platform/context";
import { reportRun } from "./lib/eval-report";
import { fitWeights, Trials } from "./lib/fit";
import { buildFeatures } from "./lib/fit-features";
import { foldsOf, type JudgedSet, readJudgedSet } from "./lib/judged-set";
import { gradesOf, isAnswerable, type Run } from "./lib/run-score";
import { type ScratchListing, withScratchExchange } from "./lib/scratch-exchange";

const KEPT = 50;
const DATA = path.join("prisma", "seed", "data", "listings");
const { values: options } = parseArgs({
  options: {
    offerings: { type: "string", default: path.join(DATA, "offerings.json") },
    needs: { type: "string", default: path.join(DATA, "needs.json") },
    qrels: { type: "string", default: path.join(DATA, "qrels.json") },
    engine: { type: "string", default: "postgres" },
    out: { type: "string" },
    folds: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    "without-dictionary-of-needs": { type: "boolean", default: false },
  },
});

/** Ranks needs through the product's path: their fifty best, before threshold and caps. */
async function rankNeeds(
  ctx: Ctx,
  listings: readonly ScratchListing[],
  needIds: ReadonlySet<string>,
  engine: measuring.Engine,
): Promise<{ run: Run; perNeed: number }> {
  const nameOf = new Map(listings.map(({ id, externalId }) => [id, externalId]));
  const needs = listings.filter(({ kind, externalId }) => kind === "need" && needIds.has(externalId));
  const loaded = await loadManyForMatching(
    ctx.db,
    needs.map(({ id }) => id),
  );
  const run: Run = {};
  const began = performance.now();
  for (const need of loaded) {
    const { ranked } = await rankCandidates(ctx, need, [], engine);
    run[nameOf.get(need.id) ?? need.id] = ranked
      .slice(0, KEPT)
      .map(({ other, card }) => ({ id: nameOf.get(other.id) ?? other.id, score: card.score }));
  }
  return { run, perNeed: (performance.now() - began) / Math.max(1, loaded.length) };
}

/** Concepts of the dictionary that any need of the set uses. */
async function conceptsOfNeeds(ctx: Ctx, listings: readonly ScratchListing[]): Promise<Set<number>> {
  const ids = listings.filter(({ kind }) => kind === "need").map(({ id }) => id);
  const needs = await loadManyForMatching(ctx.db, ids);
  return new Set(needs.flatMap((need) => [...measuring.readListing(need).concepts.keys()]));
}

/** Every need ranked with weights that were fitted without its fold. */
async function rankHeldOut(
  ctx: Ctx,
  listings: readonly ScratchListing[],
  set: JudgedSet,
  engine: measuring.Engine,
  folds: string[][],
): Promise<Run> {
  const all = await loadManyForMatching(
    ctx.db,
    listings.map(({ id }) => id),
  );
  const grades = gradesOf(set.judgements);
  const features = buildFeatures(all, listings, await listSectors(ctx), engine, ctx.clock.now());
  const trials = new Trials(features, grades);
  const run: Run = {};
  for (const fold of folds) {
    const out = new Set(fold);
    const training = [...grades].filter(([id, judged]) => !out.has(id) && isAnswerable(judged)).map(([id]) => id);
    const { weights } = fitWeights(trials, training, set.groupOf);
    Object.assign(run, (await rankNeeds(ctx, listings, out, { ...engine, weights })).run);
  }
  return run;
}

async function main(): Promise<void> {
  const { engine: search } = options;
  if (search !== "postgres" && search !== "meilisearch") throw new Error("--engine is postgres or meilisearch");
  const set = readJudgedSet(options);
  await withScratchExchange(set, search, async (ctx, listings) => {
    let engine = measuring.ENGINE;
    if (options["without-dictionary-of-needs"]) {
      const left = await conceptsOfNeeds(ctx, listings);
      engine = { ...engine, dictionary: measuring.dictionaryWithout(left) };
      console.log(`${left.size} concepts of the dictionary that needs use were taken out\n`);
    }
    const { run, perNeed } = await rankNeeds(ctx, listings, new Set(set.needOf.keys()), engine);
    console.log(
      `${set.offerings.length} offerings, ${set.needs.length} needs; ${Math.round(perNeed)} ms per need (${ctx.search.engine}, engine ${ENGINE_VERSION})\n`,
    );
    if (options.out) writeFileSync(options.out, `${JSON.stringify(run, null, 1)}\n`);
    console.log(reportRun("The product as it is", run, set));
    const folds = foldsOf(set, Number(options.folds), Number(options.seed)).filter((fold) => fold.length > 0);
    if (folds.length < 2) return;
    const heldOut = await rankHeldOut(ctx, listings, set, engine, folds);
    console.log(`\n${reportRun(`Held out: ${folds.length} folds, weights fitted on the others`, heldOut, set)}`);
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
