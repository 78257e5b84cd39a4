import { randomUUID } from "node:crypto";
import type { TestProject } from "vitest/node";
import { dropDatabase, onServer, prepareTemplate } from "./database";
import { openTestServer } from "./server";

declare module "vitest" {
  interface ProvidedContext {
    /** address of the PostgreSQL server under test */
    serverUrl: string;
    /** migrated template database on it */
    template: string;
    /** part of every database name of this run */
    runId: string;
  }
}

/** One PostgreSQL server and one migrated template per run; what tests left behind is dropped at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestServer();
  const runId = randomUUID().slice(0, 8);
  project.provide("serverUrl", server.url);
  project.provide("template", await prepareTemplate(server.url));
  project.provide("runId", runId);
  return async () => {
    const left = await onServer(server.url, async (client) => {
      const found = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE datname LIKE $1", [
        `cungcau_test_${runId}_%`,
      ]);
      return found.rows.map((row) => row.datname);
    });
    for (const name of left) await dropDatabase(server.url, name);
    await server.close();
  };
}
