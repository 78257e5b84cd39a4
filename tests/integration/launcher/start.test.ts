import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/lib/checks.mjs";
import { eventually } from "../../setup/harness";
import { type Launched, launch, makeProject, processesOf } from "./project";

let project: ReturnType<typeof makeProject>;
let port: number;
const started: Launched[] = [];

function start(env: Record<string, string> = {}): Launched {
  const one = launch(project.directory, { PORT: String(port), ...env });
  started.push(one);
  return one;
}
async function rows(at = "/"): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}${at}`)).text());
}
async function stop(one: Launched): Promise<void> {
  one.process.kill("SIGINT");
  expect(await one.ended, one.output()).toBe(0);
}
const nothingLeft = () =>
  eventually(() => processesOf(project.directory).length === 0, { what: "the end of all processes" });
const noTrace = (text: string) => expect(text).not.toMatch(/\n\s+at .+:\d+/);

beforeAll(async () => {
  project = makeProject();
  port = await freePort();
});
// a failed test must not leave its exchange to the next one
afterEach(async () => {
  for (const one of started) if (one.process.exitCode === null) one.process.kill("SIGTERM");
  await Promise.all(started.map((one) => one.ended));
});
afterAll(() => project.remove());

describe.sequential("npm start", () => {
  it("goes from nothing to Ready in a path with blanks and Vietnamese letters, and Ctrl-C stops everything", async () => {
    const one = start();
    expect(await one.settled, one.output()).toBe("ready");
    expect(one.output()).toContain(`Ready: http://127.0.0.1:${port}`);
    expect(one.output()).toContain("moi-gioi@demo.cungcau.invalid");
    expect(await rows("/add")).toBe(2);
    for (const secret of ["session-secret", "postgres-password"]) {
      expect(statSync(path.join(project.dataDir, secret)).mode & 0o777).toBe(0o600);
    }
    const began = performance.now();
    await stop(one);
    expect(performance.now() - began).toBeLessThan(15_000);
    await nothingLeft();
  });

  it("keeps the data and says plainly when another one runs on the same data", async () => {
    const one = start();
    expect(await one.settled, one.output()).toBe("ready");
    expect(await rows()).toBe(2);
    const second = start({ PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/Another Cungcau is already running/);
    noTrace(second.output());
    expect(await rows()).toBe(2);
    await stop(one);
  });

  it("starts again by itself after kill -9 of the launcher, with the data kept", async () => {
    const one = start();
    expect(await one.settled, one.output()).toBe("ready");
    await rows("/add");
    one.process.kill("SIGKILL");
    await one.ended;
    // at once, whatever of the old one is still alive
    const again = start();
    expect(await again.settled, again.output()).toBe("ready");
    expect(await rows()).toBe(3);
    await stop(again);
    await nothingLeft();
  });

  it("mends a pid file that a crash of the machine left behind", async () => {
    const stale = path.join(project.dataDir, "postgres/postmaster.pid");
    writeFileSync(stale, `${process.pid}\n${project.dataDir}/postgres\n0\n5432\n\n127.0.0.1\n0 0\nready\n`);
    writeFileSync(path.join(project.dataDir, "running.json"), `[{"name":"web","pid":${process.pid},"startTime":"1"}]`);
    const one = start();
    expect(await one.settled, one.output()).toBe("ready");
    expect(await rows()).toBe(3);
    await stop(one);
  });

  it("says in one line that the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    const one = start();
    expect(await one.ended).toBe(1);
    const complaint = one
      .output()
      .split("\n")
      .filter((line) => line.startsWith("✘"));
    expect(complaint).toHaveLength(1);
    expect(complaint[0]).toMatch(/Cổng \d+ đang có chương trình khác dùng.*PORT=\d+ npm start.*Port \d+ is taken/);
    noTrace(one.output());
    await new Promise((resolve) => other.close(resolve));
  });

  it("refuses a port that is none, and stops everything when a service dies", async () => {
    const wrong = start({ PORT: "http" });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toMatch(/PORT=http is not a port number/);
    const one = start();
    expect(await one.settled, one.output()).toBe("ready");
    await fetch(`http://127.0.0.1:${port}/crash`).catch(() => {});
    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(/web stopped unexpectedly \(exit code 3\)/);
    noTrace(one.output());
    await nothingLeft();
  });

  it("never leaves a half-written database when the first start is interrupted", async () => {
    const DATA_DIR = path.join(project.directory, "other data");
    const one = start({ DATA_DIR, SEED_HANGS: "1" });
    await eventually(() => existsSync(path.join(DATA_DIR, "logs/seed.log")) || one.process.exitCode !== null);
    one.process.kill("SIGKILL");
    await one.ended;
    const again = start({ DATA_DIR });
    expect(await again.settled, again.output()).toBe("ready");
    expect(await rows()).toBe(1);
    await stop(again);
    expect(existsSync(path.join(DATA_DIR, "postgres/PG_VERSION"))).toBe(true);
  });

  it("names a PostgreSQL that cannot be reached, without its password", async () => {
    const one = start({
      DATABASE_URL: `postgres://u:hidden@127.0.0.1:${await freePort()}/x`,
      DATA_DIR: path.join(project.directory, "third"),
    });
    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(/cannot be reached.*ECONNREFUSED/);
    expect(one.output()).not.toContain("hidden");
    noTrace(one.output());
  });

  it("puts PostgreSQL's data where its account may read when the project lies in a private folder", async () => {
    if (process.getuid?.() !== 0) return;
    const DATA_DIR = path.join(project.directory, "private/data");
    mkdirSync(path.dirname(DATA_DIR), { mode: 0o700 });
    const one = start({ DATA_DIR });
    expect(await one.settled, one.output()).toBe("ready");
    const place = readFileSync(path.join(DATA_DIR, "postgres-is-in.txt"), "utf8").trim();
    expect(existsSync(path.join(place, "PG_VERSION"))).toBe(true);
    await rows("/add");
    await stop(one);
    const again = start({ DATA_DIR });
    expect(await again.settled, again.output()).toBe("ready");
    expect(await rows()).toBe(2);
    await stop(again);
    rmSync(path.dirname(place), { recursive: true });
  });
});
