import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  dropDeadLetter,
  recordDeadLetter,
  remindOverdue,
  replayDeadLetter,
} from "~/modules/notifications/index.server";
import { listDeadLetters } from "~/modules/operations/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { createRelay } from "../../../workers/outbox-relay";
import { startWork } from "../../../workers/registry";
import { SUBSCRIPTIONS } from "../../../workers/subscriptions";
import { makeBroker, makeOrganisation, makeStaff, must } from "../../factories/people";
import { eventually, openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess } from "./processes";
import { makeListingRow } from "./subjects";

let world: TestWorld;
let smtp: SmtpProcess;
let administrator: PersonActor;
let broker: PersonActor;
beforeAll(async () => {
  smtp = await openSmtpProcess();
  world = await openTestWorld({ env: { SMTP_URL: smtp.url } });
  administrator = await makeStaff(world, "administrator");
  broker = await makeBroker(world);
});
afterAll(async () => {
  await world?.close();
  await smtp?.close();
});
const db = () => world.container.ports.db;
const letters = async (actor: PersonActor, resolved = false) =>
  (await listDeadLetters(world.ctx(actor), { resolved, page: 1 }))?.letters ?? null;

async function makeLetter(jobId = `notify.${newId()}`) {
  await recordDeadLetter(world.system, {
    name: "notify",
    jobId,
    payload: { eventId: newId() },
    code: "unexpected",
    message: "TypeError (unexpected)",
  });
  return db().deadLetter.findUniqueOrThrow({ where: { queue_jobId: { queue: "notify", jobId } } });
}

