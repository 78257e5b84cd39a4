import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createWorkContainer } from "~/platform/container.server";
import { newId } from "~/platform/ids";
import type { JobDefinition } from "~/platform/ports/queue";
import type { Subscription } from "~/platform/subscriptions";
import { createRelay } from "../../../workers/outbox-relay";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { emitEvent } from "./subjects";

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
});
afterAll(() => world?.close());

const job = (name: string): JobDefinition => ({
  name,
  payload: z.object({ eventId: z.uuid() }),
  attempts: 1,
  backoffMs: 10,
  concurrency: 8,
  timeLimitMs: 20_000,
  retryOn: [],
});
const on = (definition: JobDefinition, over: Partial<Subscription> = {}): Subscription => ({
  event: ["listing.withdrawn"],
  job: definition,
  payload: (event) => ({ eventId: event.id }),
  ...over,
});
const waiting = () => world.container.ports.db.outboxEvent.count({ where: { relayedAt: null } });
/** A worker on the queue that counts how often each event's job ran. */
function count(definition: JobDefinition): Map<string, number> {
  const runs = new Map<string, number>();
  world.container.queue.work(
    definition,
    async ({ payload }) => {
      const { eventId } = payload as { eventId: string };
      runs.set(eventId, (runs.get(eventId) ?? 0) + 1);
    },
    async () => {},
  );
  return runs;
}

describe("outbox relay", () => {
  it("hands over every event once when several relays run at the same time", async () => {
    const definition = job("several-relays");
    const ids: string[] = [];
    for (let i = 0; i < 150; i++) ids.push(await emitEvent(world, "listing.withdrawn", newId()));
    const others = [
      createWorkContainer(world.env, { log: world.container.log, clock: world.clock }),
      createWorkContainer(world.env, { log: world.container.log, clock: world.clock }),
    ];
    const relays = [world.container, ...others].map((container) => createRelay(container, [on(definition)]));
    const moved = await Promise.all(
      relays.map(async (relay) => {
        let total = 0;
        for (let found = 1; found > 0; total += found) found = await relay.relayOnce();
        return total;
      }),
    );
    expect(moved.reduce((sum, found) => sum + found, 0)).toBe(150);
    expect(await waiting()).toBe(0);
    const runs = count(definition);
    await eventually(() => runs.size === 150, { within: 20_000 });
    expect([...runs.keys()].sort()).toEqual(ids.sort());
    expect(new Set(runs.values())).toEqual(new Set([1]));
    await Promise.all(others.map((container) => container.close()));
  });

  it("is woken by the commit, without its sweep", async () => {
    const definition = job("woken");
    const runs = count(definition);
    const relay = createRelay(world.container, [on(definition)], { sweepMs: 3_600_000 });
    relay.start();
    // the first look is over when this one has gone through
    const first = await emitEvent(world, "listing.withdrawn", newId());
    await eventually(() => runs.has(first));
    const id = await emitEvent(world, "listing.withdrawn", newId());
    await eventually(() => runs.has(id));
    await relay.stop();
  });

  it("finds events that nobody announced", async () => {
    const definition = job("unannounced");
    const runs = count(definition);
    const id = newId();
    await world.container.ports.db.outboxEvent.create({
      data: {
        id,
        type: "listing.withdrawn",
        subjectKind: "listing",
        subjectId: newId(),
        payload: {},
        createdAt: world.clock.now(),
      },
    });
    const relay = createRelay(world.container, [on(definition)]);
    relay.start();
    await eventually(() => runs.has(id));
    await relay.stop();
  });

  it("marks nothing when the queue does not take it, and hands it over later", async () => {
    const definition = job("queue-away");
    const id = await emitEvent(world, "listing.withdrawn", newId());
    const away = createWorkContainer(
      { ...world.env, REDIS_URL: undefined, DATABASE_URL: world.env.DATABASE_URL },
      { log: world.container.log, clock: world.clock },
    );
    await away.queue.close();
    await expect(createRelay(away, [on(definition)]).relayOnce()).rejects.toThrow();
    expect(await waiting()).toBe(1);
    await away.close().catch(() => {});
    await createRelay(world.container, [on(definition)]).relayOnce();
    expect(await waiting()).toBe(0);
    const runs = count(definition);
    await eventually(() => runs.get(id) === 1);
  });

  it("does not let one mistaken subscription stop the others: it becomes a dead letter", async () => {
    const good = job("fits");
    const bad = job("does-not-fit");
    const id = await emitEvent(world, "listing.withdrawn", newId());
    await createRelay(world.container, [on(bad, { payload: () => ({ eventId: "no uuid" }) }), on(good)]).relayOnce();
    const runs = count(good);
    await eventually(() => runs.get(id) === 1);
    const letter = await world.container.ports.db.deadLetter.findFirstOrThrow();
    expect(letter).toMatchObject({ jobName: "does-not-fit", errorCode: "job.invalid", payload: { eventId: id } });
  });
});
