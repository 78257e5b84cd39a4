import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DealStage, DealStatus } from "~/generated/prisma/enums";
import viMail from "~/locales/vi/mail.json";
import type { EventType } from "~/platform/events";
import { dateOnly } from "~/platform/ports/clock";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { dealStep, due, everybodyReads, readsWell, type Scene, setScene, type Told, tell } from "./second-half";

let world: TestWorld;
let scene: Scene;
const rendered = { vi: new Set<string>(), en: new Set<string>() };
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld();
  scene = await setScene(world);
});
afterAll(() => world?.close());

type Group = "need" | "offering" | "broker" | "registrars";
const payloadOf = (group: Group): Record<string, string> => {
  if (group === "broker") return { brokerId: scene.readers.broker.personId };
  return group === "registrars" ? { registrars: "all" } : { organisationId: scene.pair[group].organisationId };
};

/** Tells one group of a deal's event in both languages; what it was told must read well and lead to the deal. */
async function told(event: EventType, group: Group, detail: Record<string, string> = {}): Promise<Told> {
  let last: Told | undefined;
  for (const locale of ["en", "vi"] as const) {
    await everybodyReads(world, locale);
    last = await tell(world, scene, event, scene.dealId, { ...payloadOf(group), ...detail });
    for (const mail of last.mails) {
      readsWell(mail, scene, locale);
      expect(`${mail.subject}${mail.text}`).toContain("TV-22-2026-000001");
    }
    for (const line of last.mail) rendered[locale].add(line.split(" → ")[0] ?? "");
    expect(last.page).toEqual(last.mail);
    for (const path of Object.values(last.paths)) expect(path).toBe(`/deals/${scene.dealId}`);
  }
  if (!last) throw new Error("nothing was told");
  return last;
}
/** Everybody is told of a step that the broker took. */
async function toAll(
  event: EventType,
  template: string,
  step: { command: string; stage: DealStage; status?: DealStatus; reasonCode?: string; data?: Record<string, unknown> },
): Promise<Told> {
  const detail = await dealStep(world, scene, step);
  for (const side of ["need", "offering"] as const)
    expect((await told(event, side, detail)).mail).toEqual([`${template} → ${side}`]);
  const broker = await told(event, "broker", detail);
  expect(broker.mail).toEqual(["deal-news → broker"]);
  return broker;
}
const SIGNED = {
  technologyName: "Màng MBR",
  signedOn: dateOnly("2026-11-20"),
  registrationDuty: "mandatory" as const,
  registrationReason: "stateMoney",
  registrationRuleVersion: 1,
};

