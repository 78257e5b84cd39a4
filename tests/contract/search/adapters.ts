import { createSearchMeilisearch } from "~/platform/adapters/search-meilisearch.server";
import { createSearchPostgres } from "~/platform/adapters/search-postgres.server";
import { createDb } from "~/platform/db/client.server";
import type { SearchPort } from "~/platform/ports/search";
import { openTestDatabase } from "../../setup/harness";
import { meilisearchAtHand, openMeilisearch } from "./meilisearch-server";

export type Bench = { open(prefix: string): SearchPort; close(): Promise<void> };

async function onPostgres(): Promise<Bench> {
  const database = await openTestDatabase();
  const db = createDb(database.url);
  return {
    open: (prefix) => createSearchPostgres(db, prefix),
    close: async () => {
      await db.$disconnect();
      await database.close();
    },
  };
}

async function onMeilisearch(): Promise<Bench> {
  const server = await openMeilisearch();
  console.info(`Search contract on Meilisearch ${server.version}`);
  return { open: (prefix) => createSearchMeilisearch({ ...server, prefix }), close: server.close };
}

export const searchAdapters = [
  { name: "postgres", atHand: true, start: onPostgres },
  { name: "meilisearch", atHand: meilisearchAtHand(), start: onMeilisearch },
];
const skipped = searchAdapters.filter((adapter) => !adapter.atHand).map((adapter) => adapter.name);
if (skipped.length > 0) {
  console.warn(
    `SKIPPED: the search contract on ${skipped.join(", ")} (set MEILI_URL or put \`meilisearch\` on the PATH)`,
  );
}
