import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexListing, queueUnindexed, rebuildIndex } from "~/modules/matching/index.server";
import { dropDeadLetters, recordDeadLetter, replayDeadLetters } from "~/modules/notifications/index.server";
import {
  listDeadLetters,
  operatorOverview,
  recordBeat,
  recordSweepEnd,
  recordSweepStart,
  recordWorkerEnd,
} from "~/modules/operations/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { startBeat } from "../../../workers/beat";
import { createSchedules, SWEEPS } from "../../../workers/schedules";
import { aPublishedNeed } from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { emitEvent } from "../notifications/subjects";

let world: TestWorld;
let administrator: PersonActor;
let broker: PersonActor;
beforeAll(async () => {
  world = await openTestWorld();
  administrator = await makeStaff(world, "administrator");
  broker = await makeBroker(world);
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;
const overview = async () => {
  const view = await operatorOverview(world.ctx(administrator));
  if (!view) throw new Error("an administrator sees no overview");
  return view;
};
const beat = (workerId: string, over: object = {}) =>
  recordBeat(world.system, {
    workerId,
    host: "may-1",
    pid: 42,
    startedAt: world.clock.now(),
    queueKind: "postgres",
    queues: { notify: { waiting: 3, active: 1, delayed: 2, failed: 0, oldest: "2026-11-23T01:59:00.000Z" } },
    listening: true,
    ...over,
  });

describe("the operators' overview", () => {
  it("is for administrators", async () => {
    for (const actor of [broker, undefined, await makeStaff(world, "leader")])
      expect(await operatorOverview(world.ctx(actor))).toBeNull();
  });

  it("sees the workers of all machines, and misses those that fell silent", async () => {
    expect((await overview()).attention).toContain("no-worker");
    const [one, two] = [newId(), newId()];
    await beat(one);
    await beat(two, { host: "may-2", pid: 7, listening: false });
    let view = await overview();
    expect(view.workers.map((worker) => [worker.host, worker.pid, worker.alive, worker.listening]).sort()).toEqual([
      ["may-1", 42, true, true],
      ["may-2", 7, true, false],
    ]);
    expect(view.queues?.rows).toEqual([
      { name: "notify", waiting: 3, active: 1, delayed: 2, failed: 0, oldest: new Date("2026-11-23T01:59:00.000Z") },
    ]);
    expect(view.attention).not.toContain("no-worker");
    await recordWorkerEnd(world.system, one);
    view = await overview();
    expect(view.workers.find((worker) => worker.id === one)).toMatchObject({ alive: false, stopped: true });
    expect(view.attention).toContain("not-listening");
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    view = await overview();
    expect(view.workers.find((worker) => worker.id === two)).toMatchObject({ alive: false, stopped: false });
    expect(view.attention).toContain("no-worker");
    expect(view.queues).toBeNull();
  });

  it("names what waits, since when, and says which is too old", async () => {
    await db().outboxEvent.updateMany({ data: { relayedAt: world.clock.now() } });
    const waits = await emitEvent(world, "listing.withdrawn", newId());
    const since = world.clock.now();
    world.clock.set(new Date(since.getTime() + 61_000));
    const view = await overview();
    expect(view.waiting).toMatchObject({ events: 1, oldestEvent: since });
    expect(view.attention).toContain("events-late");
    await db().outboxEvent.update({ where: { id: waits }, data: { relayedAt: world.clock.now() } });
    const after = await overview();
    expect(after.waiting.events).toBe(0);
    expect(after.throughput.find((row) => row.key === "events")?.hour).toBeGreaterThan(0);
  });

  it("shows what a worker says of itself, with the depth of its own queues", async () => {
    world.container.queue.work(
      {
        ...(await import("~/modules/notifications/index.server")).notifyJob,
        name: "counted",
      },
      async () => {},
      async () => {},
    );
    const beating = startBeat(world.container, { listening: () => true }, 60_000);
    const seen = await eventually(async () => (await overview()).workers.find((worker) => worker.pid === process.pid));
    expect(seen).toMatchObject({ alive: true, listening: true });
    expect((await overview()).queues?.rows.map((row) => row.name)).toContain("counted");
    await beating.stop();
    expect((await overview()).workers.find((worker) => worker.pid === process.pid)).toMatchObject({ stopped: true });
  });
});

describe("sweeps", () => {
  it("leave their last run: what they found, or the code they failed with", async () => {
    let fails = true;
    const schedules = createSchedules(world.container, [
      { name: "fine-one", everyMs: 60_000, run: async () => 4 },
      {
        name: "sore-one",
        everyMs: 60_000,
        run: async () => {
          if (fails) throw Object.assign(new Error("gone"), { code: "P1001" });
          return 0;
        },
      },
    ]);
    schedules.start();
    await schedules.stop();
    const rows = () => overview().then((view) => view.sweeps.filter((one) => one.name.endsWith("-one")));
    expect(await rows()).toMatchObject([
      { name: "fine-one", found: 4, health: "fine", running: false, errorCode: null },
      { name: "sore-one", health: "failing", errorCode: "P1001", failures: 1, succeededAt: null },
    ]);
    expect((await overview()).attention).toContain("sweeps");
    fails = false;
    const again = createSchedules(world.container, [{ name: "sore-one", everyMs: 60_000, run: async () => 0 }]);
    again.start();
    await again.stop();
    expect((await rows())[1]).toMatchObject({ health: "fine", errorCode: null, failures: 0 });
  });

  it("that never come to an end are late, though they start again and again", async () => {
    await recordSweepStart(world.system, { name: "hanging", everyMs: 60_000 });
    await recordSweepEnd(
      world.system,
      { name: "hanging", everyMs: 60_000 },
      {
        durationMs: 5,
        found: 0,
      },
    );
    world.clock.set(new Date(world.clock.now().getTime() + 9 * 60_000));
    await recordSweepStart(world.system, { name: "hanging", everyMs: 60_000 });
    expect((await overview()).sweeps.find((one) => one.name === "hanging")).toMatchObject({
      health: "late",
      running: true,
    });
  });

  it("all have words in both languages", async () => {
    for (const locale of ["vi", "en"]) {
      const words = (await import(`../../../app/locales/${locale}/operate.json`)) as {
        default: { sweepName: Record<string, string> };
      };
      expect(SWEEPS.map((sweep) => sweep.name).filter((name) => !words.default.sweepName[name])).toEqual([]);
    }
  });
});

describe("the search index", () => {
  it("is behind until a listing's last change is in it; what its job lost is queued again", async () => {
    const { listingId } = await aPublishedNeed(world);
    expect((await overview()).index.behind).toBe(1);
    // the job of its event was lost; too early to say so
    expect(await queueUnindexed(world.system, world.container.queue)).toBe(0);
    world.clock.set(new Date(world.clock.now().getTime() + 6 * 60_000));
    expect((await overview()).attention).toContain("index-late");
    const queued: string[] = [];
    const queue = {
      ...world.container.queue,
      add: async (jobs: { id: string }[]) => void queued.push(...jobs.map((job) => job.id)),
    };
    expect(await queueUnindexed(world.system, queue)).toBe(1);
    expect(queued).toEqual([expect.stringContaining(`index-listing.${listingId}.`)]);
    await indexListing(world.system, listingId);
    expect((await overview()).index).toMatchObject({ behind: 0, since: null });
    expect((await overview()).attention).not.toContain("index-late");
    expect(await queueUnindexed(world.system, queue)).toBe(0);
  });

  it("is whole after a rebuild", async () => {
    await aPublishedNeed(world);
    expect((await overview()).index.behind).toBe(1);
    await rebuildIndex(world.system);
    expect((await overview()).index.behind).toBe(0);
  });
});

describe("dead letters", () => {
  it("say which event and what about, and are settled together by cause", async () => {
    const { listingId } = await aPublishedNeed(world);
    const eventId = await emitEvent(world, "listing.published", listingId);
    const give = (jobId: string, code: string) =>
      recordDeadLetter(world.system, {
        name: "notify",
        jobId,
        payload: { eventId: jobId.slice("notify.".length) },
        code,
        message: "text",
        attempts: 10,
      });
    await give(`notify.${eventId}`, "P1001");
    await give(`notify.${newId()}`, "P1001");
    await give(`notify.${newId()}`, "unexpected");
    const listing = await db().listing.findUniqueOrThrow({ where: { id: listingId } });
    const page = await listDeadLetters(world.ctx(administrator), { resolved: false, page: 1, errorCode: "P1001" });
    const letter = page?.letters.find((one) => one.jobId === `notify.${eventId}`);
    expect(letter).toMatchObject({
      reason: "database",
      attempts: 10,
      event: { type: "listing.published" },
      subject: { kind: "listing", reference: listing.reference, to: `/listings/${listing.reference}` },
    });
    expect(page?.groups).toEqual([
      { jobName: "notify", errorCode: "P1001", reason: "database", count: 2 },
      { jobName: "notify", errorCode: "unexpected", reason: "program", count: 1 },
    ]);
    const cause = { jobName: "notify", errorCode: "P1001" };
    for (const actor of [broker, undefined]) {
      expect(await replayDeadLetters(world.ctx(actor), cause)).toMatchObject({ code: "notFound" });
      expect(await dropDeadLetters(world.ctx(actor), { ...cause, note: "" })).toMatchObject({ code: "notFound" });
    }
    expect(must(await replayDeadLetters(world.ctx(administrator), cause))).toBe(2);
    const rest = { jobName: "notify", errorCode: "unexpected" };
    expect(await dropDeadLetters(world.ctx(administrator), { ...rest, note: " " })).toMatchObject({
      code: "notifications:error.noteNeeded",
    });
    expect(must(await dropDeadLetters(world.ctx(administrator), { ...rest, note: "Đã gọi điện báo trực tiếp" }))).toBe(
      1,
    );
    expect((await overview()).deadLetters).toBe(0);
    const events = await db().outboxEvent.count({ where: { type: "dead-letter.replayed" } });
    expect(events).toBe(2);
  });

  it("tell an administrator nothing of a listing that only brokers may see but its number", async () => {
    const { listingId } = await aPublishedNeed(world, { draft: { visibility: "brokers" } });
    const eventId = await emitEvent(world, "listing.published", listingId);
    await recordDeadLetter(world.system, {
      name: "index-listing",
      jobId: `index-listing.${eventId}`,
      payload: { listingId },
      code: "search.away",
      message: "text",
    });
    const page = await listDeadLetters(world.ctx(administrator), { resolved: false, page: 1 });
    expect(page?.letters[0]?.subject).toMatchObject({ kind: "listing", title: null, to: null });
    expect(page?.letters[0]?.reason).toBe("search");
  });
});
