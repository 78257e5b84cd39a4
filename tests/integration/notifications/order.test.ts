import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleNotify } from "~/modules/notifications/index.server";
import { createRelay } from "../../../workers/outbox-relay";
import { SUBSCRIPTIONS } from "../../../workers/subscriptions";
import { makeBroker, makeOrganisation } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess, startWorker } from "./processes";
import { emitEvent } from "./subjects";

/** Events of one subject are told in the order they were committed, whoever relays them and whoever tells them. */
let world: TestWorld;
let smtp: SmtpProcess;
beforeAll(async () => {
  smtp = await openSmtpProcess();
  world = await openTestWorld({ start: new Date(), poolSize: 10 });
});
afterAll(async () => {
  await world?.close();
  await smtp?.close();
});
const db = () => world.container.ports.db;

async function organisations(count: number): Promise<string[]> {
  const broker = await makeBroker(world);
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await makeOrganisation(world, { broker })).organisationId);
  return ids;
}
/** Everything so far is told; what follows is the test's own. */
async function settle(): Promise<void> {
  while ((await createRelay(world.container, SUBSCRIPTIONS).relayOnce()) > 0);
  await db().outboxEvent.updateMany({ data: { waiting: [] } });
}

describe("notify", () => {
  const run = (eventId: string, lastAttempt = false) => {
    const handler = handleNotify(() => world.system, world.container.queue);
    return handler({ payload: { eventId }, jobId: `notify.${eventId}`, attempt: 1, lastAttempt });
  };

  it("waits for an elder event of its subject, and for no other", async () => {
    const [mine = "", other = ""] = await organisations(2);
    await settle();
    const elder = await emitEvent(world, "organisation.verified", mine);
    const younger = await emitEvent(world, "organisation.verified", mine);
    const stranger = await emitEvent(world, "organisation.verified", other);
    await createRelay(world.container, SUBSCRIPTIONS).relayOnce();
    await expect(run(younger)).rejects.toMatchObject({ code: "notify.earlier-waits" });
    await run(stranger);
    expect(await db().notice.count({ where: { eventId: younger } })).toBe(0);
    await run(elder);
    await run(younger);
    expect(await db().notice.count({ where: { eventId: { in: [elder, younger, stranger] } } })).toBe(3);
  });

  it("goes ahead at its last attempt: late would be worse", async () => {
    const [mine = ""] = await organisations(1);
    await settle();
    await emitEvent(world, "organisation.verified", mine);
    const younger = await emitEvent(world, "organisation.verified", mine);
    await createRelay(world.container, SUBSCRIPTIONS).relayOnce();
    await run(younger, true);
    expect(await db().notice.count({ where: { eventId: younger } })).toBe(1);
  });

  it("tells several of one subject together, in order", async () => {
    const [mine = ""] = await organisations(1);
    await settle();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await emitEvent(world, "organisation.verified", mine));
    await createRelay(world.container, SUBSCRIPTIONS).relayOnce();
    const handler = handleNotify(() => world.system, world.container.queue);
    const shuffled = [3, 0, 4, 1, 2].map((at) => ids[at] ?? "");
    await Promise.all(
      shuffled.map((eventId) =>
        handler({ payload: { eventId }, jobId: `notify.${eventId}`, attempt: 1, lastAttempt: false }),
      ),
    );
    const told = await db().notice.findMany({
      where: { eventId: { in: ids } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { eventId: true },
    });
    expect(told.map((row) => row.eventId)).toEqual(ids);
  });
});

describe("several relays and several workers, each a process", () => {
  it("hand over and tell every event once, each subject's in order", { timeout: 400_000 }, async () => {
    const subjects = await organisations(8);
    await settle();
    await db().mail.deleteMany();
    const parts = ["relay", "relay", "jobs", "jobs"].map((part) =>
      startWorker(world, { SMTP_URL: smtp.url, WORKER_PARTS: part, QUEUE_LOCK_MS: "15000", MAIL_TAKEOVER_MS: "60000" }),
    );
    const emitted = new Map<string, string[]>(subjects.map((id) => [id, []]));
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        subjects.map(async (id) => {
          emitted.get(id)?.push(await emitEvent(world, "organisation.verified", id));
        }),
      );
    }
    const ids = [...emitted.values()].flat();
    const told = () => db().notice.count({ where: { eventId: { in: ids } } });
    const unsent = () => db().mail.count({ where: { state: { not: "sent" } } });
    await eventually(async () => (await told()) === ids.length && (await unsent()) === 0, {
      within: 240_000,
      every: 200,
      what: "everybody told and every mail sent",
    });
    for (const process of parts) expect(await process.terminate(), process.output()).toEqual({ code: 0, signal: null });
    const notices = await db().notice.findMany({
      where: { eventId: { in: ids } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { eventId: true, subjectId: true },
    });
    expect(notices.length).toBe(ids.length);
    for (const [subject, wanted] of emitted) {
      expect(notices.filter((row) => row.subjectId === subject).map((row) => row.eventId)).toEqual(wanted);
    }
    const mails = await db().mail.findMany({ select: { messageId: true } });
    const accepted = smtp.accepted().map((line) => line.messageId);
    for (const { messageId } of mails) expect(accepted.filter((one) => one === messageId)).toHaveLength(1);
    expect(await db().deadLetter.count()).toBe(0);
  });
});
