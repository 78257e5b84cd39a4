import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultPoint } from "~/platform/fault-points.server";
import { openTestRedis, redisAvailable, type TestRedis } from "../../contract/queue/redis-server";
import {
  makeBroker,
  makeColleague,
  makeOrganisation,
  makePendingOrganisation,
  makePerson,
} from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { type Heard, openSmtpProcess, type SmtpProcess, startWorker } from "./processes";

/**
 * A worker process is killed with SIGKILL at a named point, while a real SMTP server in another process lives on; then a
 * second worker starts. Whatever the point: each notice row exists exactly once, each mail was accepted at least once
 * with its one Message-ID, nothing stays claimed.
 */
const POINTS: FaultPoint[] = [
  "deliver:after-claim",
  "deliver:before-data",
  "deliver:after-250",
  "deliver:before-commit",
  "notify:before-commit",
  "notify:after-commit",
  "relay:after-queued",
];

/** Events that tell several people: two brokers, a manager and a colleague. */
async function makeEvents(world: TestWorld): Promise<void> {
  const broker = await makeBroker(world);
  await makeBroker(world);
  const { organisationId, manager } = await makeOrganisation(world, { broker });
  await makeColleague(world, manager, organisationId);
  const { actor } = await makePerson(world);
  await makePendingOrganisation(world, actor);
}

const withRedis = redisAvailable();
if (!withRedis && !process.env.CI) {
  console.warn("SKIPPED: worker crash on redis (no REDIS_URL, and redis-server is not on the PATH)");
}
const CASES = [
  ...POINTS.map((point) => ({ point, queue: "postgres" })),
  // with CI set a Redis that cannot be had fails here
  ...(withRedis || process.env.CI ? [{ point: "deliver:after-250" as const, queue: "redis" }] : []),
];

describe("a worker killed at", () => {
  let smtp: SmtpProcess;
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    smtp = await openSmtpProcess();
    if (withRedis) redis = await openTestRedis();
  });
  afterAll(async () => {
    await smtp?.close();
    await redis?.close();
  });

  it.each(CASES)("$point, queue on $queue", { timeout: 300_000 }, async ({ point, queue }) => {
    if (queue === "redis" && !redis)
      expect.fail("CI is set and there is neither REDIS_URL nor redis-server on the PATH");
    const onQueue: Record<string, string> = queue === "redis" && redis ? { REDIS_URL: redis.url } : {};
    const world = await openTestWorld({ start: new Date(), env: onQueue });
    const { db } = world.container.ports;
    const heardBefore = smtp.heard().length;
    const heard = () => smtp.heard().slice(heardBefore);
    const acceptedIds = () => heard().flatMap((line: Heard) => (line.heard === "accepted" ? [line.messageId] : []));
    try {
      await makeEvents(world);
      const fault = {
        ...onQueue,
        SMTP_URL: smtp.url,
        FAULT_POINT: point,
        FAULT_FILE: path.join(world.env.DATA_DIR, "fault"),
      };

      const first = startWorker(world, fault);
      expect((await first.ended).signal, first.output()).toBe("SIGKILL");
      expect(readFileSync(fault.FAULT_FILE, "utf8")).toMatch(new RegExp(`^${point} \\d+\n$`));

      // the crash really left the world where its name says
      const left = await db.mail.findMany({ select: { state: true, messageId: true, toAddress: true } });
      const claimed = left.filter((mail) => mail.state === "sending");
      if (point.startsWith("deliver:")) expect(claimed.length).toBeGreaterThan(0);
      if (point === "deliver:before-data") {
        const stopped = claimed.filter((mail) =>
          heard().some((line) => line.heard === "rcpt" && line.to === mail.toAddress),
        );
        expect(
          stopped.some((mail) => !heard().some((line) => line.heard === "data" && line.to === mail.toAddress)),
        ).toBe(true);
      }
      if (point === "deliver:after-250" || point === "deliver:before-commit") {
        expect(claimed.some((mail) => acceptedIds().includes(mail.messageId))).toBe(true);
      }
      if (point === "relay:after-queued")
        expect(await db.outboxEvent.count({ where: { relayedAt: null } })).toBeGreaterThan(0);

      const second = startWorker(world, fault);
      await eventually(
        async () =>
          (await db.outboxEvent.count({ where: { relayedAt: null } })) === 0 &&
          (await db.mail.count()) >= 4 &&
          (await db.mail.count({ where: { state: { not: "sent" } } })) === 0,
        { within: 150_000, every: 100, what: `everything sent after a crash at ${point}` },
      ).catch((error: Error) => {
        throw new Error(`${error.message}\n${second.output()}`);
      });
      const end = await second.terminate();
      expect(end, second.output()).toEqual({ code: 0, signal: null });

      const notices = await db.notice.findMany({ select: { kind: true, personId: true, eventId: true } });
      expect(notices.map((notice) => notice.kind).sort()).toEqual([
        "invitation-accepted",
        "organisation-submitted",
        "organisation-submitted",
        "organisation-submitted",
        "organisation-submitted",
        "organisation-verified",
        "organisation-verified",
      ]);
      expect(new Set(notices.map((notice) => `${notice.eventId}|${notice.personId}`)).size).toBe(notices.length);
      const mails = await db.mail.findMany({
        select: { messageId: true, toAddress: true, state: true, dedupeKey: true, kind: true },
      });
      expect(mails.map((mail) => mail.kind).sort()).toEqual([
        "organisation-submitted",
        "organisation-submitted",
        "organisation-verified",
        "organisation-verified",
      ]);
      for (const mail of mails) {
        const copies = heard().filter((line) => line.heard === "accepted" && line.messageId === mail.messageId);
        expect(copies.length).toBeGreaterThanOrEqual(1);
        expect(copies.length).toBeLessThanOrEqual(2);
        expect(copies.every((copy) => copy.to === mail.toAddress)).toBe(true);
      }
      expect(new Set(acceptedIds())).toEqual(new Set(mails.map((mail) => mail.messageId)));
      expect(await db.deadLetter.count()).toBe(0);
      // logs hold ids only
      for (const mail of mails) expect(first.output() + second.output()).not.toContain(mail.toAddress);
    } finally {
      await world.close();
    }
  });
});
