/**
 * Writes what schema.prisma has and the migrations lack into a new migration, for a person to read and complete.
 * Usage: DATABASE_URL=… node --import tsx scripts/new-migration.ts add_something
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { schemaDrift } from "./schema-engine.ts";

const name = process.argv[2];
const url = process.env.DATABASE_URL;
if (!name || !url) {
  console.error("Usage: DATABASE_URL=postgres://… node --import tsx scripts/new-migration.ts NAME");
  process.exit(2);
}
const sql = await schemaDrift(url, "prisma");
if (sql === "") {
  console.log("The migrations already say everything that schema.prisma says.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/migration.sql`, `SET lock_timeout = '5s';\n\n${sql}`);
  console.log(`${directory}/migration.sql`);
}
