import { tidyLogins } from "~/modules/accounts/index.server";
import { sweepIntroductions } from "~/modules/brokering/index.server";
import { sweepDeals, sweepOutcomes } from "~/modules/deals/index.server";
import { expireListings, sweepReconfirm } from "~/modules/listings/index.server";
import {
  countCorpus,
  queueOutdatedMatches,
  queueUnindexed,
  queueVectors,
  settleDictionary,
  tellSearches,
} from "~/modules/matching/index.server";
import {
  queueDigests,
  queueHeldMails,
  queueLostMails,
  queueMails,
  remindOverdue,
} from "~/modules/notifications/index.server";
import { pruneFiles, recordSweepEnd, recordSweepStart } from "~/modules/operations/index.server";
import { sweepMeetings, sweepMeetingsSoon } from "~/modules/sessions/index.server";
import { systemCtx, type WorkContainer } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { jobErrorCode } from "~/platform/job-errors";
import { requeueUndone } from "./requeue";
import { SUBSCRIPTIONS } from "./subscriptions";

type Sweep = { name: string; everyMs: number; run: (ctx: Ctx, container: WorkContainer) => Promise<number> };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * What looks again and again for work that was lost or that the calendar brings. Every sweep is safe to run in several
 * workers at once: it changes rows conditionally and queues derived ids. (Outbox rows that no
 * relay has seen are the relay's own sweep.)
 */
export const SWEEPS: readonly Sweep[] = [
  {
    name: "mails",
    everyMs: 20 * SECOND,
    run: (ctx, { queue }) => queueLostMails(ctx, queue),
  },
  { name: "jobs", everyMs: 20 * SECOND, run: (_ctx, container) => requeueUndone(container, SUBSCRIPTIONS) },
  { name: "digests", everyMs: 20 * SECOND, run: (ctx, { queue }) => queueDigests(ctx, queue) },
  { name: "held-mails", everyMs: 5 * SECOND, run: (ctx, { queue }) => queueHeldMails(ctx, queue) },
  {
    name: "overdue",
    everyMs: 10 * MINUTE,
    async run(ctx, { queue }) {
      const { reminded, mailIds } = await remindOverdue(ctx);
      if (mailIds.length > 0) await queueMails(queue, mailIds);
      return reminded;
    },
  },
  // with nothing to do it is one look at the listings; after a change of engine it keeps the workers busy
  { name: "rematch", everyMs: 20 * SECOND, run: (ctx, { queue }) => queueOutdatedMatches(ctx, queue) },
  { name: "vectors", everyMs: MINUTE, run: (ctx, { queue }) => queueVectors(ctx, queue) },
  { name: "index", everyMs: 2 * MINUTE, run: (ctx, { queue }) => queueUnindexed(ctx, queue) },
  { name: "dictionary", everyMs: MINUTE, run: (ctx, { queue }) => settleDictionary(ctx, queue) },
  { name: "expire-listings", everyMs: 10 * MINUTE, run: (ctx) => expireListings(ctx) },
  {
    name: "reconfirm-listings",
    everyMs: 10 * MINUTE,
    async run(ctx) {
      const swept = await sweepReconfirm(ctx);
      return swept.ok ? swept.value.asked + swept.value.reminded + swept.value.hidden : 0;
    },
  },
  { name: "searches", everyMs: 20 * SECOND, run: (ctx) => tellSearches(ctx) },
  { name: "corpus", everyMs: 10 * MINUTE, run: (ctx) => countCorpus(ctx) },
  {
    name: "introductions",
    everyMs: 10 * MINUTE,
    async run(ctx) {
      const swept = await sweepIntroductions(ctx);
      return swept.ok ? swept.value.reminded + swept.value.escalated + swept.value.expired + swept.value.withdrawn : 0;
    },
  },
  {
    name: "meetings",
    everyMs: 10 * MINUTE,
    async run(ctx) {
      const swept = await sweepMeetings(ctx);
      return swept.ok ? swept.value.reminded + swept.value.stepsDue : 0;
    },
  },
  {
    name: "meetings-soon",
    everyMs: MINUTE,
    async run(ctx) {
      const swept = await sweepMeetingsSoon(ctx);
      return swept.ok ? swept.value.reminded : 0;
    },
  },
  {
    name: "tidy-logins",
    everyMs: 60 * MINUTE,
    async run(ctx) {
      const tidied = await tidyLogins(ctx);
      return tidied.ok ? tidied.value.logins + tidied.value.links : 0;
    },
  },
  {
    name: "files",
    everyMs: 6 * 60 * MINUTE,
    async run(ctx) {
      const counted = await pruneFiles(ctx);
      return counted.ok ? counted.value.pruned : 0;
    },
  },
  {
    name: "deals",
    everyMs: 10 * MINUTE,
    async run(ctx) {
      const swept = await sweepDeals(ctx);
      return swept.ok ? swept.value.registration + swept.value.milestones : 0;
    },
  },
  {
    name: "outcomes",
    everyMs: 10 * MINUTE,
    async run(ctx) {
      const swept = await sweepOutcomes(ctx);
      return swept.ok ? swept.value.asked : 0;
    },
  },
];

export type Schedules = {
  start(): void;
  /** names of sweeps that run, or have not begun, far longer than they should */
  stuck(): string[];
  stop(): Promise<void>;
};

/** Longer than any sweep takes. */
const STUCK_MS = 30 * MINUTE;

/** Runs each sweep at once and then at its interval; never twice at a time in this process. */
export function createSchedules(container: WorkContainer, sweeps: readonly Sweep[] = SWEEPS): Schedules {
  const timers: NodeJS.Timeout[] = [];
  const running = new Set<Promise<void>>();
  /** when each sweep last began */
  const began = new Map<string, number>();
  let stopped = false;
  const run = async (sweep: Sweep) => {
    const ctx = systemCtx(container, `sweep-${sweep.name}`);
    const log = ctx.log.child({ sweep: sweep.name, requestId: ctx.requestId });
    const began = performance.now();
    try {
      await recordSweepStart(ctx, sweep);
      const found = await sweep.run({ ...ctx, log }, container);
      const durationMs = performance.now() - began;
      await recordSweepEnd(ctx, sweep, { durationMs, found });
      if (found > 0) log.info({ found, durationMs: Math.round(durationMs) }, "sweep found work");
    } catch (error) {
      const errorCode = jobErrorCode(error);
      log.error({ code: errorCode, reason: error instanceof Error ? error.name : "unknown" }, "sweep failed");
      // when the database itself is away there is nowhere to write it; the page then shows the sweep as late
      await recordSweepEnd(ctx, sweep, { durationMs: performance.now() - began, errorCode }).catch(() => {});
    }
  };
  const loop = (sweep: Sweep) => {
    if (stopped) return;
    began.set(sweep.name, performance.now());
    const work: Promise<void> = run(sweep).finally(() => {
      running.delete(work);
      if (!stopped) timers.push(setTimeout(() => loop(sweep), sweep.everyMs));
    });
    running.add(work);
  };
  return {
    start() {
      for (const sweep of sweeps) loop(sweep);
    },
    stuck() {
      const now = performance.now();
      return sweeps
        .filter(({ name, everyMs }) => now - (began.get(name) ?? now) > everyMs + STUCK_MS)
        .map(({ name }) => name);
    },
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
