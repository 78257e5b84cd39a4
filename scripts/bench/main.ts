/**
 * Speed beside the raw engine, interleaved in one run; both absolutes and the ratio:
 *   npm run bench -- search [--size 100000] [--engine postgres|meilisearch] [--keep]
 *   npm run bench -- rebuild [--size 100000] [--engine postgres|meilisearch] [--keep]
 *   npm run bench -- match [--size 100000] [--keep]
 *   npm run bench -- rematch [--size 100000] [--needs 10000] [--keep]
 *   npm run bench -- jobs [--size 1000] [--queue redis|postgres]
 *   npm run bench -- digests [--size 100000]
 * Works in a database of its own on the server of DATABASE_URL, or in a PostgreSQL started for it. `--engine meilisearch`
 * uses MEILI_URL. `--keep` leaves filled databases (and indexes) on that server and uses them again. `rebuild` kills a rebuild half
 * way and runs it again. `jobs` starts PostgreSQL, Redis and a mail server of its own.
 */
import { parseArgs } from "node:util";
import { benchDigests } from "./digests";
import { benchJobs } from "./jobs";
import { benchMatch, benchRematch } from "./match";
import { benchRebuild, benchSearch } from "./search";

type Options = {
  size?: number;
  engine: "postgres" | "meilisearch";
  needs?: number;
  keep: boolean;
  queue?: "redis" | "postgres";
};
const CORPUS = 10_000;
const BENCHES: Record<string, (options: Options) => Promise<void>> = {
  search: ({ size, engine, keep }) => benchSearch(size ?? CORPUS, engine, keep),
  rebuild: ({ size, engine, keep }) => benchRebuild(size ?? CORPUS, engine, keep),
  match: ({ size = CORPUS, engine, keep }) => benchMatch(size, { engine, keep }),
  rematch: ({ size = CORPUS, needs, engine, keep }) =>
    benchRematch(size, needs ?? Math.min(10_000, Math.floor(size / 4)), { engine, keep }),
  jobs: ({ size, queue }) => benchJobs(size ?? 1_000, queue ? [queue] : ["redis", "postgres"]),
  digests: ({ size }) => benchDigests(size ?? 10_000),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: "string" },
      engine: { type: "string", default: "postgres" },
      needs: { type: "string" },
      keep: { type: "boolean", default: false },
      queue: { type: "string" },
    },
  });
  const bench = BENCHES[positionals[0] ?? ""];
  const size = values.size === undefined ? undefined : Number(values.size);
  if (!bench || (size !== undefined && (!Number.isInteger(size) || size < 100))) {
    throw new Error(
      `npm run bench -- NAME [--size N] [--engine postgres|meilisearch] [--queue redis|postgres]; NAME is one of: ${Object.keys(BENCHES).join(", ")}`,
    );
  }
  const { engine, queue } = values;
  if (engine !== "postgres" && engine !== "meilisearch") throw new Error("--engine is postgres or meilisearch");
  if (queue !== undefined && queue !== "redis" && queue !== "postgres") throw new Error("--queue is redis or postgres");
  const needs = values.needs === undefined ? undefined : Number(values.needs);
  if (needs !== undefined && !(Number.isInteger(needs) && needs > 0)) throw new Error("--needs is a number of needs");
  await bench({ size, engine, needs, keep: values.keep, queue });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
