// From an empty PostgreSQL to a migrated database with the demo exchange in it, whole or not at all.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { errorCode, explainFailure, StartError } from "./messages.mjs";
import { run } from "./processes.mjs";
import { serviceEnv } from "./settings.mjs";

/** @typedef {import("./settings.mjs").Settings} Settings */
/** @typedef {{ log(name: string): string; signal: AbortSignal; say(line: string): void }} Options */

const NAME = "cungcau";
/** The database under this name is still being filled; a start that was interrupted left it behind. */
const UNFINISHED = "cungcau_unfinished";

/**
 * @param {string} serverUrl
 * @param {string} name
 */
function databaseUrl(serverUrl, name) {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * @template T
 * @param {string} url
 * @param {(client: import("pg").Client) => Promise<T>} work
 */
async function connected(url, work) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // a server that stops while we are idle tells us here; the query that follows fails by itself
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Runs one of our command-line programs (built, or from source under --dev).
 * @param {Settings} settings
 * @param {string} name
 * @param {{ vi: string; en: string }} what
 * @param {string} url
 * @param {Options} options
 */
function program(settings, name, what, url, { log, signal, say }) {
  const args = settings.dev ? ["--import", "tsx", `scripts/${name}.ts`] : [path.join("dist", `scripts-${name}.js`)];
  return run(what, process.execPath, args, {
    cwd: settings.projectDir,
    env: serviceEnv(settings, url),
    logFile: log(name),
    signal,
    onLine: say,
  });
}

/**
 * @param {Settings} settings
 * @param {string} url
 * @param {Options} options
 */
async function fill(settings, url, options) {
  await program(
    settings,
    "migrate",
    { vi: "Cập nhật cấu trúc cơ sở dữ liệu", en: "Migrating the database" },
    url,
    options,
  );
  await program(settings, "seed", { vi: "Nạp dữ liệu", en: "Loading the data" }, url, options);
}

/**
 * Whoever sets or unsets MEILI_URL finds the whole index in the other engine at the next start.
 * @param {Settings} settings
 * @param {string} url
 * @param {Options} options
 * @param {boolean} fresh the index was built along with the data just now
 */
async function followEngine(settings, url, options, fresh) {
  const file = path.join(settings.dataDir, "search-engine.txt");
  const engine = process.env.MEILI_URL ? new URL(process.env.MEILI_URL).origin : "postgres";
  if (!fresh && (!existsSync(file) || readFileSync(file, "utf8").trim() !== engine)) {
    await program(settings, "reindex", { vi: "Lập chỉ mục tìm kiếm", en: "Building the search index" }, url, options);
  }
  writeFileSync(file, `${engine}\n`);
}

/**
 * Brings the database up to date. The embedded one is filled under another name and renamed when it is whole, so that an
 * interrupted first start leaves nothing half-written; on a server of one's own the seed program picks up where it was.
 * @param {Settings} settings
 * @param {string} serverUrl the embedded server, or DATABASE_URL as it was given
 * @param {Options} options
 * @returns {Promise<string>} address of the database
 */
export async function openDatabase(settings, serverUrl, options) {
  try {
    if (!settings.embedded) {
      await connected(serverUrl, (client) => client.query("SELECT 1"));
      await fill(settings, serverUrl, options);
      await followEngine(settings, serverUrl, options, false);
      return serverUrl;
    }
    const url = databaseUrl(serverUrl, NAME);
    const exists = await connected(serverUrl, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${UNFINISHED} WITH (FORCE)`);
      return (await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [NAME])).rowCount === 1;
    });
    if (exists) {
      await fill(settings, url, options);
      await followEngine(settings, url, options, false);
      return url;
    }
    await connected(serverUrl, (client) => client.query(`CREATE DATABASE ${UNFINISHED}`));
    const unfinished = databaseUrl(serverUrl, UNFINISHED);
    await fill(settings, unfinished, options);
    await connected(serverUrl, (client) => client.query(`ALTER DATABASE ${UNFINISHED} RENAME TO ${NAME}`));
    await followEngine(settings, url, options, true);
    return url;
  } catch (error) {
    if (error instanceof StartError || options.signal.aborted) throw error;
    const code = errorCode(error);
    if (!settings.embedded && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|28P01|28000|3D000)$/.test(code)) {
      const { host, pathname } = new URL(serverUrl);
      throw new StartError(
        `Không kết nối được PostgreSQL trong DATABASE_URL (${host}${pathname}: ${code}). Hãy kiểm tra địa chỉ, mật khẩu, tên cơ sở dữ liệu.`,
        `The PostgreSQL of DATABASE_URL cannot be reached (${host}${pathname}: ${code}). Check its address, password and database name.`,
        { cause: error },
      );
    }
    throw explainFailure(
      { vi: "Chuẩn bị cơ sở dữ liệu", en: "Preparing the database" },
      `${code} ${String(error)}`,
      options.log("postgres"),
    );
  }
}
