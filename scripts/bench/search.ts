import { isDeepStrictEqual } from "node:util";
import { rebuildIndex, type SearchPage, searchListings } from "~/modules/matching/index.server";
import type { SearchRequest } from "~/platform/ports/search";
import { queryTokens, tokenise } from "~/platform/search/tokens";
import { percentile, seeded } from "../lib/random";
import { openScratchExchange, type ScratchExchange, type SearchEngine } from "../lib/scratch-exchange";
import { benchCorpus } from "./corpus";
import { fillWorld } from "./fill";
import { type Bare, rawSearch } from "./raw-search";
import { killAndResume } from "./rebuild";

/** What somebody types, and how common its words are. */
type Typed = { group: string; q: string };

const PER_GROUP = 25;
const EVERYTHING: SearchRequest = {
  text: "",
  filter: { visibilities: ["public"] },
  sort: "newest",
  offset: 0,
  limit: 0,
};

/** Words as people type them, drawn by how many listings hold them; the same for a size and a seed. */
function queriesOf(size: number): Typed[] {
  const random = seeded(7);
  const counts = new Map<string, number>();
  const titles: string[] = [];
  for (const listing of benchCorpus(size)) {
    for (const word of new Set(tokenise(`${listing.title} ${listing.description}`).map((token) => token.folded)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
    titles.push(listing.title);
  }
  const between = (least: number, most: number) =>
    [...counts].filter(([word, n]) => word.length > 1 && n >= least && n <= most).map(([word]) => word);
  const rare = between(2, Math.max(3, size / 10_000));
  const middle = between(size / 500, size / 100);
  const broad = between(size / 10, size);
  const fromTitle = (words: number) => random.pick(titles).split(" ").slice(0, words).join(" ");
  const groups: Record<string, () => string> = {
    rare: () => random.pick(rare),
    "rare + broad": () => `${random.pick(rare)} ${random.pick(broad)}`,
    middling: () => random.pick(middle),
    "two middling": () => `${random.pick(middle)} ${random.pick(middle)}`,
    broad: () => random.pick(broad),
    "two broad": () => `${random.pick(broad)} ${random.pick(broad)}`,
    "title, accents": () => fromTitle(3),
    "title, no accents": () =>
      queryTokens(fromTitle(4), 10)
        .map((token) => token.folded)
        .join(" "),
  };
  return Object.entries(groups).flatMap(([group, make]) =>
    Array.from({ length: PER_GROUP }, () => ({ group, q: make() })),
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A filled exchange with its index built. Kept ones are used as they stand. */
async function openFilled(size: number, engine: SearchEngine, keep: boolean): Promise<ScratchExchange> {
  const world = await openScratchExchange(engine, "bench", keep ? `cungcau_bench_search_${size}` : undefined);
  const { ctx } = world;
  console.log(`${size} listings on ${engine}`);
  if ((await ctx.db.listing.count()) < size)
    console.log(`filled in ${Math.round((await timed(() => fillWorld(world, size, () => {}))) / 1000)} s`);
  await ctx.search.prepare();
  const { total } = await ctx.search.search({ ...EVERYTHING, limit: 1 });
  if (total === 0) {
    const took = await timed(() => rebuildIndex(ctx));
    console.log(`indexed from nothing: ${Math.round(size / (took / 1000))} listings/s`);
  }
  if (engine === "postgres") await ctx.db.$executeRaw`VACUUM (ANALYZE) search_document`;
  return world;
}

/** Typed queries with facets through the product's own search query, beside the raw engine in the same run. */
export async function benchSearch(size: number, engine: SearchEngine, keep: boolean): Promise<void> {
  const world = await openFilled(size, engine, keep);
  try {
    await measure(world, size);
  } finally {
    await world.close();
  }
}

/** A rebuild that is killed half way and run again, with searches all the while. */
export async function benchRebuild(size: number, engine: SearchEngine, keep: boolean): Promise<void> {
  const world = await openFilled(size, engine, keep);
  try {
    await killAndResume(world, { size, engine, typed: queriesOf(size).map(({ q }) => q) });
  } finally {
    await world.close();
  }
}

/** Asks everything once of the product and once of the bare engine, in turn. */
async function measure(world: ScratchExchange, size: number): Promise<void> {
  const anonymous = { ...world.ctx, actor: { kind: "anonymous" as const } };
  const typed = queriesOf(size);
  const raw = rawSearch(world);
  const ours = (q: string) => searchListings(anonymous, { q, sort: "relevance", page: 1 });
  for (const { q } of typed.slice(0, 20)) {
    await ours(q);
    await raw.ask(q);
  }
  const times = new Map<string, Times>();
  let below = 0;
  const inexact: string[] = [];
  for (const { group, q } of typed) {
    const at = times.get(group) ?? { ours: [], raw: [], found: [] };
    times.set(group, at);
    let began = performance.now();
    const found = await ours(q);
    at.ours.push(performance.now() - began);
    began = performance.now();
    const bare = await raw.ask(q);
    at.raw.push(performance.now() - began);
    at.found.push(found.total);
    // what holds less than all words the bare engine does not find
    if (found.capped || found.loose) continue;
    below += 1;
    if (!sameCounts(found, bare)) inexact.push(q);
  }
  await raw.close();
  report(times);
  console.log(
    `counts: ${below - inexact.length} of ${below} queries that found fewer than 10000 have the exact total and facets${inexact.length > 0 ? `; not: ${inexact.join(", ")}` : ""}`,
  );
}

function sameCounts(found: Pick<SearchPage, "total" | "facets">, bare: Bare): boolean {
  const counts = ({ fields, sectors, provinces, trl, ip, prices, forms, rights }: Bare["facets"]) =>
    [fields, sectors, provinces, trl, ip, prices, forms, rights].map((one) => Object.entries(one ?? {}).sort());
  return found.total === bare.total && isDeepStrictEqual(counts(found.facets), counts(bare.facets));
}

type Times = { ours: number[]; raw: number[]; found: number[] };
function report(times: Map<string, Times>): void {
  const sorted = (list: number[]) => [...list].sort((a, b) => a - b);
  const line = (name: string, ours: number[], raw: number[], found: number[]) => {
    const at = (list: number[], p: number) => percentile(sorted(list), p).toFixed(1).padStart(9);
    const ratio = (percentile(sorted(ours), 0.95) / percentile(sorted(raw), 0.95)).toFixed(2).padStart(7);
    const hits = String(Math.round(percentile(sorted(found), 0.5))).padStart(9);
    console.log(`${name.padEnd(20)}${hits}${at(ours, 0.5)}${at(ours, 0.95)}${at(raw, 0.5)}${at(raw, 0.95)}${ratio}`);
  };
  console.log(
    `\n${"".padEnd(20)}${["found", "p50 ms", "p95 ms", "raw p50", "raw p95"].map((name) => name.padStart(9)).join("")}${"ratio".padStart(7)}`,
  );
  for (const [group, at] of times) line(group, at.ours, at.raw, at.found);
  const all = [...times.values()];
  const join = (of: "ours" | "raw" | "found") => all.flatMap((one) => one[of]);
  line("all", join("ours"), join("raw"), join("found"));
}
