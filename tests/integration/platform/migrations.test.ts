import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { applyMigrations, schemaDrift } from "../../../scripts/schema-engine";
import { databaseUrl, dropDatabase, migrateDatabase, onServer } from "../../setup/database";

const serverUrl = inject("serverUrl");
const name = `cungcau_test_${inject("runId")}_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
const url = databaseUrl(serverUrl, name);

async function query<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
});
afterAll(() => dropDatabase(serverUrl, name));

describe.sequential("migrations", () => {
  it("say everything that schema.prisma says", async () => {
    expect(await schemaDrift(serverUrl, "prisma")).toBe("");
  });

  it("leave no shadow database behind", async () => {
    const left = await onServer(serverUrl, (client) =>
      client.query("SELECT datname FROM pg_database WHERE datname LIKE 'shadow_%'"),
    );
    expect(left.rows).toEqual([]);
  });

  it("build an empty database, the queue's tables included", async () => {
    await migrateDatabase(url);
    const schemas = await query<{ schema: string; tables: string }>(
      "SELECT schemaname AS schema, count(*) AS tables FROM pg_tables WHERE schemaname IN ('public', 'bullmq') GROUP BY 1 ORDER BY 1",
    );
    expect(schemas.map((row) => row.schema)).toEqual(["bullmq", "public"]);
    expect(Number(schemas[1]?.tables)).toBeGreaterThan(30);
  });

  // The first release upgrades from nothing. Later releases: load the data of the release before (a dump made with its
  // own migrations) in place of this row, then apply what is new.
  it("keep the data when they are applied to a database that people work in", async () => {
    const id = randomUUID();
    await query(
      `INSERT INTO audit_entry (id, at, actor_kind, action, subject_kind, subject_id) VALUES ($1, now(), 'system', 'listing.published', 'listing', $1)`,
      [id],
    );
    expect(await applyMigrations(url, "prisma")).toEqual([]);
    await migrateDatabase(url);
    expect(await query("SELECT id FROM audit_entry")).toEqual([{ id }]);
  });

  it("wait for a table that is in use for a bounded time only", async () => {
    const { readdirSync, readFileSync } = await import("node:fs");
    const folders = readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const folder of folders) {
      expect(readFileSync(`prisma/migrations/${folder.name}/migration.sql`, "utf8"), folder.name).toMatch(
        /^SET lock_timeout = /,
      );
    }
  });

  it.each([
    ["UPDATE", "listing_version"],
    ["DELETE", "listing_version"],
    ["UPDATE", "listing_text"],
    ["DELETE", "requirement_line"],
  ])("refuse %s of published words in %s", async (verb, table) => {
    const triggers = await query<{ event: string }>(
      "SELECT event_manipulation AS event FROM information_schema.triggers WHERE event_object_table = $1 AND action_timing = 'BEFORE'",
      [table],
    );
    expect(triggers.map((row) => row.event)).toContain(verb);
  });
});
