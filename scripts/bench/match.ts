import pg from "pg";
import { compareLine, type MatchableListing } from "~/modules/listings/index.server";
import {
  computeMatches,
  countCorpus,
  measuring,
  openCorpus,
  rankCandidates,
  readPublished,
  rebuildIndex,
} from "~/modules/matching/index.server";
import { percentile, seeded } from "../lib/random";
import { openScratchExchange, type ScratchExchange } from "../lib/scratch-exchange";
import { fillWorld } from "./fill";

/** Ten matches are asked for. */
const TOP = 10;
const WARM_UP = 20;
const TIMED_NEEDS = 200;
/** Every pair of these is weighed, so they are few. */
const EXHAUSTIVE_NEEDS = 40;
const BATCH = 200;

export type MatchFigures = { size: number; p50: number; p95: number; recall: number };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const sorted = (list: number[]) => [...list].sort((a, b) => a - b);
const ms = (value: number) => `${value.toFixed(1)} ms`;

type Need = { id: string; listing: MatchableListing; read: measuring.ReadListing };

/** Needs drawn from all, the same for a filled world and a seed. */
export async function drawNeeds(world: ScratchExchange, count: number, seed: number): Promise<Need[]> {
  const rows = await world.ctx.db.listing.findMany({
    where: { kind: "need", state: "published" },
    select: { id: true },
    orderBy: { reference: "asc" },
  });
  const random = seeded(seed);
  const ids = Array.from({ length: count }, () => random.pick(rows).id);
  return (await readPublished(world.ctx, [...new Set(ids)])).map(({ listing, read }) => ({
    id: listing.id,
    listing,
    read,
  }));
}

/**
 * The ten best of every offering there is, for some needs at once: each offering is read once, weighed against all of them by the
 * product's own function, and forgotten.
 */
