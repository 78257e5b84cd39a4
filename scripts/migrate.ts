/** Brings the database up to the newest migration, the queue's own tables included when the queue lives in PostgreSQL. */
import { fileURLToPath } from "node:url";
import { runMigrations } from "bullmq";
import pg from "pg";
import { applyMigrations } from "./schema-engine.ts";

/** Schema of BullMQ's tables; schema.prisma does not know it and migrations leave it alone. */
export const QUEUE_SCHEMA = "bullmq";

export async function migrate(databaseUrl: string, prismaDir: string, withQueue: boolean): Promise<string[]> {
  const applied = await applyMigrations(databaseUrl, prismaDir);
  if (withQueue) {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await runMigrations(client, QUEUE_SCHEMA);
    } finally {
      await client.end();
    }
  }
  return applied;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error("DATABASE_URL is not set: name the PostgreSQL database to migrate.");
    process.exit(2);
  }
  const applied = await migrate(url, "prisma", !process.env.REDIS_URL);
  console.log(applied.length === 0 ? "Nothing to migrate." : `Applied: ${applied.join(", ")}`);
}
