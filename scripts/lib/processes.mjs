import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { errorCode, explainFailure, StartError } from "./messages.mjs";

const LOG_LIMIT = 10 * 1024 * 1024;
const dieWithParent = fileURLToPath(new URL("./die-with-parent.mjs", import.meta.url));

/** @param {number} milliseconds */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Start time of a process in clock ticks since boot, or null when there is no such process (any more). A pid alone
 * says little: the system gives it to somebody else later.
 * @param {number} pid
 * @returns {string | null}
 */
export function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  return startTime(pid) !== null;
}

/**
 * @param {number} pid a negative one means the whole process group
 * @param {NodeJS.Signals} signal
 */
export function signal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

/**
 * Waits until a process is gone.
 * @param {number} pid
 * @param {number} milliseconds
 * @returns {Promise<boolean>} false when it is still there
 */
export async function gone(pid, milliseconds) {
  const deadline = performance.now() + milliseconds;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await pause(25);
  }
  return true;
}

/**
 * Opens a log for appending; one that has grown large is moved aside first.
 * @param {string} file
 */
export function openLog(file) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file) && statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/**
 * Runs a program to its end. What it says goes to a log; when it fails, the reason comes out as one line.
 * @param {{ vi: string; en: string }} what
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string; env?: NodeJS.ProcessEnv; logFile: string; signal?: AbortSignal; explain?: (output: string) => StartError | null; onLine?: (line: string) => void }} options
 * @returns {Promise<string>} its standard output
 */
export function run(what, command, args, { cwd, env = process.env, logFile, signal, explain, onLine }) {
  const log = openLog(logFile);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, signal, stdio: ["ignore", "pipe", "pipe"] });
    let all = "";
    let out = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      all = (all + chunk.toString()).slice(-100_000);
      try {
        writeFileSync(log, chunk);
      } catch {
        // a full disk must not hide why the program failed
      }
    };
    child.stdout.on("data", (chunk) => {
      keep(chunk);
      out += chunk.toString();
      if (onLine) for (const line of chunk.toString().split("\n")) if (line.trim() !== "") onLine(line.trim());
    });
    child.stderr.on("data", keep);
    /** @type {Error | undefined} */
    let failed;
    child.on("error", (error) => {
      failed = error;
    });
    // comes after "error" too, once all output is here
    child.on("close", (code) => {
      closeSync(log);
      if (failed && errorCode(failed) === "ENOENT") {
        const name = path.basename(command);
        reject(
          new StartError(
            `Thiếu chương trình ${name}. Hãy cài đặt nó rồi chạy lại.`,
            `The program ${name} is missing. Install it and run again.`,
          ),
        );
      } else if (failed) reject(failed);
      else if (code === 0) resolve(out);
      else reject(explain?.(all) ?? explainFailure(what, all, logFile));
    });
  });
}

/**
 * A process of ours that should not end before we say so.
 * @typedef {{ name: string; pid: number; ended: Promise<string>; stop(milliseconds: number): Promise<void> }} Service
 */

/**
 * Starts a Node program as a service: in a process group of its own (Ctrl-C in the terminal reaches the launcher only,
 * which stops things in order) and told to stop when the launcher dies.
 * @param {string} name
 * @param {string[]} args
 * @param {{ cwd: string; env: NodeJS.ProcessEnv; logFile: string }} options
 * @returns {Service}
 */
export function startService(name, args, { cwd, env, logFile }) {
  const log = openLog(logFile);
  const child = spawn(process.execPath, ["--import", dieWithParent, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, killed) => resolve(killed ?? `exit code ${code}`));
  });
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    async stop(milliseconds) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.pid && signal(-child.pid, "SIGKILL"), milliseconds);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Notes which processes were started, so that the next start can clear away what a killed launcher left.
 * @param {string} file
 * @param {{ name: string; pid: number }[]} services
 */
export function noteServices(file, services) {
  const rows = services.map(({ name, pid }) => ({ name, pid, startTime: startTime(pid) }));
  writeFileSync(file, `${JSON.stringify(rows)}\n`, { mode: 0o600 });
}

/**
 * Stops the processes that a launcher which was killed left behind.
 * @param {string} file
 */
export async function clearLeftovers(file) {
  if (!existsSync(file)) return;
  /** @type {unknown} */
  let rows;
  try {
    rows = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    rows = [];
  }
  for (const row of Array.isArray(rows) ? rows : []) {
    if (typeof row?.pid !== "number" || typeof row.startTime !== "string") continue;
    if (startTime(row.pid) !== row.startTime) continue;
    signal(row.pid, "SIGTERM");
    if (await gone(row.pid, 8_000)) continue;
    signal(-row.pid, "SIGKILL");
    await gone(row.pid, 2_000);
  }
  rmSync(file, { force: true });
}
