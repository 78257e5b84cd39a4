import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePort } from "../../../scripts/lib/checks.mjs";
import { startScratchPostgres } from "../../../scripts/lib/postgres.mjs";
import { buildAll } from "../../../scripts/lib/prepare.mjs";
import { run, startService } from "../../../scripts/lib/processes.mjs";
import { databaseUrl, onServer } from "../../setup/database";

const READY_WITHIN_MS = 120_000;

function smtpServer(file: string): Promise<{ port: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/integration/notifications/smtp-process.ts", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve({ port: chunk.toString().trim(), child }));
    child.once("exit", () => reject(new Error("the SMTP server did not start")));
  });
}

/**
 * Starts everything once for all browser tests; tells them where by E2E_URL, E2E_MAILS and E2E_DATABASE_URL.
 * With E2E_URL set, the exchange that runs there is used as it is.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL) return async () => {};
  const projectDir = process.cwd();
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-e2e-"));
  // PostgreSQL's own account passes through this folder
  chmodSync(directory, 0o755);
  const dataDir = path.join(directory, "data");
  mkdirSync(dataDir);
  const log = (name: string) => path.join(directory, `${name}.log`);
  await buildAll(projectDir, { logFile: log("build") });
  const postgres = await startScratchPostgres({ projectDir, directory });
  await onServer(postgres.url("postgres"), (client) => client.query("CREATE DATABASE e2e"));
  const mails = path.join(directory, "mails.jsonl");
  const smtp = await smtpServer(mails);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { REDIS_URL: _redis, MEILI_URL: _meili, ...inherited } = process.env;
  const env: NodeJS.ProcessEnv = {
    ...inherited,
    NODE_ENV: "production",
    APP_MODE: "demo",
    DATABASE_URL: databaseUrl(postgres.url("postgres"), "e2e"),
    DATA_DIR: dataDir,
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: url,
    SESSION_SECRET: "a secret for browser tests that is long enough",
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    LOG_LEVEL: "warn",
  };
  const program = (name: string) =>
    run({ vi: name, en: name }, process.execPath, [`dist/scripts-${name}.js`], {
      cwd: projectDir,
      env,
      logFile: log(name),
    });
  await program("migrate");
  await program("seed");
  const services = [
    startService("worker", ["dist/workers-main.js"], { cwd: projectDir, env, logFile: log("worker") }),
    startService("web", ["dist/scripts-serve.js"], { cwd: projectDir, env, logFile: log("web") }),
  ];
  const deadline = Date.now() + READY_WITHIN_MS;
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline)
      throw new Error(`the site was not ready: ${readFileSync(log("web"), "utf8").slice(-2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  process.env.E2E_URL = url;
  process.env.E2E_MAILS = mails;
  process.env.E2E_DATABASE_URL = env.DATABASE_URL;
  return async () => {
    for (const service of services) await service.stop(5_000);
    smtp.child.kill("SIGTERM");
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
