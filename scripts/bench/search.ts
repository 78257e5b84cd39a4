import { Meilisearch } from "meilisearch";
import pg from "pg";
import { rebuildIndex, searchListings } from "~/modules/matching/index.server";
import { queryTokens, tokenise } from "~/platform/search/tokens";
import { percentile, seeded } from "../lib/random";
import { openScratchExchange, type ScratchExchange } from "../lib/scratch-exchange";
import { benchCorpus } from "./corpus";
import { fillWorld } from "./fill";

/** What somebody types, and how common its words are. */
type Typed = { group: string; q: string };
type Raw = (q: string) => Promise<number>;

const PAGE = 20;
const PER_GROUP = 25;

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

/** The same filter, facets and limit on the bare engine, ids only: what nobody can beat without leaving something out. */
async function rawEngine(world: ScratchExchange): Promise<{ ask: Raw; close(): Promise<void> }> {
  if (world.ctx.search.engine === "meilisearch") {
    const client = new Meilisearch({ host: process.env.MEILI_URL ?? "", apiKey: process.env.MEILI_KEY });
    const index = client.index("bench_listings");
    const ask: Raw = async (q) => {
      const folded = queryTokens(q, 10).map((token) => token.folded);
      const answer = await index.search(folded.join(" "), {
        filter: 'visibility IN ["public", "blind"]',
        facets: ["fields", "sectors", "province"],
        attributesToRetrieve: ["id"],
        matchingStrategy: "all",
        hitsPerPage: PAGE,
        page: 1,
      });
      return answer.hits.length;
    };
    return { ask, close: async () => {} };
  }
  const pool = new pg.Pool({ connectionString: world.databaseUrl, max: 2 });
  const ask: Raw = async (q) => {
    const words = queryTokens(q, 32)
      .map((token) => token.folded)
      .join(" & ");
    const { rows } = await pool.query(
      `WITH hit AS MATERIALIZED (
         SELECT id, sectors, province, ts_rank(vector, $1::tsquery) AS score FROM search_document
         WHERE index_name = (SELECT index_name FROM search_alias WHERE alias = 'bench_listings')
           AND NOT removed AND visibility IN ('public', 'blind') AND vector @@ $1::tsquery)
       SELECT (SELECT count(*) FROM hit) AS total,
         (SELECT json_agg(id) FROM (SELECT id FROM hit ORDER BY score DESC LIMIT ${PAGE}) p) AS ids,
         (SELECT json_object_agg(code, n) FROM (SELECT code, count(*) n FROM hit, unnest(sectors) code GROUP BY code) s) AS sectors,
         (SELECT json_object_agg(province, n) FROM (SELECT province, count(*) n FROM hit GROUP BY province) p) AS provinces`,
      [words],
    );
    return rows.length;
  };
  return { ask, close: () => pool.end() };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Typed queries with facets through the product's own search query, beside the raw engine in the same run. */
export async function benchSearch(size: number, engine: "postgres" | "meilisearch"): Promise<void> {
  const world = await openScratchExchange(engine, "bench");
  try {
    console.log(`${size} listings on ${engine}`);
    console.log(`filled in ${Math.round((await timed(() => fillWorld(world, size, () => {}))) / 1000)} s`);
    await world.ctx.search.prepare();
    const indexing = await timed(() => rebuildIndex(world.ctx));
    console.log(`indexed ${Math.round(size / (indexing / 1000))} listings/s`);
    await measure(world, size);
  } finally {
    await world.close();
  }
}

/** Asks everything once of the product and once of the bare engine, in turn. */
export async function measure(world: ScratchExchange, size: number): Promise<void> {
  const anonymous = { ...world.ctx, actor: { kind: "anonymous" as const } };
  const typed = queriesOf(size);
  const raw = await rawEngine(world);
  const ours = (q: string) => searchListings(anonymous, { q, sort: "relevance", page: 1 });
  for (const { q } of typed.slice(0, 20)) {
    await ours(q);
    await raw.ask(q);
  }
  const times = new Map<string, { ours: number[]; raw: number[]; found: number[] }>();
  for (const { group, q } of typed) {
    const at = times.get(group) ?? { ours: [], raw: [], found: [] };
    times.set(group, at);
    let total = 0;
    at.ours.push(await timed(async () => (total = (await ours(q)).total)));
    at.raw.push(await timed(() => raw.ask(q)));
    at.found.push(total);
  }
  await raw.close();
  report(times);
}

function report(times: Map<string, { ours: number[]; raw: number[]; found: number[] }>): void {
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
