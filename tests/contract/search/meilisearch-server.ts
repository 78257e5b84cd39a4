import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { onPath } from "../on-path";

export type MeiliServer = { url: string; key?: string; version: string; close(): Promise<void> };

/** True when a real Meilisearch is at hand: MEILI_URL, or a `meilisearch` program on the PATH. */
export const meilisearchAtHand = (): boolean => Boolean(process.env.MEILI_URL) || onPath("meilisearch") !== null;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function versionOf(url: string, key?: string): Promise<string> {
  const response = await fetch(new URL("/version", url), { headers: key ? { authorization: `Bearer ${key}` } : {} });
  const body: unknown = await response.json();
  return typeof body === "object" && body !== null && "pkgVersion" in body ? String(body.pkgVersion) : "unknown";
}

/** The server at MEILI_URL, or one of our own on a free port with its data in a temporary directory. */
export async function openMeilisearch(): Promise<MeiliServer> {
  const given = process.env.MEILI_URL;
  if (given) {
    const key = process.env.MEILI_KEY;
    return { url: given, key, version: await versionOf(given, key), close: async () => {} };
  }
  const program = onPath("meilisearch");
  if (!program) throw new Error("No Meilisearch: set MEILI_URL or put `meilisearch` on the PATH");
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-meili-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(
    program,
    [
      "--no-analytics",
      "--env",
      "development",
      "--http-addr",
      `127.0.0.1:${port}`,
      "--db-path",
      path.join(directory, "data"),
      "--dump-dir",
      path.join(directory, "dumps"),
      "--snapshot-dir",
      path.join(directory, "snapshots"),
      "--max-indexing-memory",
      "512MiB",
      "--max-indexing-threads",
      "1",
    ],
    { stdio: "ignore", cwd: directory },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const close = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(directory, { recursive: true, force: true });
  };
  const deadline = Date.now() + 20_000;
  for (;;) {
    const healthy = await fetch(new URL("/health", url)).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return { url, version: await versionOf(url), close };
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error("Meilisearch did not start");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
