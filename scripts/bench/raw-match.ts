import pg from "pg";
import { measuring, openCorpus } from "~/modules/matching/index.server";
import type { ScratchExchange } from "../lib/scratch-exchange";
import type { Need } from "./rank-all";

/** Rows that PostgreSQL's own index may bring for a need, and for one of its terms: all of them would take seconds. */
const MOST_ROWS = 40_000;
const MOST_ROWS_OF_TERM = 10_000;

export type RawEngine = { ask(need: Need): Promise<number>; close(): Promise<void> };

type Asked = { keys: number[]; weights: number[] };

/** The need's most telling terms as far as their rows are few enough. */
async function leading(client: pg.PoolClient, world: ScratchExchange, need: Need): Promise<Asked> {
  const corpus = await openCorpus(world.ctx);
  const terms = measuring
    .askedTerms(need.read, await corpus.statsOf([need.read]))
    .map(({ key, factors }) => ({ key, weight: factors[0] ?? 0 }));
  const { rows } = await client.query<{ term: number; listings: number }>(
    "SELECT term, listings FROM corpus_term WHERE term = ANY($1::int4[])",
    [terms.map(({ key }) => key)],
  );
  const listings = new Map(rows.map((row) => [row.term, row.listings]));
  let room = MOST_ROWS;
  const kept = terms
    .map((term) => ({ ...term, rows: listings.get(term.key) ?? 0 }))
    .filter((term) => term.weight > 0 && term.rows > 1 && term.rows <= MOST_ROWS_OF_TERM)
    .sort((a, b) => b.weight - a.weight)
    .filter((term) => {
      room -= term.rows;
      return room >= 0;
    });
  return { keys: kept.map(({ key }) => key), weights: kept.map(({ weight }) => weight) };
}

/**
 * PostgreSQL by itself, asked through the bare driver: the 200 listings that hold the most of a need's leading terms, by its own
 * inverted index over the same numbers; ids only, no facts, no evidence. The index is made for this and belongs to no release.
 */
export async function rawEngine(world: ScratchExchange): Promise<RawEngine> {
  const pool = new pg.Pool({ connectionString: world.databaseUrl, max: 1 });
  await pool.query("SET maintenance_work_mem = '512MB'");
  await pool.query("CREATE INDEX IF NOT EXISTS bench_raw_terms ON listing_terms USING GIN (terms)");
  await pool.query("ANALYZE listing_terms");
  const asked = new Map<string, Asked>();
  return {
    async ask(need) {
      const client = await pool.connect();
      try {
        const terms = asked.get(need.id) ?? (await leading(client, world, need));
        asked.set(need.id, terms);
        await client.query("BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL jit = off");
        const began = performance.now();
        await client.query(
          `SELECT t.listing_id, sum(q.weight) AS words FROM unnest($1::int4[], $2::float8[]) AS q(term, weight)
           CROSS JOIN LATERAL (
             SELECT d.listing_id FROM listing_terms d WHERE d.terms @> ARRAY[q.term] AND d.kind = 'offering') t
           GROUP BY t.listing_id ORDER BY words DESC LIMIT 200`,
          [terms.keys, terms.weights],
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
