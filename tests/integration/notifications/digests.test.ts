import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  buildDigests,
  deliverDigests,
  lostBatches,
  mailboxMail,
  markRead,
  notifyEvent,
  queueDigests,
  saveChoices,
} from "~/modules/notifications/index.server";
import { choicesSchema } from "~/modules/notifications/schemas";
import type { PersonActor } from "~/platform/context";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openSmtpProcess, type SmtpProcess } from "./processes";
import { emitEvent, makeListingRow } from "./subjects";

let world: TestWorld;
let smtp: SmtpProcess;
let broker: PersonActor;
let organisationId: string;
let reader: PersonActor;
let listingId: string;

const at = (text: string) => new Date(`${text}+07:00`);

beforeAll(async () => {
  smtp = await openSmtpProcess();
  world = await openTestWorld({ env: { SMTP_URL: smtp.url }, poolSize: 10 });
  broker = await makeBroker(world);
  ({ organisationId, manager: reader } = await makeOrganisation(world, { broker, nameVi: "Công ty NHẬN TỔNG HỢP" }));
  await choose({ listings: "daily", deals: "weekly" });
  listingId = (
    await makeListingRow(world, { organisationId, reference: "NC-22-2026-000200", titles: { vi: "Lọc bụi <lò nung>" } })
  ).id;
});
afterAll(async () => {
  await world?.close();
  await smtp?.close();
});

const db = () => world.container.ports.db;
const choose = async (fields: Record<string, string>) =>
  must(
    await saveChoices(
      world.ctx(reader),
      choicesSchema.parse({ timeZone: "Asia/Ho_Chi_Minh", digestHour: "8", digestWeekday: "1", ...fields }),
    ),
  );
async function happens(
  moment: string,
  type: "listing.published" | "listing.expired" = "listing.expired",
  id = listingId,
) {
  world.clock.set(at(moment));
  await notifyEvent(world.system, await emitEvent(world, type, id));
}
const digests = () =>
  db().mail.findMany({ where: { kind: "digest", personId: reader.personId }, orderBy: { id: "asc" } });
const waiting = () => db().notice.count({ where: { digestDueAt: { not: null } } });
async function buildAll() {
  let built = 0;
  for (let turn = await buildDigests(world.system); turn.more; turn = await buildDigests(world.system))
    built += turn.built;
  return built;
}

