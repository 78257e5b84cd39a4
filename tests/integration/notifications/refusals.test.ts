import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bounceSignature,
  checkToken,
  confirmAddress,
  deliverMail,
  liftSuppression,
  listSuppressions,
  mailboxMail,
  notifyEvent,
  recordRefusal,
  requestAddressCheck,
  unreachableAddress,
  viewAddressCheck,
} from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { makePerson, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, type TestWeb } from "../../setup/web";
import { newestEvent } from "./subjects";

const SECRET = "a secret that a mail service shares with us";
let world: TestWorld;
let web: TestWeb;
let reader: PersonActor;
let administrator: PersonActor;

beforeAll(async () => {
  world = await openTestWorld({ env: { MAIL_BOUNCE_SECRET: SECRET } });
  web = await openTestWeb(world);
  reader = (await makePerson(world)).actor;
  administrator = await makeStaff(world, "administrator");
});
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const db = () => world.container.ports.db;
async function makeMail(kind = "listing-published", toAddress = reader.email) {
  const id = newId();
  const params = { title: "T", reference: "R", listingKind: "need", path: "/forgot" };
  return db().mail.create({
    data: {
      id,
      dedupeKey: id,
      personId: reader.personId,
      toAddress,
      kind,
      locale: "vi",
      params,
      messageId: `<${id}@cungcau.invalid>`,
      createdAt: world.clock.now(),
    },
  });
}
const deliver = (id: string) => deliverMail(world.system, world.container.mail, id, false);
const refuse = (
  address: string,
  answer: { code: string; status?: string; atRecipient?: boolean },
  mailId: string | null = null,
) => recordRefusal(world.system, { mailId, address, source: "smtp" }, { response: "no such mailbox", ...answer });
const live = (address: string) => db().mailSuppression.findFirst({ where: { address, liftedAt: null } });

describe("an address that is refused for good", () => {
  it("is stopped with its reason and day: nothing but security mails goes there", async () => {
    const mail = await makeMail();
    expect(await refuse(reader.email, { code: "550", status: "5.1.1" }, mail.id)).toBe(true);
    expect(await refuse(reader.email, { code: "550", status: "5.1.1" }, mail.id)).toBe(false);
    expect(await live(reader.email)).toMatchObject({ status: "5.1.1", since: world.clock.now(), source: "smtp" });
    expect(await db().mailRefusal.count({ where: { mailId: mail.id } })).toBe(1);
    expect(await deliver((await makeMail()).id)).toBe("nothing-to-do");
    expect(await deliver((await makeMail("password-changed")).id)).toBe("sent");
    expect(await unreachableAddress(world.ctx(reader))).toBe(reader.email);
    expect(await unreachableAddress(world.ctx(administrator))).toBe(null);
  });

  it("without an enhanced status is stopped at its second refusal only, and never for a full mailbox or spam", async () => {
    const [a, b, c] = await Promise.all([makeMail(), makeMail(), makeMail()]);
    const vague = { code: "550", atRecipient: true };
    expect(await refuse("vague@example.invalid", vague, a.id)).toBe(false);
    expect(await refuse("vague@example.invalid", vague, b.id)).toBe(true);
    for (const status of ["5.2.2", "5.7.1", "5.1.8"]) {
      expect(await refuse("full@example.invalid", { code: "550", status, atRecipient: true }, c.id)).toBe(false);
    }
    expect(await live("full@example.invalid")).toBe(null);
  });

  it("works again when its owner opens the test mail and presses the button; a scanner's visit does nothing", async () => {
    must(await requestAddressCheck(world.ctx(reader)));
    const { mailIds } = await notifyEvent(world.system, await newestEvent(world, "person.address-check-requested"));
    const text = (await mailboxMail(world.ctx(), mailIds[0] ?? ""))?.written.text ?? "";
    const path = /\/mail\/check\/\S+/.exec(text)?.[0] ?? "";
    expect(path).not.toBe("");
    expect(text).not.toContain("/mail/stop/");
    const page = await web.request("GET", path);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain(reader.email);
    expect(await live(reader.email)).not.toBe(null);
    for (let turn = 0; turn < 2; turn++) expect((await web.request("POST", path)).status).toBe(302);
    expect(await live(reader.email)).toBe(null);
    expect(await unreachableAddress(world.ctx(reader))).toBe(null);
    expect(await deliver((await makeMail()).id)).toBe("sent");
    expect(await requestAddressCheck(world.ctx(reader))).toMatchObject({ code: "mailing:error.notSuppressed" });
    expect(await confirmAddress(world.ctx(), { token: `${path.slice(12)}x` })).toMatchObject({ ok: false });
  });

  it("is lifted by an administrator with a note, once, and audited", async () => {
    await refuse("gone@example.invalid", { code: "550", status: "5.1.1" });
    const row = await live("gone@example.invalid");
    const id = row?.id ?? "";
    expect(await listSuppressions(world.ctx(reader), 1)).toBe(null);
    expect((await listSuppressions(world.ctx(administrator), 1))?.addresses.map((one) => one.address)).toContain(
      "gone@example.invalid",
    );
    expect(await liftSuppression(world.ctx(reader), { id, note: "đã gọi điện" })).toMatchObject({ code: "notFound" });
    expect(await liftSuppression(world.ctx(administrator), { id, note: " " })).toMatchObject({
      code: "mailing:error.noteNeeded",
    });
    must(await liftSuppression(world.ctx(administrator), { id, note: "Đã gọi điện xác nhận" }));
    expect(await liftSuppression(world.ctx(administrator), { id, note: "Lần nữa" })).toMatchObject({
      code: "mailing:error.alreadyLifted",
    });
    const audited = await db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(audited.map((entry) => entry.action)).toEqual(["mail.address-stopped", "mail.address-lifted"]);
    expect(JSON.stringify(audited.map((entry) => [entry.before, entry.after]))).not.toContain("@");
    expect(await viewAddressCheck(world.ctx(), checkToken(world.env, id))).toMatchObject({ state: "done" });
  });
});

