/**
 * Speed beside the raw engine, interleaved in one run; both absolutes and the ratio:
 *   npm run bench -- search [--size 100000] [--engine postgres|meilisearch]
 *   npm run bench -- match [--size 100000] [--rematch 10000]
 * Works in a database of its own on the server of DATABASE_URL, or in a PostgreSQL started for it. `--engine meilisearch`
 * uses MEILI_URL.
 */
import { parseArgs } from "node:util";
import { benchMatch } from "./match";
import { benchSearch } from "./search";

type Bench = (size: number, engine: "postgres" | "meilisearch", rematched?: number) => Promise<void>;
const BENCHES: Record<string, Bench> = {
  search: benchSearch,
  match: benchMatch,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: "string", default: "10000" },
      engine: { type: "string", default: "postgres" },
      rematch: { type: "string" },
    },
  });
  const bench = BENCHES[positionals[0] ?? ""];
  const size = Number(values.size);
  if (!bench || !Number.isInteger(size) || size < 100) {
    throw new Error(
      `npm run bench -- NAME [--size N] [--engine postgres|meilisearch]; NAME is one of: ${Object.keys(BENCHES).join(", ")}`,
    );
  }
  if (values.engine !== "postgres" && values.engine !== "meilisearch")
    throw new Error("--engine is postgres or meilisearch");
  const rematched = values.rematch === undefined ? undefined : Number(values.rematch);
  if (rematched !== undefined && !(Number.isInteger(rematched) && rematched >= 0))
    throw new Error("--rematch is a number of needs");
  await bench(size, values.engine, rematched);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
