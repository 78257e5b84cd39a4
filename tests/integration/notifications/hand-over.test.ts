import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHandOver, deliverMailJob } from "~/modules/notifications/index.server";
import { newId } from "~/platform/ids";
import { makePerson } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess } from "./processes";

/** The short way of a mail: from the worker that wrote its row to the mail server, without a job. */
let world: TestWorld;
let smtp: SmtpProcess;
let personId: string;
beforeAll(async () => {
  smtp = await openSmtpProcess();
  world = await openTestWorld({ env: { SMTP_URL: smtp.url } });
  personId = (await makePerson(world)).actor.personId;
});
afterAll(async () => {
  await world?.close();
  await smtp?.close();
});

const db = () => world.container.ports.db;
const handOver = () => createHandOver(() => world.system, world.container.mail, world.container.queue);
const jobs = async () => (await world.container.queue.counts())[deliverMailJob.name] ?? { waiting: 0, delayed: 0 };
const states = async (ids: string[]) =>
  (await db().mail.findMany({ where: { id: { in: ids } }, select: { state: true } })).map((mail) => mail.state).sort();
const copies = (ids: string[]) => smtp.accepted().filter(({ messageId }) => ids.some((id) => messageId?.includes(id)));

async function makeMails(...addresses: string[]): Promise<string[]> {
  const mails = addresses.map((toAddress) => {
    const id = newId();
    return {
      id,
      dedupeKey: id,
      personId,
      toAddress,
      kind: "password-changed",
      locale: "vi" as const,
      createdAt: world.clock.now(),
      messageId: `<${id}@cungcau.invalid>`,
      params: { path: "/forgot" },
    };
  });
  await db().mail.createMany({ data: mails });
  return mails.map((mail) => mail.id);
}

describe("mails handed over by whoever wrote them", () => {
  it("go out once, without a job, and are marked", async () => {
    const ids = await makeMails(...Array.from({ length: 60 }, (_, at) => `thu-${at}@example.invalid`));
    const [mine, other] = [handOver(), handOver()];
    // two workers that both believe to have written them
    await Promise.all([mine.take(ids), other.take(ids)]);
    await eventually(async () => (await states(ids)).every((state) => state === "sent"), { within: 20_000 });
    await Promise.all([mine.stop(), other.stop()]);
    expect(copies(ids)).toHaveLength(60);
    const rows = await db().mail.findMany({ where: { id: { in: ids } }, select: { attempts: true, claimedAt: true } });
    expect(rows.every((row) => row.attempts === 1 && row.claimedAt === null)).toBe(true);
    expect(await db().deadLetter.count()).toBe(0);
  });

  it("become a job that waits when the server cannot take them yet, and a dead letter when it never will", async () => {
    const before = await jobs();
    const [busy, gone] = (await makeMails("busy-1@example.invalid", "gone-1@example.invalid")) as [string, string];
    const mine = handOver();
    await mine.take([busy, gone]);
    await eventually(async () => (await db().deadLetter.count()) === 1, { within: 20_000 });
    await mine.stop();
    expect(await states([busy])).toEqual(["queued"]);
    expect(await states([gone])).toEqual(["failed"]);
    expect((await jobs()).delayed).toBe(before.delayed + 1);
    expect(await db().deadLetter.findFirstOrThrow()).toMatchObject({
      queue: deliverMailJob.name,
      jobId: `deliver-mail.${gone}`,
      errorCode: "mail.refused",
      attempts: 1,
    });
    expect(world.logText()).not.toMatch(/@example\.invalid/);
  });

  it("go back into the queue when the worker stops; those on their way are waited for", async () => {
    const before = (await jobs()).waiting;
    const ids = await makeMails(...Array.from({ length: 40 }, () => "slow-1@example.invalid"));
    const mine = handOver();
    await mine.take(ids);
    await eventually(async () => (await states(ids)).includes("sending"), { within: 10_000, every: 5 });
    await mine.stop();
    const after = await states(ids);
    const sent = after.filter((state) => state === "sent").length;
    expect(new Set(after)).toEqual(new Set(["queued", "sent"]));
    expect(copies(ids)).toHaveLength(sent);
    expect((await jobs()).waiting - before).toBe(ids.length - sent);
    // and whatever comes later is nobody's here
    const [late] = (await makeMails("muon@example.invalid")) as [string];
    await mine.take([late]);
    expect((await jobs()).waiting - before).toBe(ids.length - sent + 1);
    expect(await states([late])).toEqual(["queued"]);
  });

  it("go into the queue when too many wait here already", async () => {
    const before = (await jobs()).waiting;
    const mine = handOver();
    // ids without a row: nothing is sent, only the places count
    const taken = mine.take(Array.from({ length: 1_100 }, () => newId()));
    await taken;
    expect((await jobs()).waiting - before).toBe(100);
    await mine.stop();
  });
});
