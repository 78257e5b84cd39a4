/** Ranks the needs of a judged set through the product's own path, with the product's weights and with held-out ones. */
import { listSectors, loadManyForMatching } from "~/modules/listings/index.server";
import { measuring, rankCandidates } from "~/modules/matching/index.server";
import type { Ctx } from "~/platform/context";
import { fitWeights, Trials } from "./fit";
import { buildFeatures } from "./fit-features";
import { foldsOf, type JudgedSet } from "./judged-set";
import { gradesOf, isAnswerable, type Run } from "./run-score";
import { type ScratchListing, type SearchEngine, withScratchExchange } from "./scratch-exchange";

const KEPT = 50;

/** Needs' fifty best, before threshold and caps. */
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
    const { ranked } = await rankCandidates(ctx, need, { engine });
    run[nameOf.get(need.id) ?? need.id] = ranked
      .slice(0, KEPT)
      .map(({ other, card }) => ({ id: nameOf.get(other.id) ?? other.id, score: card.score }));
  }
  // a need that the import left out found nothing: it counts, as nothing
  for (const id of needIds) run[id] ??= [];
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

export type Measured = {
  product: Run;
  /** null with fewer than two folds */
  heldOut: Run | null;
  folds: number;
  /** dictionary entries taken out */
  left: number;
  /** ms to rank one need with the product's weights */
  perNeed: number;
};

/** @param withoutOfNeeds take every dictionary entry out that any need of the set uses */
export async function measureSet(
  set: JudgedSet,
  search: SearchEngine,
  { folds: count, seed, withoutOfNeeds }: { folds: number; seed: number; withoutOfNeeds: boolean },
): Promise<Measured> {
  return withScratchExchange(set, search, async (ctx, listings) => {
    const left = withoutOfNeeds ? await conceptsOfNeeds(ctx, listings) : new Set<number>();
    const engine: measuring.Engine =
      left.size === 0 ? measuring.ENGINE : { ...measuring.ENGINE, dictionary: measuring.dictionaryWithout(left) };
    const { run: product, perNeed } = await rankNeeds(ctx, listings, new Set(set.needOf.keys()), engine);
    const folds = foldsOf(set, count, seed).filter((fold) => fold.length > 0);
    const heldOut = folds.length < 2 ? null : await rankHeldOut(ctx, listings, set, engine, folds);
    return { product, heldOut, folds: folds.length, left: left.size, perNeed };
  });
}
