import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkDataDir, parsePort } from "./checks.mjs";

/**
 * A secret kept in DATA_DIR, made at the first start and readable by this user only.
 * @param {string} dataDir
 * @param {string} name
 */
export function keptSecret(dataDir, name) {
  const file = path.join(dataDir, name);
  if (!existsSync(file)) {
    // written whole under another name first: a crash never leaves half a secret
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, randomBytes(32).toString("base64url"), { mode: 0o600 });
    try {
      linkSync(fresh, file);
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  return readFileSync(file, "utf8").trim();
}

/**
 * What the launcher was asked to do, from its environment. An empty variable counts as unset.
 * @param {string} projectDir
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} dev
 */
export function readSettings(projectDir, env, dev) {
  const port = parsePort(env.PORT);
  const host = env.HOST || "127.0.0.1";
  const dataDir = path.resolve(projectDir, env.DATA_DIR || ".data");
  const mode = env.APP_MODE || "demo";
  const address = `http://${["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    projectDir,
    dev,
    port,
    host,
    dataDir,
    mode,
    address,
    logs: path.join(dataDir, "logs"),
    embedded: !env.DATABASE_URL,
    databaseUrl: env.DATABASE_URL || null,
  };
}

/** @typedef {ReturnType<typeof readSettings>} Settings */

/**
 * The environment of web, worker and command-line programs.
 * @param {Settings} settings
 * @param {string} databaseUrl
 * @returns {NodeJS.ProcessEnv}
 */
export function serviceEnv(settings, databaseUrl) {
  checkDataDir(settings.dataDir);
  const production = settings.mode === "production";
  return {
    ...process.env,
    NODE_ENV: settings.dev ? "development" : "production",
    APP_MODE: settings.mode,
    HOST: settings.host,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    // production must be told its own address and secret; the demo makes them
    ...(production ? {} : { PUBLIC_URL: process.env.PUBLIC_URL || settings.address }),
    ...(production || process.env.SESSION_SECRET
      ? {}
      : { SESSION_SECRET: keptSecret(settings.dataDir, "session-secret") }),
  };
}
