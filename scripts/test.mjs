// npm test: everything that tells whether the exchange is sound, on a fresh machine too. Ends with one line:
// N passed, N failed, N skipped. Plain Node without packages: it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkDisk, checkNode } from "./lib/checks.mjs";
import { StartError, seconds } from "./lib/messages.mjs";
import { buildAll, generateClient, installPackages, isInstalled } from "./lib/prepare.mjs";

const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const inCi = Boolean(process.env.CI) && process.env.CI !== "false";
const only = process.argv.slice(2).filter((name) => !name.startsWith("-"));
const scratch = mkdtempSync(path.join(os.tmpdir(), "cungcau-tests-"));
const logs = path.join(scratch, "logs");
const totals = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const skippedNames = [];
/** @type {string[]} */
const failures = [];
/** @type {NodeJS.ProcessEnv} */
const env = { ...process.env, FORCE_COLOR: process.env.FORCE_COLOR ?? (process.stdout.isTTY ? "1" : "0") };

/** @param {string} name */
function findProgram(name) {
  for (const folder of [...(process.env.PATH ?? "").split(path.delimiter), "/usr/bin", "/usr/local/bin"]) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not here
    }
  }
  return null;
}

/**
 * @param {string} label
 * @param {() => Promise<string | undefined> | string | undefined} work returns a note
 */
async function step(label, work) {
  console.log(`\n── ${label} …`);
  const started = performance.now();
  const note = await work();
  console.log(`── ${label}: ${seconds(performance.now() - started)}${note ? ` (${note})` : ""}`);
}

/**
 * Runs a program with its output on this terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [more]
 * @returns {Promise<number>} exit code
 */
function show(command, args, more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: projectDir,
      env: { ...env, ...more },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** @param {string} name */
const bin = (name) => path.join(projectDir, "node_modules/.bin", name);

/**
 * A check that passes or fails as a whole.
 * @param {string} label
 * @param {string} command
 * @param {string[]} args
 */
async function check(label, command, args) {
  await step(label, async () => {
    const code = await show(command, args);
    if (code === 0) totals.passed += 1;
    else {
      totals.failed += 1;
      failures.push(label);
    }
    return code === 0 ? "passed" : "FAILED";
  });
}

/**
 * Notes that something was not run. With CI set, what must run there counts as failed.
 * @param {string} name
 * @param {boolean} needed
 */
function skip(name, needed) {
  skippedNames.push(name);
  if (needed && inCi) {
    totals.failed += 1;
    failures.push(`${name} (skipped, which CI does not allow)`);
  } else totals.skipped += 1;
}

/** @param {string} project */
async function vitest(project) {
  await step(`${project} tests`, async () => {
    const file = path.join(scratch, `${project}.json`);
    const args = [
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      "--passWithNoTests",
    ];
    const code = await show(bin("vitest"), args);
    if (!existsSync(file)) {
      totals.failed += 1;
      failures.push(`${project} tests did not run`);
      return "FAILED";
    }
    /** @type {{ numPassedTests: number; numFailedTests: number; testResults: { name: string; status: string; message?: string; assertionResults: { fullName: string; status: string }[] }[] }} */
    const report = JSON.parse(readFileSync(file, "utf8"));
    let failed = 0;
    for (const suite of report.testResults) {
      const where = path.relative(projectDir, suite.name);
      for (const test of suite.assertionResults) {
        if (test.status === "passed") totals.passed += 1;
        else if (test.status === "failed") {
          failed += 1;
          failures.push(`${where} > ${test.fullName}`);
        } else skip(`${where} > ${test.fullName}`, /redis/i.test(`${where} ${test.fullName}`));
      }
      // a file that could not be loaded has no tests to count
      if (suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed")) {
        failed += 1;
        failures.push(where);
      }
    }
    if (code !== 0 && failed === 0) {
      failed = 1;
      failures.push(`${project} tests: an error outside of any test`);
    }
    totals.failed += failed;
    return `${report.numPassedTests} passed, ${failed} failed`;
  });
}

/** @param {string} chromium */
async function browser(chromium) {
  await step("browser tests", async () => {
    const file = path.join(scratch, "browser.json");
    const code = await show(bin("playwright"), ["test", "--reporter=line,json"], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      CHROMIUM_PATH: chromium,
    });
    if (!existsSync(file)) {
      totals.failed += 1;
      failures.push("browser tests did not run");
      return "FAILED";
    }
    /** @typedef {{ title: string; file?: string; specs?: { title: string; file: string; ok: boolean; tests: { status: string }[] }[]; suites?: Suite[] }} Suite */
    /** @type {{ suites: Suite[]; errors?: unknown[] }} */
    const report = JSON.parse(readFileSync(file, "utf8"));
    let passed = 0;
    let failed = 0;
    const walk = (/** @type {Suite} */ suite) => {
      for (const spec of suite.specs ?? []) {
        for (const test of spec.tests) {
          if (test.status === "skipped") skip(`tests/e2e/${spec.file} > ${spec.title}`, true);
          else if (test.status === "expected") passed += 1;
          else {
            failed += 1;
            failures.push(
              `tests/e2e/${spec.file} > ${spec.title}${test.status === "flaky" ? " (only passed when tried again)" : ""}`,
            );
          }
        }
      }
      for (const inner of suite.suites ?? []) walk(inner);
    };
    for (const suite of report.suites) walk(suite);
    if (code !== 0 && failed === 0) {
      failed = 1;
      failures.push("browser tests: an error outside of any test");
    }
    totals.passed += passed;
    totals.failed += failed;
    return `${passed} passed, ${failed} failed`;
  });
}