describe("digests", () => {
  it("gather what happened in the period into one mail, fold repetitions, and lead to each notice", async () => {
    await happens("2026-11-23T09:00");
    await happens("2026-11-23T15:00");
    await happens("2026-11-23T16:00", "listing.published");
    const other = await makeListingRow(world, {
      organisationId,
      reference: "NC-22-2026-000201",
      titles: { vi: "Máy sấy" },
    });
    await happens("2026-11-23T17:00", "listing.published", other.id);
    expect(await buildAll()).toBe(0);
    world.clock.set(at("2026-11-24T08:00"));
    expect(await buildAll()).toBe(1);
    expect(await waiting()).toBe(0);
    const [mail] = await digests();
    const written = (await mailboxMail(world.ctx(), mail?.id ?? ""))?.written;
    expect(written?.subject).toBe("Tổng hợp: 4 thông báo chưa đọc");
    const text = written?.text ?? "";
    expect(text).toContain("Hồ sơ đã hết hạn (2 lần)");
    expect(text.match(/NC-22-2026-000200 · Lọc bụi <lò nung>/g)).toHaveLength(1);
    expect(text.indexOf("Máy sấy")).toBeLessThan(text.indexOf("Lọc bụi"));
    expect(written?.html).toContain("Lọc bụi &lt;lò nung&gt;");
    const opened = [...text.matchAll(/\/notices\?open=([0-9a-f-]{36})/g)].map((found) => found[1] ?? "");
    expect(opened).toHaveLength(3);
    for (const id of opened) expect(must(await markRead(world.ctx(reader), { id })).path).toMatch(/^\/my\/listings\//);
  });

  it("go out once, in one batch, with a Message-ID of their own and a way to stop them", async () => {
    const [mail] = await digests();
    const batchId = mail?.batchId ?? "";
    const runs = await Promise.all(
      [1, 2, 3].map(() => deliverDigests(world.system, world.container.mail, batchId, { lastAttempt: false })),
    );
    expect(runs.reduce((sum, run) => sum + run.sent, 0)).toBe(1);
    const heard = smtp.accepted().filter((one) => one.messageId === mail?.messageId);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.text).toContain("/mail/stop/");
    expect(await digests()).toMatchObject([{ state: "sent", attempts: 1, claimedAt: null }]);
  });

  it("are made once per person and period, however many builders run", async () => {
    await happens("2026-11-24T09:00");
    world.clock.set(at("2026-11-25T08:00"));
    const turns = await Promise.all([1, 2, 3, 4].map(() => buildDigests(world.system)));
    expect(turns.reduce((sum, turn) => sum + turn.built, 0)).toBe(1);
    await buildAll();
    expect(await digests()).toHaveLength(2);
  });

  it("that come late go into the next period's digest, not into a second one", async () => {
    await happens("2026-11-25T07:59:59");
    world.clock.set(at("2026-11-25T08:00:01"));
    expect(await buildAll()).toBe(0);
    expect(await digests()).toHaveLength(2);
    const notice = await db().notice.findFirstOrThrow({ where: { digestDueAt: { not: null } } });
    expect(notice.digestDueAt).toEqual(at("2026-11-26T08:00"));
    world.clock.set(at("2026-11-26T08:00"));
    expect(await buildAll()).toBe(1);
  });

  it("are one mail after days without a worker", async () => {
    const before = (await digests()).length;
    for (const day of ["26T09:00", "27T09:00", "28T09:00"]) await happens(`2026-11-${day}`);
    world.clock.set(at("2026-11-30T14:00"));
    expect(await buildAll()).toBe(1);
    const all = await digests();
    expect(all).toHaveLength(before + 1);
    expect(await db().notice.count({ where: { digestMailId: all.at(-1)?.id } })).toBe(3);
  });

  it("leave out what was read in the page, and are not sent when nothing is left", async () => {
    const before = (await digests()).length;
    await happens("2026-11-30T15:00");
    must(await markRead(world.ctx(reader), { all: true }));
    world.clock.set(at("2026-12-01T08:00"));
    expect(await buildAll()).toBe(0);
    expect(await waiting()).toBe(0);
    expect(await digests()).toHaveLength(before);
  });

  it("are not sent to people who were disabled meanwhile", async () => {
    const before = (await digests()).length;
    await happens("2026-12-01T09:00");
    await db().person.update({ where: { id: reader.personId }, data: { disabledAt: world.clock.now() } });
    world.clock.set(at("2026-12-02T08:00"));
    expect(await buildAll()).toBe(0);
    await db().person.update({ where: { id: reader.personId }, data: { disabledAt: null } });
    expect(await digests()).toHaveLength(before);
    expect(await waiting()).toBe(0);
  });

  it("whose worker died, or that lost their job, are found again and keep their Message-ID", async () => {
    await happens("2026-12-02T09:00");
    world.clock.set(at("2026-12-03T08:00"));
    const { batchId } = await buildDigests(world.system);
    const [mail] = await db().mail.updateManyAndReturn({
      where: { batchId },
      data: { state: "sending", claimedAt: world.clock.now(), attempts: 1 },
    });
    expect(await lostBatches(world.system)).not.toContain(batchId);
    world.clock.set(new Date(world.clock.now().getTime() + world.env.MAIL_TAKEOVER_MS + 1));
    expect(await lostBatches(world.system)).toContain(batchId);
    expect(await queueDigests(world.system, world.container.queue)).toBe(0);
    await deliverDigests(world.system, world.container.mail, batchId ?? "", { lastAttempt: false });
    expect(smtp.accepted().filter((one) => one.messageId === mail?.messageId)).toHaveLength(1);
  });

  it("that the server does not take: later ones are tried again, refused ones are a person's to see", async () => {
    const address = async (email: string) => {
      await db().person.update({ where: { id: reader.personId }, data: { email } });
      const day = world.clock.now();
      world.clock.set(new Date(day.getTime() + 3_600_000));
      await notifyEvent(world.system, await emitEvent(world, "listing.expired", listingId));
      world.clock.advanceDays(1);
      return (await buildDigests(world.system)).batchId ?? "";
    };
    const busy = await address("busy-digest@example.invalid");
    const send = (batchId: string, lastAttempt: boolean) =>
      deliverDigests(world.system, world.container.mail, batchId, { lastAttempt });
    await expect(send(busy, false)).rejects.toMatchObject({ code: "mail.temporary" });
    expect(await db().mail.findFirst({ where: { batchId: busy } })).toMatchObject({ state: "queued", attempts: 1 });
    expect(await send(busy, true)).toEqual({ sent: 0 });
    const gone = await address("gone-digest@example.invalid");
    expect(await send(gone, false)).toEqual({ sent: 0 });
    const mails = await db().mail.findMany({ where: { batchId: { in: [busy, gone] } } });
    expect(mails.map((mail) => mail.state)).toEqual(["failed", "failed"]);
    const letters = await db().deadLetter.findMany({ where: { jobName: "deliver-mail" } });
    expect(letters.map((letter) => letter.errorCode).sort()).toEqual(["mail.refused", "mail.temporary"]);
    expect(JSON.stringify(letters)).not.toContain("@");
  });
});
