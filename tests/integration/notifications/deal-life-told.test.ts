import { simpleParser } from "mailparser";
import { afterAll, beforeAll, expect, it } from "vitest";
import { confirmAcceptance, pauseDeal, resumeDeal, sweepDeals } from "~/modules/deals/index.server";
import { deliverMail, notifyEvent } from "~/modules/notifications/index.server";
import { createMailPreview } from "~/platform/adapters/mail-preview.server";
import type { PersonActor } from "~/platform/context";
import { aDeal, aDealScene, type DealScene, move, paper, revisionOf, setTerms } from "../../factories/deals";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

/** A deal from its opening to its liquidation by the real commands: what everybody is told after each step. */
let world: TestWorld;
let scene: DealScene;
let dealId: string;
const db = () => world.container.ports.db;
const preview = createMailPreview();

beforeAll(async () => {
  world = await openTestWorld();
  scene = await aDealScene(world);
  await db().outboxEvent.updateMany({ data: { relayedAt: world.clock.now() } });
});
afterAll(() => world?.close());

/** Does what the worker does; what each reader was told of, by page and mail alike. */
async function told(): Promise<Record<string, string[]>> {
  const waiting = await db().outboxEvent.findMany({ where: { relayedAt: null }, orderBy: { seq: "asc" } });
  const eventIds = waiting.map((event) => event.id);
  for (const id of eventIds) {
    const { mailIds } = await notifyEvent(world.system, id);
    for (const mailId of mailIds) await deliverMail(world.system, preview, mailId, false);
    await db().outboxEvent.update({ where: { id }, data: { relayedAt: world.clock.now() } });
  }
  const people: [string, PersonActor][] = [
    ["giao", scene.transferor.manager],
    ["nhận", scene.transferee.manager],
    ["broker", scene.broker],
    ["registrar", scene.registrar],
    ["other", scene.other],
  ];
  const notices = await db().notice.findMany({ where: { eventId: { in: eventIds } } });
  const mails = await db().mail.findMany({ where: { OR: eventIds.map((id) => ({ dedupeKey: { startsWith: id } })) } });
  const by = (rows: { personId: string | null; kind: string }[]) =>
    Object.fromEntries(
      people.flatMap(([name, { personId }]) => {
        const kinds = rows.filter((row) => row.personId === personId).map((row) => row.kind);
        return kinds.length > 0 ? [[name, kinds]] : [];
      }),
    );
  if (eventIds.length > 0) expect(by(mails)).toEqual(by(notices));
  for (const mail of mails) expect([mail.state, mail.subjectKind, mail.subjectId]).toEqual(["sent", "deal", dealId]);
  return by(notices);
}
const both = (kind: string) => ({ giao: [kind], nhận: [kind] });
const step = async (who: PersonActor, ...rest: [Parameters<typeof move>[3], Record<string, unknown>?]) =>
  must(await move(world, who, dealId, ...rest));

it("tells parties, broker and registrars of each step, and nobody of their own", { timeout: 120_000 }, async () => {
  const { broker, registrar, other, transferor, transferee } = scene;
  dealId = await aDeal(world, scene);
  expect(await told()).toEqual(both("deal-opened"));
  await setTerms(world, scene, dealId, { stateMoney: "yes" });
  expect(await told(), "terms are worked on with the parties").toEqual({});
  // a colleague took the step: the deal's own broker hears of it
  await step(other, "start_drafting");
  expect(await told()).toEqual({ ...both("deal-moved"), broker: ["deal-news"] });

  await paper(world, broker, dealId, "signed_contract");
  await step(broker, "sign", { signedOn: "2026-11-23", contractNumber: "01/2026/HĐ-CGCN" });
  expect(await told()).toEqual({ ...both("deal-signed-register"), registrar: ["deal-to-register"] });
  // 90 days after signing is Sunday 21/02/2027
  const signed = await Promise.all(
    preview
      .kept()
      .slice(-3)
      .map(({ source }) => simpleParser(source)),
  );
  for (const { subject } of signed) expect(subject).toContain("22/02/2027");

  world.clock.set(new Date("2027-02-12T02:00:00.000Z"));
  must(await sweepDeals(world.system));
  const reminded = await told();
  expect(reminded.broker).toEqual(["deal-registration-due"]);
  expect(reminded.registrar).toEqual(["deal-registration-due"]);
  expect(
    Object.values(reminded)
      .flat()
      .filter((kind) => kind === "deal-registration-reminder"),
  ).toHaveLength(1);

  await paper(world, broker, dealId, "registration_file");
  await told();
  await step(broker, "file_registration", { filedOn: "2027-02-12" });
  expect(await told()).toEqual({ ...both("deal-filed"), registrar: ["deal-file-to-process"] });
  await step(registrar, "return_registration", { reasonCode: "file_incomplete", note: "Thiếu bản sao chứng thực." });
  expect(await told()).toEqual({ ...both("deal-returned"), broker: ["deal-news"] });
  await step(registrar, "file_registration", { filedOn: "2027-02-12" });
  expect(await told(), "the registrar who took the file in knows").toEqual({
    ...both("deal-filed"),
    broker: ["deal-news"],
  });
  await paper(world, registrar, dealId, "certificate");
  await told();
  await step(registrar, "register", { certificateNumber: "12/GCN-CGCN", certificateOn: "2027-02-12" });
  expect(await told()).toEqual({ ...both("deal-registered"), broker: ["deal-news"] });

  await step(broker, "start_performing");
  expect(await told()).toEqual(both("deal-moved"));
  const revision = () => revisionOf(world, dealId);
  must(await pauseDeal(world.ctx(broker), { dealId, revision: await revision(), reasonCode: "timing", note: null }));
  expect(await told()).toEqual(both("deal-paused"));
  must(await resumeDeal(world.ctx(broker), { dealId, revision: await revision() }));
  expect(await told()).toEqual(both("deal-resumed"));

  must(await confirmAcceptance(world.ctx(transferor.manager), { dealId, side: null }));
  expect(await told()).toEqual({ nhận: ["deal-acceptance-asked"], broker: ["deal-news"] });
  must(await confirmAcceptance(world.ctx(transferee.manager), { dealId, side: null }));
  expect(await told()).toEqual({ giao: ["deal-accepted"], broker: ["deal-news"] });
  await paper(world, broker, dealId, "liquidation_record");
  await told();
  await step(broker, "liquidate", { liquidatedOn: "2027-02-12" });
  expect(await told()).toEqual(both("deal-liquidated"));
  expect(world.logText()).not.toMatch(/@example\.invalid/);
});
