import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { bundled } from "../../../scripts/lib/bundled";
import type { TestWorld } from "../../setup/harness";

export type Heard = {
  heard: "rcpt" | "data" | "accepted";
  to: string;
  messageId?: string;
  subject?: string;
  text?: string;
  html?: string;
  /** names and contents of what was attached */
  attached?: string[];
};
export type SmtpProcess = { url: string; heard(): Heard[]; accepted(): Heard[]; close(): Promise<void> };

function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
}

/** A real SMTP server in its own process. */
export async function openSmtpProcess(): Promise<SmtpProcess> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-smtp-"));
  const file = path.join(directory, "heard.jsonl");
  const child = spawn(process.execPath, ["--import", "tsx", "tests/integration/notifications/smtp-process.ts", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once("exit", () => reject(new Error("the SMTP server did not start")));
  });
  const heard = () =>
    existsSync(file)
      ? readFileSync(file, "utf8")
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Heard)
      : [];
  return {
    url: `smtp://127.0.0.1:${port}`,
    heard,
    accepted: () => heard().filter((line) => line.heard === "accepted"),
    async close() {
      child.kill("SIGTERM");
      await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type WorkerProcess = {
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  output(): string;
  terminate(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** A real worker process on this world's database and queue. */
export function startWorker(world: TestWorld, extra: Record<string, string> = {}): WorkerProcess {
  const { REDIS_URL: _redis, MEILI_URL: _meili, ...inherited } = process.env;
  const child = spawn(process.execPath, [bundled("workers/main.ts")], {
    env: {
      ...inherited,
      NODE_ENV: "test",
      APP_MODE: "test",
      DATABASE_URL: world.databaseUrl,
      DATA_DIR: world.env.DATA_DIR,
      PUBLIC_URL: world.env.PUBLIC_URL,
      SESSION_SECRET: world.env.SESSION_SECRET,
      QUEUE_PREFIX: world.env.QUEUE_PREFIX,
      SEARCH_PREFIX: world.env.SEARCH_PREFIX,
      QUEUE_LOCK_MS: "1000",
      MAIL_TAKEOVER_MS: "1500",
      ...extra,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // a test that fails before it ends its worker must not leave it behind
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const end = ended(child);
  return {
    ended: end,
    output: () => output,
    terminate() {
      child.kill("SIGTERM");
      return end;
    },
  };
}
