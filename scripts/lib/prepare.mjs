// Installing and building, each only when its inputs changed since the last time it was done.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { StartError } from "./messages.mjs";
import { run } from "./processes.mjs";

const ALREADY = "đã có / already there";

/**
 * Fingerprint of files and folders (tests and hidden files left out), independent of their times.
 * @param {string} projectDir
 * @param {string[]} entries relative to projectDir; absent ones count as absent
 * @param {string} [salt]
 */
export function fingerprint(projectDir, entries, salt = "") {
  const hash = createHash("sha256").update(salt);
  /** @param {string} relative */
  const add = (relative) => {
    const full = path.join(projectDir, relative);
    if (!existsSync(full)) return;
    hash.update(`\0${relative}\0`).update(readFileSync(full));
  };
  for (const entry of entries) {
    if (path.extname(entry) !== "" || !existsSync(path.join(projectDir, entry))) {
      add(entry);
      continue;
    }
    const files = readdirSync(path.join(projectDir, entry), { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.name.startsWith(".") && !/\.test\.tsx?$/.test(file.name))
      .map((file) => path.relative(projectDir, path.join(file.parentPath, file.name)))
      .filter((file) => !file.startsWith(path.join("app", "generated")));
    for (const file of files.sort()) add(file);
  }
  return hash.digest("hex");
}

/**
 * @param {string} file
 * @param {string} expected
 */
function stampIs(file, expected) {
  return existsSync(file) && readFileSync(file, "utf8").trim() === expected;
}

/** How to call npm: the one that runs us, else the one on the path. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? { command: process.execPath, args: [script] } : { command: "npm", args: [] };
}

/** The environment without what npm adds to it for its own scripts. */
export function plainEnv() {
  return /** @type {NodeJS.ProcessEnv} */ (
    Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !/^npm_(config|package|lifecycle|command|node)/.test(key)),
    )
  );
}

/** @param {string} projectDir */
export function installState(projectDir) {
  const stamp = path.join(projectDir, "node_modules/.cungcau-installed");
  const expected = fingerprint(
    projectDir,
    ["package.json", "package-lock.json"],
    `${process.platform}-${process.arch}-${process.versions.modules}`,
  );
  return { stamp, expected, done: stampIs(stamp, expected) };
}

/** @param {string} projectDir */
export function isInstalled(projectDir) {
  return installState(projectDir).done;
}

/**
 * Installs the packages of the lock file, those for building and testing included, unless that was done already.
 * @param {string} projectDir
 * @param {{ logFile: string; signal?: AbortSignal; note?: (text: string) => void }} options
 */
export function installPackages(projectDir, { logFile, signal, note }) {
  return withLock(`install:${projectDir}`, async () => {
    const { stamp, expected, done } = installState(projectDir);
    if (done) return note?.(ALREADY);
    const npm = npmCommand();
    rmSync(stamp, { force: true });
    await run(
      { vi: "Cài đặt các gói phần mềm", en: "Installing the packages" },
      npm.command,
      [...npm.args, "install", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
      {
        cwd: projectDir,
        env: plainEnv(),
        logFile,
        signal,
        explain: (output) =>
          /spawn npm ENOENT/.test(output)
            ? new StartError(
                "Thiếu npm. Hãy cài npm cùng Node.js rồi chạy lại.",
                "npm is missing. Install it with Node.js and run again.",
              )
            : null,
      },
    );
    writeFileSync(stamp, expected);
  });
}

const SOURCES = [
  "app",
  "workers",
  "scripts",
  "public",
  "prisma/schema.prisma",
  // bundled into the seed program
  "prisma/seed",
  "package.json",
  "package-lock.json",
  "remix.config.js",
  "vite.config.ts",
  "tsconfig.json",
];

/** @param {string} projectDir */
export function buildState(projectDir) {
  const stamp = path.join(projectDir, "dist/.cungcau-built");
  const expected = fingerprint(projectDir, SOURCES, process.versions.modules);
  return {
    stamp,
    expected,
    done: stampIs(stamp, expected) && existsSync(path.join(projectDir, "build/server/index.js")),
  };
}

/**
 * Builds the web, worker and command-line bundles unless the sources are those of the last build.
 * @param {string} projectDir
 * @param {{ logFile: string; signal?: AbortSignal; note?: (text: string) => void }} options
 */
export function buildAll(projectDir, { logFile, signal, note }) {
  return withLock(`build:${projectDir}`, async () => {
    const { stamp, expected, done } = buildState(projectDir);
    if (done) return note?.(ALREADY);
    const npm = npmCommand();
    rmSync(stamp, { force: true });
    await run({ vi: "Dựng ứng dụng", en: "Building the application" }, npm.command, [...npm.args, "run", "build"], {
      cwd: projectDir,
      env: { ...plainEnv(), NODE_ENV: "production" },
      logFile,
      signal,
    });
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, expected);
  });
}

/**
 * Generates the database client (git-ignored) unless it is that of the present schema.
 * @param {string} projectDir
 * @param {{ logFile: string; signal?: AbortSignal; note?: (text: string) => void }} options
 */
export function generateClient(projectDir, { logFile, signal, note }) {
  return withLock(`build:${projectDir}`, async () => {
    const stamp = path.join(projectDir, "app/generated/.cungcau-generated");
    const expected = fingerprint(projectDir, ["prisma/schema.prisma", "package-lock.json"]);
    if (stampIs(stamp, expected)) return note?.(ALREADY);
    const npm = npmCommand();
    await run(
      { vi: "Sinh mã truy cập dữ liệu", en: "Generating the database client" },
      npm.command,
      [...npm.args, "run", "generate"],
      {
        cwd: projectDir,
        env: plainEnv(),
        logFile,
        signal,
      },
    );
    writeFileSync(stamp, expected);
  });
}
