/** PostgreSQL, Redis and a mail server as processes of their own that can be killed and started again in place. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Redis } from "ioredis";
import { bundled } from "./bundled";
import { freePort } from "./checks.mjs";
import { startDurablePostgres } from "./postgres.mjs";
import { gone, signal } from "./processes.mjs";

export type Service = {
  url: string;
  /** kill -9, children included */
  kill(): Promise<void>;
  /** starts it again on the same port and data */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once("exit", resolve));
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        const stat = readFileSync(`/proc/${candidate}/stat`, "utf8");
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === pid;
      } catch {
        return false;
      }
    });
}

/** A cluster with fsync and synchronous commit on: what it acknowledged survives kill -9. */
export async function startPostgres(directory: string): Promise<Service> {
  const port = await freePort();
  const start = () => startDurablePostgres({ projectDir: process.cwd(), directory, port });
  let server = await start();
  return {
    url: server.url("postgres"),
    async kill() {
      const pids = [server.pid, ...childrenOf(server.pid)];
      for (const pid of pids) signal(pid, "SIGKILL");
      await server.ended;
      for (const pid of pids) await gone(pid, 10_000);
    },
    async restart() {
      server = await start();
    },
    stop: () => server.stop(),
  };
}

/** A redis-server that appends every write to its file before it answers. */
export async function startRedis(directory: string): Promise<Service> {
  const port = await freePort();
  const data = path.join(directory, "redis");
  mkdirSync(data, { recursive: true });
  const url = `redis://127.0.0.1:${port}`;
  const start = async () => {
    const options = [
      "--appendonly",
      "yes",
      "--appendfsync",
      "everysec",
      "--save",
      "",
      "--maxmemory-policy",
      "noeviction",
    ];
    const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--dir", data, ...options], {
      stdio: "ignore",
    });
    const probe = new Redis(url, { maxRetriesPerRequest: 400, retryStrategy: () => 50 });
    probe.on("error", () => {});
    await probe.ping();
    probe.disconnect();
    return child;
  };
  let child = await start();
  return {
    url,
    async kill() {
      child.kill("SIGKILL");
      await ended(child);
    },
    async restart() {
      child = await start();
    },
    async stop() {
      child.kill("SIGTERM");
      await ended(child);
    },
  };
}

/** The mail server of smtp-sink.ts. */
export async function startSink(directory: string): Promise<Service> {
  const port = await freePort();
  const file = path.join(directory, "heard");
  const start = async () => {
    const child = spawn(process.execPath, [bundled("scripts/lib/smtp-sink.ts"), file, String(port)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.once("data", () => resolve());
      child.once("exit", () => reject(new Error("the mail server did not start")));
    });
    return child;
  };
  let child = await start();
  return {
    url: `smtp://127.0.0.1:${port}`,
    async kill() {
      child.kill("SIGKILL");
      await ended(child);
    },
    async restart() {
      child = await start();
    },
    async stop() {
      child.kill("SIGTERM");
      await ended(child);
    },
  };
}
