import { readdirSync } from "node:fs";
import path from "node:path";
import type { Db } from "./client.server";

/** Migrations that this release brings; none where they were not shipped beside it. */
function ours(): string[] {
  try {
    return readdirSync(path.resolve("prisma/migrations"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

/**
 * Does the database have every table and column this release knows? Newer migrations of a next release do no harm: they
 * only add. False when it does not answer.
 */
export async function hasOurSchema(db: Db): Promise<boolean> {
  try {
    const rows = await db.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    const applied = new Set(rows.map((row) => row.name));
    return ours().every((name) => applied.has(name));
  } catch {
    return false;
  }
}