describe("bounces reported later", () => {
  const post = (body: string, { at = world.clock.now(), secret = SECRET } = {}) => {
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    return fetch(`${web.url}/hooks/mail-bounces`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-cungcau-timestamp": timestamp,
        "x-cungcau-signature": bounceSignature(secret, timestamp, body),
      },
      body,
    });
  };
  const report = (messageId: string, status = "5.1.1", action = "failed") =>
    JSON.stringify({ events: [{ messageId, action, status, diagnostic: `smtp; 550 ${status} <x@y.test> unknown` }] });

  it("stop the address of the mail they speak of, once, and no other", async () => {
    const mail = await makeMail("listing-published", "later@example.invalid");
    for (let turn = 0; turn < 2; turn++) {
      const answer = await post(report(mail.messageId));
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ taken: 1 });
    }
    expect(await live("later@example.invalid")).toMatchObject({ source: "report", status: "5.1.1" });
    expect(await db().mailRefusal.findMany({ where: { mailId: mail.id } })).toMatchObject([
      { said: expect.not.stringContaining("@") },
    ]);
    expect(await (await post(report("<unknown@elsewhere.test>"))).json()).toEqual({ taken: 0 });
    const delayed = await makeMail("listing-published", "slow@example.invalid");
    expect(await (await post(report(delayed.messageId, "4.2.1", "delayed"))).json()).toEqual({ taken: 0 });
    expect(await live("slow@example.invalid")).toBe(null);
  });

  it("are refused unsigned, wrongly signed, old, or without sense", async () => {
    const body = report("<a@b.test>");
    const old = new Date(world.clock.now().getTime() - 10 * 60_000);
    expect((await post(body, { secret: "another secret that is long enough for it" })).status).toBe(401);
    expect((await post(body, { at: old })).status).toBe(401);
    expect((await fetch(`${web.url}/hooks/mail-bounces`, { method: "POST", body })).status).toBe(401);
    expect((await post("{}")).status).toBe(400);
    expect((await post("not json")).status).toBe(400);
    expect((await fetch(`${web.url}/hooks/mail-bounces`)).status).toBe(404);
  });
});