describe("dead letters", () => {
  it("are seen and decided by administrators only; forbidden and absent look alike", async () => {
    const { id } = await makeLetter();
    expect((await letters(administrator))?.map((letter) => letter.id)).toContain(id);
    for (const actor of [broker, undefined]) {
      expect(await listDeadLetters(world.ctx(actor), { resolved: false, page: 1 })).toBeNull();
      expect(await replayDeadLetter(world.ctx(actor), { id })).toMatchObject({ code: "notFound" });
      expect(await dropDeadLetter(world.ctx(actor), { id, note: "" })).toMatchObject({ code: "notFound" });
    }
    expect(await replayDeadLetter(world.ctx(administrator), { id: newId() })).toMatchObject({ code: "notFound" });
    must(await dropDeadLetter(world.ctx(administrator), { id, note: "Không còn cần nữa" }));
  });

  it("are dropped with a note, once, and the audit log has it", async () => {
    const { id } = await makeLetter();
    expect(await dropDeadLetter(world.ctx(administrator), { id, note: "  a " })).toMatchObject({
      code: "notifications:error.noteNeeded",
      fields: { note: ["notifications:error.noteNeeded"] },
    });
    must(await dropDeadLetter(world.ctx(administrator), { id, note: "Thư thử, không cần gửi" }));
    expect(await dropDeadLetter(world.ctx(administrator), { id, note: "Thêm lần nữa" })).toMatchObject({
      code: "notifications:error.alreadyResolved",
    });
    expect(await replayDeadLetter(world.ctx(administrator), { id })).toMatchObject({
      code: "notifications:error.alreadyResolved",
    });
    expect((await letters(administrator, true))?.find((letter) => letter.id === id)?.resolution).toBe(
      "dropped: Thư thử, không cần gửi",
    );
    const entries = await db().auditEntry.findMany({ where: { subjectId: id } });
    expect(entries.map((entry) => [entry.action, entry.actorId])).toEqual([
      ["dead-letter.dropped", administrator.personId],
    ]);
  });

  it("keep one row per job: giving up again opens it again", async () => {
    const first = await makeLetter("notify.again");
    must(await replayDeadLetter(world.ctx(administrator), { id: first.id }));
    const second = await makeLetter("notify.again");
    expect(second).toMatchObject({ id: first.id, resolvedAt: null, resolution: null });
    must(await dropDeadLetter(world.ctx(administrator), { id: first.id, note: "Xong bài thử" }));
  });

  it("go all the way: a refused mail is given up, shown, replayed by a worker and sent", {
    timeout: 30_000,
  }, async () => {
    const mailId = newId();
    await db().mail.create({
      data: {
        id: mailId,
        dedupeKey: mailId,
        toAddress: "gone-away@example.invalid",
        kind: "password-changed",
        locale: "vi",
        params: { path: "/forgot" },
        messageId: `<${mailId}@cungcau.invalid>`,
        createdAt: new Date(world.clock.now().getTime() - 3_600_000),
      },
    });
    startWork(world.container);
    const relay = createRelay(world.container, SUBSCRIPTIONS);
    relay.start();
    const { deliverMailJob, lostMails, queueMails } = await import("~/modules/notifications/index.server");
    expect(await lostMails(world.system)).toEqual([mailId]);
    await queueMails(world.container.queue, [mailId]);
    const letter = await eventually(() => db().deadLetter.findFirst({ where: { jobName: deliverMailJob.name } }));
    expect(letter).toMatchObject({
      jobId: `deliver-mail.${mailId}`,
      payload: { mailId },
      errorCode: "mail.refused",
      resolvedAt: null,
    });
    expect(JSON.stringify(letter)).not.toContain("gone-away");
    expect(await db().mail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({ state: "failed" });

    // the address was mistyped: an operator mended it
    await db().mail.update({ where: { id: mailId }, data: { toAddress: "da-sua@example.invalid" } });
    must(await replayDeadLetter(world.ctx(administrator), { id: letter.id }));
    await eventually(async () => (await db().mail.findUniqueOrThrow({ where: { id: mailId } })).state === "sent");
    const copies = smtp.accepted().filter((line) => line.messageId === `<${mailId}@cungcau.invalid>`);
    expect(copies.map((copy) => copy.to)).toEqual(["da-sua@example.invalid"]);
    expect(await letters(administrator)).toEqual([]);
    await relay.stop();
  });
});

describe("overdue reviews", () => {
  it("remind the broker once a day until they are decided", async () => {
    const { organisationId } = await makeOrganisation(world, { broker });
    const { id, versionId } = await makeListingRow(world, { organisationId, state: "submitted", reference: null });
    const reviewId = newId();
    await db().review.create({ data: { id: reviewId, listingId: id, versionId, submittedAt: world.clock.now() } });
    const office = await db().office.findFirstOrThrow();
    await db().due.create({
      data: {
        id: newId(),
        officeId: office.id,
        kind: "review",
        subjectKind: "review",
        subjectId: reviewId,
        dueOn: dateOnly("2026-11-25"),
        ruleKey: "review",
        ruleVersion: 1,
        createdAt: world.clock.now(),
      },
    });
    const count = () => db().notice.count({ where: { kind: "due-overdue", subjectId: id, personId: broker.personId } });
    world.clock.set(new Date("2026-11-25T09:00:00Z"));
    expect((await remindOverdue(world.system)).reminded).toBe(0);
    world.clock.set(new Date("2026-11-25T18:00:00Z")); // already the 26th in Vietnam
    const rounds = await Promise.all([
      remindOverdue(world.system),
      remindOverdue(world.system),
      remindOverdue(world.system),
    ]);
    expect(rounds.reduce((sum, round) => sum + round.reminded, 0)).toBe(1);
    expect(await count()).toBe(1);
    world.clock.advanceDays(1);
    expect((await remindOverdue(world.system)).mailIds).toHaveLength(1);
    expect(await count()).toBe(2);
    await db().review.update({
      where: { id: reviewId },
      data: {
        state: "changes_requested",
        decidedAt: world.clock.now(),
        decidedById: broker.personId,
        reasonCode: "other",
      },
    });
    world.clock.advanceDays(1);
    expect((await remindOverdue(world.system)).reminded).toBe(0);
  });
});
