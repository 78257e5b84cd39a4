import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startScratchPostgres } from "../../scripts/lib/postgres.mjs";

/** The PostgreSQL server that tests run on: TEST_DATABASE_URL when it is set, else an embedded one of this run. */
export type TestServer = { url: string; close(): Promise<void> };

let shared: Promise<TestServer> | undefined;
let users = 0;

/** Several projects of one run share one server; the last to close it stops it. */
export async function openTestServer(): Promise<TestServer> {
  shared ??= start();
  users += 1;
  const server = await shared;
  return {
    url: server.url,
    async close() {
      users -= 1;
      if (users > 0) return;
      shared = undefined;
      await server.close();
    },
  };
}

async function start(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-postgres-"));
  // PostgreSQL's own account passes through this folder
  chmodSync(directory, 0o755);
  const server = await startScratchPostgres({ projectDir: process.cwd(), directory });
  return {
    url: server.url("postgres"),
    async close() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
