import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);
const UNIQUE_NAME_TAKEN = new Set(["42P04", "23505"]);

/** The same server, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs SQL on the server's maintenance database. */
export async function onServer<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(serverUrl, "postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Everything that decides what a migrated database looks like. */
function migrationsFingerprint(): string {
  const hash = createHash("sha256");
  for (const entry of readdirSync("prisma/migrations", { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(path.join(entry.parentPath, entry.name)));
  }
  hash.update(readFileSync("node_modules/bullmq/package.json"));
  return hash.digest("hex").slice(0, 12);
}

/** Applies all migrations, the queue's included, in a process of its own. */
export async function migrateDatabase(url: string): Promise<void> {
  const { REDIS_URL: _unused, ...env } = process.env;
  await run(process.execPath, ["--import", "tsx", "scripts/migrate.ts"], { env: { ...env, DATABASE_URL: url } });
}

/**
 * Name of a migrated template database on this server. It is named by the migrations' content, so that runs on a
 * lasting server share it; whoever builds it shows it to others only when it is whole.
 */
export async function prepareTemplate(serverUrl: string): Promise<string> {
  const name = `cungcau_template_${migrationsFingerprint()}`;
  return onServer(serverUrl, async (client) => {
    const exists = async () =>
      (await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount === 1;
    if (await exists()) return name;
    const building = `cungcau_building_${randomUUID().replaceAll("-", "")}`;
    await client.query(`CREATE DATABASE ${building}`);
    try {
      await migrateDatabase(databaseUrl(serverUrl, building));
      await client.query(`ALTER DATABASE ${building} RENAME TO ${name}`);
    } catch (error) {
      await client.query(`DROP DATABASE IF EXISTS ${building} WITH (FORCE)`);
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      if (!code || !UNIQUE_NAME_TAKEN.has(code) || !(await exists())) throw error;
    }
    return name;
  });
}

/** A fresh copy of the template under a name of its own. */
export async function cloneDatabase(serverUrl: string, template: string, name: string): Promise<string> {
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return databaseUrl(serverUrl, name);
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}
