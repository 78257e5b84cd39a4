import { describe, expect, it } from "vitest";
import { runCrashes, type Victim } from "../../../scripts/lib/crash-run";
import { redisAvailable } from "../../contract/queue/redis-server";

/**
 * Two hundred events under way while each process dies once by kill -9 and comes back: worker, relay, the mail server,
 * PostgreSQL with synchronous commit on, and Redis where it is the queue. `npm run soak` does the same for longer.
 */
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
const withRedis = redisAvailable();
if (!withRedis && !process.env.CI) console.warn("SKIPPED: crashes on redis (redis-server is not on the PATH)");

const CASES: { queue: "redis" | "postgres"; victims: Victim[] }[] = [
  { queue: "redis", victims: ["worker", "redis", "relay", "smtp", "postgres"] },
  { queue: "postgres", victims: ["relay", "postgres", "worker", "smtp"] },
];

describe.each(CASES)("one kill -9 for each of $victims, queue on $queue", ({ queue, victims }) => {
  it.skipIf(queue === "redis" && !withRedis && !process.env.CI)(
    `loses nothing and tells nothing twice (CRASH_SEED=${SEED})`,
    { timeout: 300_000 },
    async () => {
      const events = 200;
      const lines: string[] = [];
      const report = await runCrashes({
        queue,
        events,
        victims,
        points: queue === "redis" ? ["notify:after-commit", "deliver:after-250", "relay:after-queued"] : [],
        seed: SEED,
        restWithinMs: 150_000,
        tell: (line) => lines.push(line),
      });
      const said = `seed ${SEED}\n${lines.join("\n")}\n${JSON.stringify(report)}`;
      console.info(said);
      expect(report.problems, said).toEqual([]);
      for (const victim of victims) expect(report.kills[victim], said).toBeGreaterThanOrEqual(1);
      expect([report.events, report.notices, report.mails], said).toEqual([events, events, events]);
      expect(report.accepted, said).toBe(events + report.doubles);
    },
  );
});
