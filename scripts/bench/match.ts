import { loadForMatching } from "~/modules/listings/index.server";
import {
  computeMatches,
  computeMatchesJob,
  countCorpus,
  indexListing,
  rankCandidates,
} from "~/modules/matching/index.server";
import { percentile } from "../lib/random";
import { openScratchExchange, type ScratchExchange } from "../lib/scratch-exchange";
import { fillWorld } from "./fill";
import { drawNeeds, type Need, rankAll, TOP } from "./rank-all";
import { rawEngine } from "./raw-match";

const WARM_UP = 20;
const TIMED_NEEDS = 200;
/** Every pair of these is weighed, so they are few. */
const EXHAUSTIVE_NEEDS = 40;
/** Listings published one after the other. */
const PUBLISHED = 50;

export type MatchFigures = { size: number; p50: number; p95: number; recall: number };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const sorted = (list: number[]) => [...list].sort((a, b) => a - b);
const ms = (value: number) => `${value.toFixed(1)} ms`;
const seconds = async (work: () => Promise<unknown>) => `${((await timed(work)) / 1_000).toFixed(1)} s`;
const at = (list: number[], share: number) => percentile(sorted(list), share);

/** From the need's id on, as the worker does it. */
async function tenMatches(world: ScratchExchange, need: Need): Promise<string[]> {
  const listing = await loadForMatching(world.ctx.db, need.id);
  if (!listing) return [];
  const { ranked } = await rankCandidates(world.ctx, listing, { wanted: TOP });
  return ranked.map(({ other }) => other.id);
}

/** Need → ten matches with their evidence, beside the raw engine in turn, then against weighing every offering. */
export async function measureMatching(world: ScratchExchange, size: number): Promise<MatchFigures> {
  const needs = await drawNeeds(world, TIMED_NEEDS + WARM_UP, 11);
  const raw = await rawEngine(world);
  const [first, ...warm] = needs.slice(0, WARM_UP);
  if (first) console.log(`first need of a process: ${await seconds(() => tenMatches(world, first))}`);
  for (const need of warm) {
    await tenMatches(world, need);
    await raw.ask(need);
  }
  const ours: number[] = [];
  const bare: number[] = [];
  for (const need of needs.slice(WARM_UP)) {
    ours.push(await timed(() => tenMatches(world, need)));
    bare.push(await raw.ask(need));
  }
  await raw.close();
  const [p50, p95, raw50, raw95] = [at(ours, 0.5), at(ours, 0.95), at(bare, 0.5), at(bare, 0.95)];
  console.log(
    `need → ${TOP} matches with evidence, ${ours.length} needs: p50 ${ms(p50)}, p95 ${ms(p95)}; raw engine p50 ${ms(raw50)}, p95 ${ms(raw95)}; ratio at p95 ${(p95 / raw95).toFixed(2)}`,
  );

  const sample = needs.slice(WARM_UP, WARM_UP + EXHAUSTIVE_NEEDS);
  let every = new Map<string, string[]>();
  const took = await seconds(async () => {
    every = await rankAll(world, sample);
  });
  let found = 0;
  let asked = 0;
  for (const need of sample) {
    const wanted = every.get(need.id) ?? [];
    const got = new Set(await tenMatches(world, need));
    asked += wanted.length;
    found += wanted.filter((id) => got.has(id)).length;
  }
  const recall = found / Math.max(1, asked);
  console.log(`recall@${TOP} against weighing all offerings (${took}), ${sample.length} needs: ${recall.toFixed(3)}`);
  return { size, p50, p95, recall };
}

/** Needs matched and stored as the worker does after a change of the engine: as many at a time as its job says. */
async function rematch(world: ScratchExchange, count: number): Promise<void> {
  const rows = await world.ctx.db.listing.findMany({
    where: { kind: "need", state: "published" },
    select: { id: true },
    orderBy: { id: "asc" },
    take: count,
  });
  const ids = rows.map(({ id }) => id).values();
  let most = process.memoryUsage.rss();
  const one = async () => {
    for (const id of ids) {
      await computeMatches(world.ctx, id);
      most = Math.max(most, process.memoryUsage.rss());
    }
  };
  const took = await timed(() => Promise.all(Array.from({ length: computeMatchesJob.concurrency }, one)));
  console.log(
    `re-matching ${rows.length} needs, ${computeMatchesJob.concurrency} at a time: ${(rows.length / (took / 1_000)).toFixed(1)} needs/s, peak memory ${Math.round(most / 2 ** 20)} MiB`,
  );
}

/** Listings published again one by one: the worker's job from the event to stored matches, terms and search document included. */
async function publish(world: ScratchExchange): Promise<void> {
  const { db } = world.ctx;
  const rows = await db.listing.findMany({
    where: { state: "published" },
    select: { id: true },
    orderBy: { reference: "desc" },
    take: PUBLISHED,
  });
  const took: number[] = [];
  for (const { id } of rows) {
    await db.listing.update({ where: { id }, data: { rowVersion: { increment: 1 } } });
    took.push(
      await timed(async () => {
        await indexListing(world.ctx, id);
        await computeMatches(world.ctx, id);
      }),
    );
  }
  console.log(
    `published → indexed and matched, ${took.length} listings: p50 ${ms(at(took, 0.5))}, p95 ${ms(at(took, 0.95))}`,
  );
}

/** Fills a world, or takes it as an earlier run with `--keep` left it. */
async function filled(world: ScratchExchange, size: number): Promise<void> {
  const there = await world.ctx.db.listing.count({ where: { state: "published" } });
  if (there === size) return console.log("filled by an earlier run");
  if (there > 0)
    throw new Error(`${new URL(world.databaseUrl).pathname.slice(1)} is half filled: drop it and begin again`);
  console.log(`filled in ${await seconds(() => fillWorld(world, size, () => {}))}`);
}

async function inWorld<T>(
  size: number,
  { engine, keep }: MatchBench,
  work: (world: ScratchExchange) => Promise<T>,
): Promise<T> {
  const world = await openScratchExchange(engine, "bench", keep ? `cungcau_bench_match_${size}` : undefined);
  try {
    console.log(`\n${size} listings on ${engine}`);
    await filled(world, size);
    await world.ctx.search.prepare();
    console.log(`read and counted in ${await seconds(() => countCorpus(world.ctx, { least: 0 }))}`);
    return await work(world);
  } finally {
    await world.close();
  }
}

export type MatchBench = {
  engine: "postgres" | "meilisearch";
  /** leaves the filled databases for the next run */
  keep: boolean;
};

/** From 100,000 listings on the growth exponent is measured too: the slope from a tenth of them on a log-log scale. */
export async function benchMatch(size: number, options: MatchBench): Promise<void> {
  const measure = async (world: ScratchExchange, held: number) => {
    const figures = await measureMatching(world, held);
    await publish(world);
    return figures;
  };
  const small = size >= 100_000 ? await inWorld(size / 10, options, (world) => measure(world, size / 10)) : null;
  const full = await inWorld(size, options, (world) => measure(world, size));
  if (!small) return;
  const slope = (of: "p50" | "p95") => (Math.log10(full[of] / small[of]) / Math.log10(size / small.size)).toFixed(2);
  console.log(`\ngrowth exponent ${small.size} → ${size}: ${slope("p50")} at the median, ${slope("p95")} at p95`);
}

/**
 * Needs matched anew as after a change of the engine, in a process that does nothing else, so that its peak of memory is a
 * worker's. @param needs how many
 */
export async function benchRematch(size: number, needs: number, options: MatchBench): Promise<void> {
  await inWorld(size, options, (world) => rematch(world, needs));
}