export async function rankAll(world: ScratchExchange, needs: readonly Need[]): Promise<Map<string, string[]>> {
  const { ctx } = world;
  const corpus = await openCorpus(ctx);
  const now = ctx.clock.now();
  const rules = await Promise.all(
    needs.map(async ({ read }) => ({ stats: await corpus.statsOf([read]), compareLine, now })),
  );
  const best = needs.map((): { id: string; score: number }[] => []);
  const before = (a: { id: string; score: number }, b: { id: string; score: number }) =>
    b.score - a.score || (a.id < b.id ? -1 : 1);
  const rows = await ctx.db.listing.findMany({
    where: { kind: "offering", state: "published" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (let at = 0; at < rows.length; at += BATCH) {
    const loaded = await readPublished(
      ctx,
      rows.slice(at, at + BATCH).map(({ id }) => id),
    );
    needs.forEach((need, place) => {
      const list = best[place];
      const rule = rules[place];
      if (!list || !rule) return;
      for (const { listing, read } of loaded) {
        if (listing.officeId !== need.listing.officeId) continue;
        if (listing.ownerKey !== null && listing.ownerKey === need.listing.ownerKey) continue;
        list.push({ id: listing.id, score: measuring.weighPair(need.read, read, rule).score });
      }
      list.sort(before).splice(TOP);
    });
  }
  return new Map(needs.map(({ id }, place) => [id, (best[place] ?? []).map((one) => one.id)]));
}

/** What no way of ranking can go below: the statement that finds the candidates, ids only, asked of the bare driver. */
async function rawEngine(
  world: ScratchExchange,
): Promise<{ ask(need: Need): Promise<number>; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: world.databaseUrl, max: 1 });
  const corpus = await openCorpus(world.ctx);
  const terms = new Map<string, { key: number; weight: number }[]>();
  return {
    async ask(need) {
      const leading = terms.get(need.id) ?? measuring.leadingTerms(need.read, await corpus.statsOf([need.read]));
      terms.set(need.id, leading);
      const client = await pool.connect();
      try {
        await client.query("BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL jit = off");
        const began = performance.now();
        await client.query(
          `SELECT t.listing_id, sum(q.weight) AS words FROM unnest($1::int4[], $2::float8[]) AS q(term, weight)
           CROSS JOIN LATERAL (
             SELECT d.listing_id FROM listing_terms d WHERE d.terms @> ARRAY[q.term] AND d.kind = 'offering') t
           GROUP BY t.listing_id ORDER BY words DESC LIMIT 200`,
          [leading.map(({ key }) => key), leading.map(({ weight }) => weight)],
        );
        return performance.now() - began;
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** One world: need → ten matches with their evidence, beside the raw engine in turn; recall; re-matching. */
export async function measureMatching(world: ScratchExchange, size: number, rematched: number): Promise<MatchFigures> {
  const { ctx } = world;
  const needs = await drawNeeds(world, TIMED_NEEDS + WARM_UP, 11);
  const raw = await rawEngine(world);
  for (const need of needs.slice(0, WARM_UP)) {
    await rankCandidates(ctx, need.listing);
    await raw.ask(need);
  }
  const ours: number[] = [];
  const bare: number[] = [];
  for (const need of needs.slice(WARM_UP)) {
    ours.push(await timed(async () => (await rankCandidates(ctx, need.listing)).ranked.slice(0, TOP)));
    bare.push(await raw.ask(need));
  }
  await raw.close();
  const p50 = percentile(sorted(ours), 0.5);
  const p95 = percentile(sorted(ours), 0.95);
  console.log(
    `need → ten matches with evidence, ${ours.length} needs: p50 ${ms(p50)}, p95 ${ms(p95)}; raw engine p50 ${ms(percentile(sorted(bare), 0.5))}, p95 ${ms(percentile(sorted(bare), 0.95))}`,
  );

  const sample = needs.slice(WARM_UP, WARM_UP + EXHAUSTIVE_NEEDS);
  const every = await rankAll(world, sample);
  let found = 0;
  let asked = 0;
  for (const need of sample) {
    const wanted = every.get(need.id) ?? [];
    const got = new Set((await rankCandidates(ctx, need.listing)).ranked.slice(0, TOP).map(({ other }) => other.id));
    asked += wanted.length;
    found += wanted.filter((id) => got.has(id)).length;
  }
  const recall = found / Math.max(1, asked);
  console.log(`recall@${TOP} against weighing all offerings, ${sample.length} needs: ${recall.toFixed(3)}`);
  if (rematched > 0) await rematch(world, rematched);
  return { size, p50, p95, recall };
}

/** Needs matched and stored one after the other, as the worker does after a change of the engine. */
async function rematch(world: ScratchExchange, count: number): Promise<void> {
  const rows = await world.ctx.db.listing.findMany({
    where: { kind: "need", state: "published" },
    select: { id: true },
    orderBy: { id: "asc" },
    take: count,
  });
  let most = process.memoryUsage.rss();
  const took = await timed(async () => {
    for (const { id } of rows) {
      await computeMatches(world.ctx, id);
      most = Math.max(most, process.memoryUsage.rss());
    }
  });
  console.log(
    `re-matching ${rows.length} needs: ${(rows.length / (took / 1_000)).toFixed(1)} needs/s, peak memory ${Math.round(most / 2 ** 20)} MiB`,
  );
}

async function oneSize(size: number, engine: "postgres" | "meilisearch", rematched: number): Promise<MatchFigures> {
  const world = await openScratchExchange(engine, "bench");
  try {
    console.log(`\n${size} listings on ${engine}`);
    console.log(`filled in ${Math.round((await timed(() => fillWorld(world, size, () => {}))) / 1_000)} s`);
    await world.ctx.search.prepare();
    await rebuildIndex(world.ctx);
    const counting = await timed(() => countCorpus(world.ctx));
    console.log(`read and counted in ${Math.round(counting / 1_000)} s`);
    return await measureMatching(world, size, rematched);
  } finally {
    await world.close();
  }
}

/** A tenth of the size first, then the size: the growth exponent is the slope between the two on a log-log scale. */
export async function benchMatch(size: number, engine: "postgres" | "meilisearch"): Promise<void> {
  const small = size >= 100_000 ? await oneSize(size / 10, engine, 0) : null;
  const full = await oneSize(size, engine, Math.min(10_000, Math.floor(size / 4)));
  if (!small) return;
  const slope = (of: "p50" | "p95") => (Math.log10(full[of] / small[of]) / Math.log10(size / small.size)).toFixed(2);
  console.log(`\ngrowth exponent ${small.size} → ${size}: ${slope("p50")} at the median, ${slope("p95")} at p95`);
}
