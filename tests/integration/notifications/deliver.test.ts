import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliverMail, lostMails } from "~/modules/notifications/index.server";
import { newId } from "~/platform/ids";
import { makePerson } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess } from "./processes";

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
const deliver = (id: string, lastAttempt = false) => deliverMail(world.system, world.container.mail, id, lastAttempt);
const copies = (messageId: string) => smtp.accepted().filter((line) => line.messageId === messageId);

async function makeMail(toAddress: string, over: Record<string, unknown> = {}) {
  const id = newId();
  return db().mail.create({
    data: {
      id,
      dedupeKey: id,
      personId,
      toAddress,
      kind: "listing-published",
      locale: "vi",
      createdAt: world.clock.now(),
      messageId: `<${id}@cungcau.invalid>`,
      params: {
        title: "Xử lý nước thải mỏ",
        listingKind: "need",
        reference: "NC-22-2026-000001",
        path: "/my/listings/x",
      },
      ...over,
    },
  });
}
const stateOf = (id: string) =>
  db().mail.findUniqueOrThrow({
    where: { id },
    select: { state: true, attempts: true, lastError: true, claimedAt: true },
  });

describe("handing a mail to a real SMTP server", () => {
  it("sends it as written, then never again", async () => {
    const mail = await makeMail("don-vi@example.invalid");
    expect(await deliver(mail.id)).toBe("sent");
    expect(await deliver(mail.id)).toBe("nothing-to-do");
    const [copy, ...more] = copies(mail.messageId);
    expect(more).toEqual([]);
    expect(copy).toMatchObject({
      to: "don-vi@example.invalid",
      subject: "Đã đăng NC-22-2026-000001: Xử lý nước thải mỏ",
    });
    expect(copy?.text).toContain("Kính gửi Quý đơn vị,");
    expect(copy?.html).toContain("Kính gửi Quý đơn vị,");
    expect(await stateOf(mail.id)).toEqual({ state: "sent", attempts: 1, lastError: null, claimedAt: null });
    expect((await db().mail.findUniqueOrThrow({ where: { id: mail.id } })).sentAt).toEqual(world.clock.now());
  });

  it("is sent by one of many who try at the same time", async () => {
    const mail = await makeMail("dong-thoi@example.invalid");
    const ends = await Promise.allSettled(Array.from({ length: 6 }, () => deliver(mail.id)));
    const sent = ends.filter((end) => end.status === "fulfilled" && end.value === "sent");
    expect(sent).toHaveLength(1);
    for (const end of ends) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "mail.claimed" });
    expect(copies(mail.messageId)).toHaveLength(1);
  });

  it("waits in the queue after a temporary refusal and is given up at the last try", async () => {
    const mail = await makeMail("busy-1@example.invalid");
    await expect(deliver(mail.id)).rejects.toMatchObject({ code: "mail.temporary" });
    expect(await stateOf(mail.id)).toEqual({
      state: "queued",
      attempts: 1,
      lastError: "450 450 refused",
      claimedAt: null,
    });
    await expect(deliver(mail.id, true)).rejects.toMatchObject({ code: "mail.temporary" });
    expect(await stateOf(mail.id)).toMatchObject({ state: "failed", attempts: 2, lastError: "450 450 refused" });
    expect(copies(mail.messageId)).toEqual([]);
  });

  it("is given up at once after a permanent refusal, with the reason", async () => {
    const mail = await makeMail("gone-1@example.invalid");
    const failure = await deliver(mail.id).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "mail.refused" });
    expect(String(failure)).not.toContain("gone-1");
    expect(await stateOf(mail.id)).toMatchObject({ state: "failed", lastError: "550 550 refused" });
    expect(await deliver(mail.id)).toBe("nothing-to-do");
  });

  it("is left to its holder until the claim is stale, then taken over with the same Message-ID", async () => {
    const mail = await makeMail("tiep-quan@example.invalid", {
      state: "sending",
      claimedAt: world.clock.now(),
      attempts: 1,
    });
    await expect(deliver(mail.id)).rejects.toMatchObject({ code: "mail.claimed" });
    expect(await deliver(mail.id, true)).toBe("nothing-to-do");
    expect(await lostMails(world.system)).not.toContain(mail.id);
    world.clock.set(new Date(world.clock.now().getTime() + world.env.MAIL_TAKEOVER_MS + 1_000));
    expect(await lostMails(world.system)).toContain(mail.id);
    expect(await deliver(mail.id)).toBe("sent");
    expect(copies(mail.messageId)).toHaveLength(1);
  });

  it("stops when it kills whoever sends it", async () => {
    const mail = await makeMail("chet@example.invalid", { attempts: 30 });
    await expect(deliver(mail.id)).rejects.toMatchObject({ code: "mail.refused" });
    expect(await stateOf(mail.id)).toMatchObject({ state: "failed" });
    expect(copies(mail.messageId)).toEqual([]);
  });

  it("fails with a reason when its template is gone, and does nothing when it is gone itself", async () => {
    const mail = await makeMail("mau-cu@example.invalid", { kind: "no-such-template" });
    await expect(deliver(mail.id)).rejects.toMatchObject({ code: "mail.refused" });
    expect(await stateOf(mail.id)).toMatchObject({ state: "failed", lastError: "unknown template no-such-template" });
    expect(await deliver(newId())).toBe("nothing-to-do");
  });

  it("logs no address", () => expect(world.logText()).not.toMatch(/@example\.invalid/));
});
