/**
 * Long crash runs: events are committed while worker, relay, Redis, PostgreSQL and the mail server die by kill -9 at random
 * and come back; then nothing may be lost, nothing told twice, nothing stuck.
 *   npm run soak [-- --events 2000] [--kills 40] [--queue redis|postgres] [--seed N]
 * Starts everything it needs by itself. The seed is printed; the same seed kills the same victims in the same order.
 */
import { parseArgs } from "node:util";
import { type CrashReport, runCrashes, VICTIMS } from "./lib/crash-run";
import { seeded } from "./lib/random";

const REST_WITHIN_MS = 300_000;

function row(name: string, reports: CrashReport[], value: (report: CrashReport) => string | number): string {
  return `${name.padEnd(34)}${reports.map((report) => String(value(report)).padStart(12)).join("")}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: "string", default: "2000" },
      kills: { type: "string", default: "40" },
      queue: { type: "string" },
      seed: { type: "string" },
    },
  });
  const events = Number(values.events);
  const kills = Number(values.kills);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const queues = (["redis", "postgres"] as const).filter((queue) => !values.queue || values.queue === queue);
  if (![events, kills, seed].every(Number.isInteger) || events < 1 || queues.length === 0)
    throw new Error("npm run soak -- [--events N] [--kills N] [--queue redis|postgres] [--seed N]");
  console.log(`seed ${seed}`);
  const reports: CrashReport[] = [];
  for (const queue of queues) {
    const random = seeded(seed);
    const alive = VICTIMS.filter((victim) => victim !== "redis" || queue === "redis");
    const victims = Array.from({ length: kills }, () => random.pick(alive));
    const tell = (line: string) => console.log(`  ${queue}: ${line}`);
    reports.push(await runCrashes({ queue, events, victims, points: [], seed, restWithinMs: REST_WITHIN_MS, tell }));
  }
  const total = (report: CrashReport) => Object.values(report.kills).reduce((sum, one) => sum + one, 0);
  console.log(`\n${row("", reports, (report) => (report === reports[0] ? (queues[0] ?? "") : (queues[1] ?? "")))}`);
  console.log(row("events committed", reports, (report) => report.events));
  for (const victim of VICTIMS) console.log(row(`killed: ${victim}`, reports, (report) => report.kills[victim]));
  console.log(row("notices (each exactly once)", reports, (report) => report.notices));
  console.log(row("mails", reports, (report) => report.mails));
  console.log(row("accepted by the mail server", reports, (report) => report.accepted));
  console.log(row("of these doubles (at most kills)", reports, (report) => `${report.doubles}/${total(report)}`));
  console.log(row("problems", reports, (report) => report.problems.length));
  console.log(row("seconds", reports, (report) => report.seconds.toFixed(0)));
  const problems = reports.flatMap((report) => report.problems);
  for (const problem of problems) console.error(`PROBLEM ${problem}`);
  if (problems.length > 0) throw new Error(`Repeat with --seed ${seed}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