describe("who is told what of a deal, in both languages", () => {
  it("opened and moved on", async () => {
    await toAll("deal.opened", "deal-opened", { command: "open", stage: "negotiation" });
    const moved = await toAll("deal.moved", "deal-moved", { command: "agree_mou", stage: "mou" });
    expect(moved.mails[0]?.subject).toBe("Thương vụ TV-22-2026-000001: chuyển sang bước biên bản ghi nhớ");
  });

  it("signed: with a day to register, or without one; registrars hear of the first only", async () => {
    await due(world, "registration.file", "deal", scene.dealId, "2027-02-18");
    const detail = await dealStep(world, scene, { command: "sign", stage: "signed", data: SIGNED });
    for (const side of ["need", "offering"] as const) {
      const { mail, mails } = await told("deal.signed", side, detail);
      expect(mail).toEqual([`deal-signed-register → ${side}`]);
      expect(mails[0]?.subject).toContain("18/02/2027");
      expect(mails[0]?.text).toContain("20/11/2026");
    }
    expect((await told("deal.signed", "registrars", detail)).mail).toEqual([
      "deal-to-register → otherRegistrar",
      "deal-to-register → registrar",
    ]);
    expect((await told("deal.signed", "broker", detail)).mail).toEqual(["deal-news → broker"]);
    await due(world, "registration.file", "deal", scene.dealId, null);
    await db().deal.update({ where: { id: scene.dealId }, data: { registrationDuty: "voluntary" } });
    expect((await told("deal.signed", "need", detail)).mail).toEqual(["deal-signed → need"]);
    expect((await told("deal.signed", "registrars", detail)).mail).toEqual([]);
  });

  it("the registration is due: party that files, broker, registrars; nobody once the file is in", async () => {
    await due(world, "registration.file", "deal", scene.dealId, "2027-02-18");
    expect((await told("deal.registration-reminder", "need")).mail).toEqual(["deal-registration-reminder → need"]);
    expect((await told("deal.registration-reminder", "broker")).mail).toEqual(["deal-registration-due → broker"]);
    expect((await told("deal.registration-reminder", "registrars")).mail).toEqual([
      "deal-registration-due → otherRegistrar",
      "deal-registration-due → registrar",
    ]);
    await due(world, "registration.file", "deal", scene.dealId, null);
    expect((await told("deal.registration-reminder", "need")).mail).toEqual([]);
  });

  it("filed: the registrar who received the file is not told of it, the other one is; sent back with its reason", async () => {
    await due(world, "registration.process", "deal", scene.dealId, "2026-12-04");
    const filed = { stage: "registration_filed" as const, data: { filedOn: dateOnly("2026-11-27") } };
    const detail = await dealStep(world, scene, {
      command: "file_registration",
      by: scene.readers.registrar,
      ...filed,
    });
    expect((await told("deal.filed", "registrars", detail)).mail).toEqual(["deal-file-to-process → otherRegistrar"]);
    const { mail, mails } = await told("deal.filed", "need", detail);
    expect(mail).toEqual(["deal-filed → need"]);
    expect(mails[0]?.text).toContain("04/12/2026");
    await told("deal.filed", "offering", detail);

    await due(world, "registration.file", "deal", scene.dealId, "2027-02-18");
    const back = await dealStep(world, scene, {
      command: "return_registration",
      stage: "signed",
      reasonCode: "file_incomplete",
      data: { filedOn: null, reasonCode: null },
    });
    // the file went back before anybody was told that it is in
    expect((await told("deal.filed", "need", detail)).mail).toEqual([]);
    const returned = await told("deal.moved", "need", back);
    expect(returned.mail).toEqual(["deal-returned → need"]);
    expect(returned.mails[0]?.text).toContain("18/02/2027");
    expect(returned.mails[0]?.text).toMatch(/Lý do: \S/);
    expect((await told("deal.moved", "broker", back)).mails[0]?.subject).toContain("được trả lại");
    await due(world, "registration.file", "deal", scene.dealId, null);
    expect((await told("deal.moved", "offering", back)).mail).toEqual(["deal-returned-open → offering"]);
  });

  it("registered, with number, day and the day it takes effect", async () => {
    const certificate = await db().storedFile.findFirst();
    const broker = await toAll("deal.registered", "deal-registered", {
      command: "register",
      stage: "registered",
      data: {
        filedOn: dateOnly("2026-11-27"),
        certificateNumber: "15/2026",
        certificateOn: dateOnly("2026-12-02"),
        certificateFileId: certificate?.id ?? scene.dealId,
        effectiveOn: dateOnly("2026-12-02"),
      },
    });
    expect(broker.mails[0]?.subject).toContain("Giấy chứng nhận");
    const [mail] = (await told("deal.registered", "need")).mails;
    expect(mail?.text).toContain("15/2026");
    expect(mail?.text).toContain("02/12/2026");
  });

  it("acceptance: who has not confirmed is asked, whose confirmation was recorded is told so", async () => {
    await toAll("deal.moved", "deal-moved", { command: "start_performing", stage: "performing" });
    const detail = await dealStep(world, scene, {
      command: "confirm_acceptance",
      stage: "performing",
      data: { transferorAcceptedAt: world.clock.now() },
    });
    expect((await told("deal.acceptance-given", "need", detail)).mail).toEqual(["deal-acceptance-asked → need"]);
    expect((await told("deal.acceptance-given", "offering", detail)).mail).toEqual([
      "deal-acceptance-recorded → offering",
    ]);
    expect((await told("deal.acceptance-given", "broker", detail)).mail).toEqual(["deal-news → broker"]);
    await toAll("deal.accepted", "deal-accepted", {
      command: "confirm_acceptance",
      stage: "accepted",
      data: { transfereeAcceptedAt: world.clock.now() },
    });
    expect((await told("deal.acceptance-given", "need", detail)).mail).toEqual([]);
  });

  it("milestones and royalties, until they are done or waived", async () => {
    const detail = { milestoneId: scene.milestoneId };
    for (const side of ["need", "offering"] as const) {
      const { mail, mails } = await told("deal.milestone-reminder", side, detail);
      expect(mail).toEqual([`deal-milestone-reminder → ${side}`]);
      expect(mails[0]?.text).toContain("Bàn giao quy trình");
    }
    expect((await told("deal.milestone-reminder", "broker", detail)).mail).toEqual(["deal-milestone-due → broker"]);
    for (const side of ["need", "offering"] as const) {
      const { mail, mails } = await told("deal.royalty-reminder", side, detail);
      expect(mail).toEqual([`deal-royalty-reminder → ${side}`]);
      expect(mails[0]?.subject).toContain("15/01/2027");
    }
    expect((await told("deal.royalty-reminder", "broker", detail)).mail).toEqual(["deal-royalty-due → broker"]);
    await db().dealMilestone.update({
      where: { id: scene.milestoneId },
      data: { waivedOn: dateOnly("2026-11-23"), waivedNote: "thôi" },
    });
    expect((await told("deal.milestone-reminder", "need", detail)).mail).toEqual([]);
    expect((await told("deal.royalty-reminder", "need", detail)).mail).toEqual([]);
  });

  it("paused with its reason, resumed, ended early, lost, liquidated", async () => {
    const paused = { command: "pause", stage: "accepted", status: "paused", reasonCode: "finance" } as const;
    await toAll("deal.paused", "deal-paused", paused);
    const again = await dealStep(world, scene, paused);
    expect((await told("deal.paused", "need", again)).mails[0]?.text).toMatch(/Lý do: \S/);
    await toAll("deal.resumed", "deal-resumed", { command: "resume", stage: "accepted" });
    expect((await told("deal.paused", "need", again)).mail, "going on again is the newer news").toEqual([]);
    await toAll("deal.terminated", "deal-terminated", {
      command: "terminate",
      stage: "accepted",
      status: "terminated",
      reasonCode: "mutual",
    });
    await toAll("deal.liquidated", "deal-liquidated", { command: "liquidate", stage: "liquidated", status: "closed" });
    await toAll("deal.lost", "deal-lost", {
      command: "lose",
      stage: "drafting",
      status: "lost",
      reasonCode: "price",
    });
  });

  it("a party that left the deal is told nothing of it", async () => {
    await db().deal.update({ where: { id: scene.dealId }, data: { transferorId: null } });
    expect((await told("deal.lost", "offering")).mail).toEqual([]);
    expect((await told("deal.lost", "need")).mail).toEqual(["deal-lost → need"]);
  });

  it("has told every kind of mail about deals in both languages", () => {
    // what changes hands is told in operations/hand-over.test.ts
    const all = Object.keys(viMail.templates).filter((key) => key.startsWith("deal-") && key !== "deal-received");
    for (const locale of ["vi", "en"] as const) expect([...rendered[locale]].sort()).toEqual(all.sort());
  });
});
