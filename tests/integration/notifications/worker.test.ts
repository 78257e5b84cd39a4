import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queueMails } from "~/modules/notifications/index.server";
import { newId } from "~/platform/ids";
import { withReferenceData } from "../../factories/listings";
import { makeOffice } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess, startWorker } from "./processes";

let world: TestWorld;
let smtp: SmtpProcess;
beforeAll(async () => {
  smtp = await openSmtpProcess();
  world = await openTestWorld({ start: new Date() });
  await makeOffice(world);
  // the sweeps read the rules
  await withReferenceData(world);
});
afterAll(async () => {
  await world?.close();
  await smtp?.close();
});

describe("the worker process", () => {
  it("finishes what it has begun after SIGTERM, begins nothing new, and exits 0", { timeout: 200_000 }, async () => {
    const { db } = world.container.ports;
    const worker = startWorker(world, { SMTP_URL: smtp.url });
    await eventually(() => worker.output().includes("worker ready"), { within: 90_000 });
    const beat = JSON.parse(readFileSync(path.join(world.env.DATA_DIR, "worker-heartbeat.json"), "utf8")) as {
      at: string;
    };
    expect(Math.abs(Date.now() - Date.parse(beat.at))).toBeLessThan(20_000);
    const mails = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const id = newId();
        await db.mail.create({
          data: {
            id,
            dedupeKey: id,
            toAddress: "slow-1@example.invalid",
            kind: "password-changed",
            locale: "vi",
            params: { path: "/forgot" },
            messageId: `<${id}@cungcau.invalid>`,
            createdAt: new Date(),
          },
        });
        return id;
      }),
    );
    await queueMails(world.container.queue, mails);
    await eventually(() => smtp.heard().some((line) => line.heard === "data"), { within: 15_000 });
    const started = performance.now();
    expect(await worker.terminate(), worker.output()).toEqual({ code: 0, signal: null });
    expect(performance.now() - started).toBeLessThan(15_000);
    const states = (await db.mail.findMany({ where: { id: { in: mails } }, select: { state: true } })).map(
      (mail) => mail.state,
    );
    expect(states.filter((state) => state === "sending")).toEqual([]);
    const sent = states.filter((state) => state === "sent").length;
    expect(sent).toBe(smtp.accepted().length);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(24);
  });

  it("cuts a mail whose server does not answer, keeps it queued, and is not hurried by a second SIGTERM", {
    timeout: 200_000,
  }, async () => {
    const { db } = world.container.ports;
    const worker = startWorker(world, { SMTP_URL: smtp.url, MAIL_TAKEOVER_MS: "60000" });
    await eventually(() => worker.output().includes("worker ready"), { within: 90_000 });
    const id = newId();
    await db.mail.create({
      data: {
        id,
        dedupeKey: id,
        toAddress: "stuck-1@example.invalid",
        kind: "password-changed",
        locale: "vi",
        params: { path: "/forgot" },
        messageId: `<${id}@cungcau.invalid>`,
        createdAt: new Date(),
      },
    });
    await queueMails(world.container.queue, [id]);
    const isStuck = (line: { heard: string; to: string }) => line.heard === "data" && line.to.startsWith("stuck-");
    await eventually(() => smtp.heard().some(isStuck), { within: 15_000 });
    void worker.terminate();
    await eventually(() => worker.output().includes("worker stopping"));
    expect(await worker.terminate(), worker.output()).toEqual({ code: 0, signal: null });
    expect(worker.output()).toContain("mails on their way are cut and stay queued");
    expect(await db.mail.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "queued",
      claimedAt: null,
      lastError: expect.stringContaining("EABORT"),
    });
    expect(await db.deadLetter.count()).toBe(0);
    await db.mail.delete({ where: { id } });
  });

  it("obeys SIGTERM at any moment of its start and leaves nothing open", { timeout: 200_000 }, async () => {
    for (const moment of ["worker starting", "worker ready"]) {
      const worker = startWorker(world, { SMTP_URL: smtp.url });
      await eventually(() => worker.output().includes(moment), { within: 90_000, every: 1 });
      const end = await worker.terminate();
      expect(end, worker.output()).toEqual({ code: 0, signal: null });
      expect(worker.output()).not.toMatch(/Error|unhandled/i);
    }
  });

  it("says what it waits for when there is no database, and still obeys SIGTERM", { timeout: 200_000 }, async () => {
    const worker = startWorker(world, { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    await eventually(() => worker.output().includes("The database does not answer"), { within: 90_000 });
    expect((await worker.terminate()).code).toBe(0);
  });

  it("names what is wrong in its environment in plain words", { timeout: 120_000 }, async () => {
    const worker = startWorker(world, { SESSION_SECRET: "short" });
    expect((await worker.ended).code).toBe(1);
    expect(worker.output()).toContain("SESSION_SECRET");
    expect(worker.output()).not.toMatch(/\n\s+at /);
  });
});
