import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildState, installState } from "../../../scripts/lib/prepare.mjs";

const root = process.cwd();

// Small stand-ins for the built programs: what is under test here is the launcher around them, on a real PostgreSQL.
const connect =
  'import pg from "pg"; const c = new pg.Client({ connectionString: process.env.DATABASE_URL }); await c.connect();';
const PROGRAMS: Record<string, string> = {
  "scripts-migrate.js": `${connect} await c.query("CREATE TABLE IF NOT EXISTS row (x int)"); await c.end();`,
  "scripts-seed.js": `${connect}
    if ((await c.query("SELECT 1 FROM row")).rowCount === 0) await c.query("INSERT INTO row VALUES (1)");
    if (process.env.SEED_HANGS) await new Promise((go) => setTimeout(go, 600_000));
    await c.end();`,
  "scripts-reindex.js": "",
  "scripts-serve.js": `import http from "node:http"; ${connect}
    http.createServer(async (q, r) => {
      if (q.url === "/crash") process.exit(3);
      if (q.url === "/add") await c.query("INSERT INTO row VALUES (2)");
      r.end(String((await c.query("SELECT count(*) AS n FROM row")).rows[0].n));
    }).listen(Number(process.env.PORT), process.env.HOST);
    process.on("SIGTERM", () => process.exit(0));`,
  "workers-main.js": `setInterval(() => {}, 1000); process.on("SIGTERM", () => process.exit(0));`,
};

/** A folder with the real launcher, the installed packages and small programs to launch. */
export function makeProject(): { directory: string; dataDir: string; remove(): void } {
  const top = mkdtempSync(path.join(os.tmpdir(), "cungcau-launcher-"));
  chmodSync(top, 0o755);
  const directory = path.join(top, "Thư mục có dấu cách");
  mkdirSync(directory);
  for (const name of ["package.json", "package-lock.json"]) cpSync(path.join(root, name), path.join(directory, name));
  cpSync(path.join(root, "scripts"), path.join(directory, "scripts"), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(directory, "node_modules"));
  mkdirSync(path.join(directory, "build/server"), { recursive: true });
  mkdirSync(path.join(directory, "dist"));
  writeFileSync(path.join(directory, "build/server/index.js"), "");
  for (const [name, text] of Object.entries(PROGRAMS)) writeFileSync(path.join(directory, "dist", name), text);
  const build = buildState(directory);
  writeFileSync(build.stamp, build.expected);
  const install = installState(directory);
  if (!install.done) writeFileSync(install.stamp, install.expected);
  return {
    directory,
    dataDir: path.join(directory, ".data"),
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}

export type Launched = {
  process: ChildProcess;
  output(): string;
  /** resolves when the launcher says Ready or ends */
  settled: Promise<"ready" | "ended">;
  ended: Promise<number | null>;
};

/** Starts the launcher as `npm start` does. */
export function launch(directory: string, env: Record<string, string> = {}): Launched {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^(DATABASE_URL|REDIS_URL|MEILI_URL|SMTP_URL|APP_MODE|NODE_ENV|VITEST.*)$/.test(key),
    ),
  );
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: directory,
    env: { ...inherited, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const settled = new Promise<"ready" | "ended">((resolve) => {
    const take = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\nReady: ")) resolve("ready");
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    void ended.then(() => resolve("ended"));
  });
  return { process: child, output: () => text, settled, ended };
}

/** Command lines of all running processes that mention this folder. */
export function processesOf(directory: string): string[] {
  const found: string[] = [];
  for (const pid of readdirProc()) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      if (command.includes(directory)) found.push(command);
    } catch {
      // it ended meanwhile
    }
  }
  return found;
}

function readdirProc(): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}
