// npm start: from a fresh clone to a running exchange, and everything stopped again by Ctrl-C.
// Plain Node without packages: it runs before anything is installed.
import { appendFileSync, mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkDataDir, checkDisk, checkNode, checkPlatform, checkPort } from "./lib/checks.mjs";
import { openDatabase } from "./lib/demo-database.mjs";
import { demoLogins } from "./lib/demo-logins.mjs";
import { tryLock } from "./lib/lock.mjs";
import { createProgress, StartError, seconds } from "./lib/messages.mjs";
import { startEmbeddedPostgres } from "./lib/postgres.mjs";
import { buildAll, generateClient, installPackages, isInstalled } from "./lib/prepare.mjs";
import { clearLeftovers, noteServices, pause, startService } from "./lib/processes.mjs";
import { keptSecret, readSettings, serviceEnv } from "./lib/settings.mjs";

const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dev = process.argv.includes("--dev");
const READY_WITHIN_MS = 60_000;

/** Time to stop by itself before it is killed; together under 15 seconds. */
const STOP_MS = { web: 3_000, worker: 8_000, postgres: 3_500 };

/** Everything started so far; stopped from the last to the first. @type {(() => Promise<void>)[]} */
const running = [];
const stopping = new AbortController();
/** @type {Promise<void> | undefined} */
let stopped;
/** @type {string | undefined} */
let logDir;

/** Stops everything this launcher started, in order: web, worker, PostgreSQL. Within 15 seconds. */
function stopAll() {
  stopped ??= (async () => {
    stopping.abort();
    for (const stop of [...running].reverse()) await stop();
  })();
  return stopped;
}

/** @param {unknown} error */
async function giveUp(error) {
  await stopAll();
  if (error instanceof StartError) console.error(`✘ ${error.message}`);
  else {
    let place = "";
    try {
      if (logDir) {
        mkdirSync(logDir, { recursive: true });
        place = path.join(logDir, "start.log");
        appendFileSync(place, `${new Date().toISOString()} ${error instanceof Error ? error.stack : String(error)}\n`);
      }
    } catch {
      place = "";
    }
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    const details = place ? ` Chi tiết / details: ${place}` : "";
    console.error(`✘ Không khởi động được: ${reason} / Could not start: ${reason}.${details}`);
  }
  process.exit(1);
}

for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(name, () => {
    if (stopping.signal.aborted) return;
    console.log("\nĐang dừng / Stopping …");
    const started = performance.now();
    void stopAll().then(() => {
      console.log(`Đã dừng / Stopped: ${seconds(performance.now() - started)}`);
      process.exit(0);
    });
  });
}

/**
 * @param {string} address
 * @param {Promise<string>[]} ended
 */
async function untilReady(address, ended) {
  let over = false;
  void Promise.race(ended).then(() => {
    over = true;
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!over && performance.now() < deadline && !stopping.signal.aborted) {
    const ready = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await pause(100);
  }
  if (over || stopping.signal.aborted) return;
  throw new StartError(
    `Trang web không sẵn sàng sau ${READY_WITHIN_MS / 1000} giây. Xem ${logDir}/web.log rồi chạy lại.`,
    `The site was not ready after ${READY_WITHIN_MS / 1000} seconds. Read ${logDir}/web.log and run again.`,
  );
}

async function main() {
  checkNode();
  const settings = readSettings(projectDir, process.env, dev);
  logDir = settings.logs;
  const progress = createProgress(settings.embedded ? 7 : 6);
  const log = (/** @type {string} */ name) => path.join(settings.logs, `${name}.log`);
  const { signal } = stopping;

  await progress.step("Kiểm tra máy", "Checking the machine", async () => {
    checkPlatform(settings.embedded);
    checkDataDir(settings.dataDir);
    if (!(await tryLock(`data:${realpathSync(settings.dataDir)}`))) {
      throw new StartError(
        `Đã có một Cungcau đang chạy trên ${settings.dataDir}. Hãy dùng bản đó, dừng nó bằng Ctrl-C, hoặc chọn DATA_DIR và PORT khác.`,
        `Another Cungcau is already running on ${settings.dataDir}. Use that one, stop it with Ctrl-C, or choose another DATA_DIR and PORT.`,
      );
    }
    await clearLeftovers(path.join(settings.dataDir, "running.json"));
    await checkPort(settings.port, settings.host);
    checkDisk(projectDir, isInstalled(projectDir) ? 0.3 : 2);
    checkDisk(settings.dataDir, 0.5);
  });
  await progress.step("Cài đặt các gói", "Installing packages", (note) =>
    installPackages(projectDir, { logFile: log("install"), signal, note }),
  );
  await progress.step("Dựng ứng dụng", "Building", (note) =>
    (dev ? generateClient : buildAll)(projectDir, { logFile: log("build"), signal, note }),
  );

  let serverUrl = settings.databaseUrl;
  if (!serverUrl) {
    await progress.step("Khởi động PostgreSQL", "Starting PostgreSQL", async () => {
      const password = keptSecret(settings.dataDir, "postgres-password");
      const server = await startEmbeddedPostgres({
        projectDir,
        dataDir: settings.dataDir,
        password,
        logFile: log("postgres"),
      });
      running.push(() => server.stop(STOP_MS.postgres));
      void server.ended.then((reason) => onEnd("PostgreSQL", reason, log("postgres")));
      serverUrl = server.url("postgres");
    });
  }
  const url = await progress.step("Chuẩn bị cơ sở dữ liệu", "Preparing the database", () =>
    openDatabase(settings, String(serverUrl), { log, signal, say: (line) => console.log(`      ${line}`) }),
  );

  const env = serviceEnv(settings, url);
  const services = await progress.step("Khởi động web và tiến trình nền", "Starting web and worker", async () => {
    const program = (/** @type {string} */ source, /** @type {string} */ built) =>
      dev ? ["--import", "tsx", source] : [built];
    const options = (/** @type {string} */ name) => ({ cwd: projectDir, env, logFile: log(name) });
    // as "npm run worker" does (docs/operations.md): a heap without a bound grows far above what is in use
    const work = ["--max-old-space-size=640", ...program("workers/main.ts", "dist/workers-main.js")];
    const worker = startService("worker", work, options("worker"));
    running.push(() => worker.stop(STOP_MS.worker));
    const web = startService("web", program("scripts/serve.ts", "dist/scripts-serve.js"), options("web"));
    running.push(() => web.stop(STOP_MS.web));
    noteServices(path.join(settings.dataDir, "running.json"), [web, worker]);
    for (const service of [web, worker])
      void service.ended.then((reason) => onEnd(service.name, reason, log(service.name)));
    return [web, worker];
  });
  await progress.step("Chờ trang web sẵn sàng", "Waiting until the site answers", () =>
    untilReady(
      settings.address,
      services.map((s) => s.ended),
    ),
  );
  if (stopping.signal.aborted) return;
  console.log([`\nReady: ${settings.address}`, ...(settings.mode === "demo" ? [demoLogins()] : [])].join("\n"));
}

/**
 * Something that should run on has ended: the rest is stopped too, so that nobody works on half an exchange.
 * @param {string} name
 * @param {string} reason
 * @param {string} logFile
 */
function onEnd(name, reason, logFile) {
  if (stopping.signal.aborted) return;
  void giveUp(
    new StartError(
      `${name} đã dừng bất ngờ (${reason}). Xem ${logFile}, rồi chạy lại npm start.`,
      `${name} stopped unexpectedly (${reason}). Read ${logFile}, then run npm start again.`,
    ),
  );
}

main().catch((error) => (stopping.signal.aborted ? undefined : giveUp(error)));