/** Debian's browser, Redis and a font with Vietnamese letters: installed where that is allowed, else named. */
async function systemTools() {
  const chromiumName = () =>
    process.env.CHROMIUM_PATH ||
    findProgram("chromium") ||
    findProgram("chromium-browser") ||
    findProgram("google-chrome");
  /** @type {string[]} */
  const wanted = [];
  if (!chromiumName()) wanted.push("chromium", "fonts-noto-core");
  if (!process.env.REDIS_URL && !findProgram("redis-server")) wanted.push("redis-server");
  if (wanted.length > 0 && process.getuid?.() === 0 && findProgram("apt-get")) {
    await step(`Installing ${wanted.join(", ")} with apt-get`, () => {
      /** @type {import("node:child_process").SpawnSyncOptions} */
      const quiet = {
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
        stdio: ["ignore", "ignore", "inherit"],
      };
      const worked =
        spawnSync("apt-get", ["update", "-qq"], quiet).status === 0 &&
        spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted], quiet).status === 0;
      return worked ? "done" : "not possible here";
    });
  }
  return chromiumName();
}

/** @param {string} name */
const wants = (name) => only.length === 0 || only.includes(name);

async function main() {
  checkNode();
  checkDisk(projectDir, isInstalled(projectDir) ? 0.5 : 2);
  checkDisk(scratch, 0.5);
  const started = performance.now();
  const end = () => rmSync(scratch, { recursive: true, force: true });
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.on(name, () => {
      end();
      process.exit(130);
    });
  }
  /** @param {typeof installPackages} work @param {string} name */
  const prepared = (work, name) => async () => {
    let said;
    await work(projectDir, { logFile: path.join(logs, `${name}.log`), note: (text) => (said = text) });
    return said;
  };
  try {
    await step("Installing packages", prepared(installPackages, "install"));
    const chromium = await systemTools();
    await step("Generating the database client", prepared(generateClient, "generate"));
    if (wants("types")) await check("types", bin("tsc"), ["--noEmit"]);
    if (wants("lint")) await check("lint", bin("biome"), ["check"]);
    if (wants("boundaries"))
      await check("boundaries", process.execPath, ["--import", "tsx", "scripts/check-boundaries.ts"]);
    if (wants("unit")) await vitest("unit");
    if (wants("contract")) await vitest("contract");
    if (wants("integration") || wants("browser")) await step("Building", prepared(buildAll, "build"));
    if (wants("integration")) await vitest("integration");
    if (wants("browser")) {
      if (chromium) await browser(chromium);
      else skip("browser tests: no chromium (apt-get install chromium, or set CHROMIUM_PATH)", true);
    }
  } catch (error) {
    if (error instanceof StartError) console.error(`✘ ${error.message}`);
    else console.error(error);
    // the log of what failed is in the scratch folder, which goes away: show its end
    for (const name of ["install", "generate", "build"]) {
      const file = path.join(logs, `${name}.log`);
      if (existsSync(file) && !(error instanceof StartError && !error.message.includes(file)))
        console.error(readFileSync(file, "utf8").slice(-6_000));
    }
    totals.failed += 1;
    failures.push(error instanceof Error ? error.message : String(error));
  } finally {
    end();
  }
  console.log(`\nTook ${seconds(performance.now() - started)}.`);
  if (skippedNames.length > 0) console.log(`Skipped:\n${skippedNames.map((name) => `  ${name}`).join("\n")}`);
  if (failures.length > 0) console.log(`Failed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}

void main();
