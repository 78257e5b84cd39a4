import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answerIntroduction,
  handOverCase,
  openCase,
  sweepIntroductions,
  withdrawIntroduction,
} from "~/modules/brokering/index.server";
import { loseDeal, pauseDeal, resumeDeal, terminateDeal } from "~/modules/deals/index.server";
import { dismissMatch, shortlistMatch, undoDecision } from "~/modules/matching/index.server";
import { FUNNEL, type FunnelStep } from "~/modules/reports/domain/funnel";
import { funnel, funnelPage, funnelRecords } from "~/modules/reports/index.server";
import type { PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { anIntroduction, aPair, caseForm, NO, type Pair, YES } from "../../factories/cases";
import { aDeal, aDealAt, aDealScene, type DealScene, move, paper, revisionOf } from "../../factories/deals";
import { aMeeting, anAgreed } from "../../factories/outcomes";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { aMatch } from "./funnel-world";

let world: TestWorld;
let pair: Pair;
let scene: DealScene;
let other: PersonActor;
const db = () => world.container.ports.db;
const at = (day: string, hour = "02:00") => world.clock.set(new Date(`${day}T${hour}:00.000Z`));
const today = () => localDay(world.clock.now());
const actionOf = (step: FunnelStep) => FUNNEL.find((one) => one.step === step)?.action ?? "";

/** The direct count over the audit log: nothing of the funnel's own. */
async function counted(step: FunnelStep, year: number | null = null): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT subject_id, min(at) AS at FROM audit_entry WHERE action = ${actionOf(step)} GROUP BY subject_id
    ) first
    WHERE ${year}::int IS NULL OR extract(year FROM first.at AT TIME ZONE 'Asia/Ho_Chi_Minh') = ${year}::int`;
  return row?.count ?? 0;
}
const figures = async (actor: PersonActor, year: number | null = null, mine = false) => {
  const found = await funnel(world.ctx(actor), { year, mine });
  if (!found) throw new Error("no funnel");
  return Object.fromEntries(found.steps.map(({ step, count }) => [step, count])) as Record<FunnelStep, number>;
};
/** Every record behind a figure, page after page. */
async function allRecords(actor: PersonActor, step: FunnelStep, year: number | null = null, mine = false) {
  const rows = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const view = await funnelRecords(world.ctx(actor), { step, year, mine, page });
    if (!view) throw new Error("no records");
    expect(view.rows.length).toBeLessThanOrEqual(25);
    pages = view.pages;
    rows.push(...view.rows);
  }
  return rows;
}

/** Suggestions that are chosen, put aside, taken back, and computed away. */
async function suggestions(): Promise<void> {
  const broker = world.ctx(pair.broker);
  const of = () => aMatch(world, pair);
  const [kept, backAgain, gone, aside] = [await of(), await of(), await of(), await of()];
  for (const matchId of [kept, backAgain, gone]) must(await shortlistMatch(broker, { matchId }));
  for (const matchId of [backAgain, gone]) must(await undoDecision(broker, { matchId }));
  must(await shortlistMatch(world.ctx(other), { matchId: backAgain }));
  must(await dismissMatch(broker, { matchId: aside, reasonCode: "too_early", note: "" }));
  // what nobody decided on goes when the engine no longer finds it
  await db().match.delete({ where: { id: gone } });
}

/** Introductions that end in each of their ways, and meetings that are held or not. */
async function introductions(): Promise<void> {
  const declined = await anIntroduction(world, pair);
  const yes = { introductionId: declined.introductionId, side: "need" as const, ...YES };
  must(await answerIntroduction(world.ctx(pair.need.owner), yes));
  must(await answerIntroduction(world.ctx(pair.offering.owner), { ...yes, ...NO, side: "offering" }));
  const withdrawn = await anIntroduction(world, pair);
  must(await withdrawIntroduction(world.ctx(pair.broker), { introductionId: withdrawn.introductionId }));
  const expired = await anIntroduction(world, pair);
  world.clock.advanceDays(20);
  must(await sweepIntroductions(world.system));
  expect(await db().introduction.findUnique({ where: { id: expired.introductionId } })).toMatchObject({
    state: "expired",
  });
  const met = await anAgreed(world, pair);
  await aMeeting(world, met, "no_show");
  world.clock.advanceDays(1);
  await aMeeting(world, met);
  world.clock.advanceDays(1);
  await aMeeting(world, met);
  const handed = await anAgreed(world, pair);
  const { revision } = await db().brokerCase.findUniqueOrThrow({ where: { id: handed.caseId } });
  const hand = { caseId: handed.caseId, revision, toBrokerId: other.personId, note: "Chuyển địa bàn" };
  must(await handOverCase(world.ctx(pair.broker), hand));
}

/** Deals at every stage; returned and filed again, lost, paused, ended early. */
async function deals(): Promise<void> {
  const { broker, registrar } = scene;
  await aDeal(world, scene);
  const lost = await aDeal(world, scene);
  const reason = { reasonCode: "price" as const, note: null };
  must(await loseDeal(world.ctx(broker), { dealId: lost, revision: await revisionOf(world, lost), ...reason }));
  await aDealAt(world, scene, "drafting");
  const stopped = await aDealAt(world, scene, "signed");
  const end = {
    dealId: stopped,
    revision: await revisionOf(world, stopped),
    reasonCode: "mutual" as const,
    note: null,
  };
  must(await terminateDeal(world.ctx(broker), end));

  const abroad = { terms: { transferorCountry: "KR" } };
  const returned = await aDealAt(world, scene, "registration_filed", abroad);
  const back = { reasonCode: "file_incomplete", note: "Thiếu bản dịch công chứng." };
  must(await move(world, registrar, returned, "return_registration", back));
  must(await move(world, broker, returned, "file_registration", { filedOn: today() }));
  await paper(world, registrar, returned, "certificate");
  must(await move(world, registrar, returned, "register", { certificateNumber: "9/GCN", certificateOn: today() }));

  const resting = await aDealAt(world, scene, "registered", abroad);
  const pause = { dealId: resting, revision: await revisionOf(world, resting), ...reason };
  must(await pauseDeal(world.ctx(broker), pause));
  must(await resumeDeal(world.ctx(broker), { dealId: resting, revision: await revisionOf(world, resting) }));
  await aDealAt(world, scene, "accepted");
  at("2026-12-31", "17:30");
  const finished = await aDealAt(world, scene, "accepted", abroad);
  await paper(world, broker, finished, "liquidation_record");
  must(await move(world, broker, finished, "liquidate", { liquidatedOn: today() }));
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  pair = await aPair(world);
  scene = await aDealScene(world);
  other = await makeBroker(world);
  at("2026-11-23");
  await suggestions();
  await introductions();
  // enough for two pages
  for (let n = 0; n < 26; n++) {
    const form = caseForm(world, { title: `Hồ sơ ${n}`, need: { reference: pair.need.reference } });
    must(await openCase(world.ctx(other), form));
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
  }
  await deals();
  // a step that began in the old year and went on in the new one
  at("2027-03-10");
  await introductions();
  await suggestions();
}, 120_000);
afterAll(() => world.close());

describe("the funnel", () => {
  it("has figures that equal a direct count over the audit log, and is lively enough to mean it", async () => {
    const shown = await figures(pair.broker);
    for (const { step } of FUNNEL) {
      expect(shown[step], step).toBe(await counted(step));
      expect(shown[step], step).toBeGreaterThan(0);
    }
    expect(shown).toMatchObject({ met: 4, deals: 8, signed: 5, registered: 3, accepted: 2, liquidated: 1 });
    // chosen, taken back and chosen again is one; computed away is still one
    expect(shown.shortlisted).toBe(6);
  });

  it("has years that add up to the whole, cut at midnight in Việt Nam", async () => {
    const [all, first, second] = [await figures(other), await figures(other, 2026), await figures(other, 2027)];
    for (const { step } of FUNNEL) {
      expect(first[step] + second[step], step).toBe(all[step]);
      expect(first[step], step).toBe(await counted(step, 2026));
      expect(second[step], step).toBe(await counted(step, 2027));
    }
    // 00:30 on the first of January
    expect(second.liquidated).toBe(1);
    expect(first.liquidated).toBe(0);
    expect((await funnel(world.ctx(other), { year: null, mine: false }))?.years).toEqual([2027, 2026]);
    expect(await figures(other, 2025)).toMatchObject({ cases: 0, shortlisted: 0 });
  });

  it("opens the records behind each figure: the same number, each once, latest first, with somewhere to go", async () => {
    for (const year of [null, 2026, 2027]) {
      const shown = await figures(pair.broker, year);
      for (const { step } of FUNNEL) {
        const rows = await allRecords(pair.broker, step, year);
        expect(rows.length, `${step} ${year}`).toBe(shown[step]);
        expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
        const times = rows.map((row) => row.at.getTime());
        expect(times).toEqual([...times].sort((a, b) => b - a));
      }
    }
    const subjects = await db().auditEntry.findMany({
      where: { action: "case.opened" },
      distinct: ["subjectId"],
      select: { subjectId: true },
    });
    const cases = await allRecords(pair.broker, "cases");
    expect(cases.map((row) => row.id).sort()).toEqual(subjects.map((row) => row.subjectId).sort());
    expect(cases.length).toBeGreaterThan(25);
    expect(cases.every((row) => row.to === `/broker/cases/${row.id}` && row.title)).toBe(true);
    const liquidated = await allRecords(pair.broker, "liquidated");
    expect(liquidated).toEqual([
      expect.objectContaining({ title: expect.any(String), reference: expect.stringMatching(/^TV-22-/) }),
    ]);
    expect((await allRecords(pair.broker, "met")).every((row) => row.to === `/broker/meetings/${row.id}`)).toBe(true);
    // a suggestion that is no more is still counted, and says so
    const shortlisted = await allRecords(pair.broker, "shortlisted");
    expect(shortlisted.filter((row) => row.title === null && row.to === null)).toHaveLength(2);
  });

  it("keeps to the pages there are", async () => {
    const ask = { step: "cases" as const, year: null, mine: false };
    const last = await funnelRecords(world.ctx(other), { ...ask, page: 99 });
    expect(last?.page).toBe(last?.pages);
    expect((await funnelRecords(world.ctx(other), { ...ask, page: -3 }))?.page).toBe(1);
  });

  it("of a broker: cases and deals they have now, suggestions they chose first", async () => {
    const brokers = [pair.broker, other, scene.broker, scene.other];
    const all = await figures(pair.broker);
    const own = await Promise.all(brokers.map((broker) => figures(broker, null, true)));
    for (const { step } of FUNNEL)
      expect(
        own.reduce((sum, one) => sum + one[step], 0),
        step,
      ).toBe(all[step]);
    expect(own[1]).toMatchObject({ cases: 28, agreed: 2, deals: 0, shortlisted: 0 });
    for (const { step } of FUNNEL) expect((await allRecords(other, step, null, true)).length).toBe(own[1]?.[step]);
  });

  it("is for brokers and leaders; a leader is led nowhere that is closed to them", async () => {
    const ask = { step: "shortlisted" as const, year: null, mine: false, page: 1 };
    const leader = await makeStaff(world, "leader");
    expect(await figures(leader)).toEqual(await figures(other));
    const page = await funnelPage(world.ctx(leader), ask);
    expect(page?.mayOwn).toBe(false);
    expect(page?.records.rows.every((row) => row.to === null)).toBe(true);
    for (const actor of [
      pair.need.owner,
      await makeStaff(world, "registrar"),
      await makeStaff(world, "administrator"),
    ]) {
      expect(await funnel(world.ctx(actor), ask)).toBeNull();
      expect(await funnelRecords(world.ctx(actor), ask)).toBeNull();
      expect(await funnelPage(world.ctx(actor), ask)).toBeNull();
    }
    expect(await funnel(world.ctx(), ask)).toBeNull();
  });
});
