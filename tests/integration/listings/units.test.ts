import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addUnit,
  convert,
  formChoices,
  freshUnits,
  listingsOfUnitChange,
  restoreUnit,
  retireUnit,
  saveUnit,
  unitRoom,
  viewListing,
  viewUnit,
} from "~/modules/listings/index.server";
import {
  applyUnitsJob,
  computeMatchesJob,
  handleApplyUnits,
  handleComputeMatches,
} from "~/modules/matching/index.server";
import { createQueueInline, type InlineQueue } from "~/platform/adapters/queue-inline.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor, processed } from "../matching/world";

let world: TestWorld;
let admin: PersonActor;
let second: PersonActor;
let broker: PersonActor;
let queue: InlineQueue;
let need: MadeListing & { reference: string };
let offering: MadeListing & { reference: string };
const db = () => world.container.ports.db;
const GPM = {
  code: "gallon/phút",
  dimension: "volume-flow" as const,
  factor: 0.227_124_707,
  offset: 0,
  aliases: ["gpm", "gal/min"],
  note: null,
  revision: 0,
};
const line = (value: string, unit: string, must: string) => ({
  name: "Công suất xử lý",
  comparison: must ? "gte" : "eq",
  value,
  unit,
  must,
  condition: "",
});

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  broker = await makeBroker(world);
  admin = await makeStaff(world, "administrator");
  second = await makeStaff(world, "administrator");
  need = await aPublishedNeed(world, {
    broker,
    draft: { ...DYEING_NEED, lines: [line("200", "m³/h", "must")] },
  });
  offering = await aPublishedOffering(world, {
    broker,
    draft: { ...DYEING_OFFERING, lines: [line("1000", "GPM", "")] },
  });
  await processed(world, need.listingId, offering.listingId);
  queue = createQueueInline();
  const lost = async ({ message }: { message: string }) => {
    throw new Error(message);
  };
  queue.work(
    computeMatchesJob,
    handleComputeMatches(() => world.system),
    lost,
  );
  queue.work(
    applyUnitsJob,
    handleApplyUnits(() => world.system, queue),
    lost,
  );
}, 120_000);
afterAll(async () => {
  await queue?.close();
  await world?.close();
});

const as = (actor: PersonActor) => world.ctx(actor);
const view = async (code: string) => {
  const unit = await viewUnit(as(admin), code);
  if (!unit) throw new Error(`no unit ${code}`);
  return unit;
};
const lastEvent = () => db().outboxEvent.findFirst({ where: { type: "unit.changed" }, orderBy: { seq: "desc" } });
/** What the workers do after a change of a unit. */
async function applied(): Promise<string[]> {
  const event = await lastEvent();
  if (!event) throw new Error("no event");
  await queue.add([
    { definition: applyUnitsJob, id: `apply-units.${event.id}`, payload: { changeId: event.subjectId } },
  ]);
  await queue.idle();
  return (await listingsOfUnitChange(world.system, event.subjectId))?.listingIds ?? [];
}
const verdict = async () => {
  const { matches, weak } = await matchesFor(world, broker, need.listingId);
  const match = [...matches, ...weak].find((one) => one.other.id === offering.listingId);
  const reason = match?.evidence.contributions.find(({ kind }) => kind === "line");
  return reason?.kind === "line" ? reason.verdict : null;
};

describe("a unit that administrators add", () => {
  it("is offered by the form, and what was written in it before is compared from now on", async () => {
    expect(await verdict()).toBeNull();
    expect(must(await addUnit(as(admin), GPM))).toEqual({ code: "gallon/phút" });
    expect((await formChoices(as(broker), "22")).units).toContain("gallon/phút");
    expect(await applied()).toEqual([offering.listingId]);
    expect(await verdict()).toBe("meets");
  });

  it("has its history, an audit row and the number of listings written in it", async () => {
    const unit = await view(GPM.code);
    expect(unit).toMatchObject({
      supplied: false,
      active: true,
      listings: 1,
      aliases: GPM.aliases,
      factor: GPM.factor,
    });
    expect(unit.history).toMatchObject([
      { action: "unit.added", by: admin.fullName, after: { dimension: "volume-flow", aliases: GPM.aliases } },
    ]);
    const [row] = await db().auditEntry.findMany({ where: { action: "unit.added" } });
    expect(row?.after).toMatchObject({ key: GPM.code, revision: unit.revision, factor: GPM.factor, active: true });
    expect((await unitRoom(as(admin)))?.find(({ code }) => code === "m³/h")).toMatchObject({
      supplied: true,
      listings: 1,
    });
  });

  it("is matched anew when its factor changes, by who opened it last", async () => {
    const { revision } = await view(GPM.code);
    const change = { ...GPM, revision, factor: 0.01, note: "thử" };
    must(await saveUnit(as(admin), change));
    expect(await saveUnit(as(second), { ...change, factor: 5 })).toMatchObject({
      code: "lists:error.changedMeanwhile",
      params: { name: admin.fullName },
    });
    await applied();
    expect(await verdict()).toBe("fails");
    const { history, revision: now } = await view(GPM.code);
    expect(history[0]).toMatchObject({
      action: "unit.rescaled",
      before: { factor: GPM.factor },
      after: { factor: 0.01 },
      note: "thử",
    });
    must(await saveUnit(as(admin), { ...GPM, revision: now }));
    await applied();
    expect(await verdict()).toBe("meets");
  });

  it("reads drafts as they are sent: a unit typed behind its number", async () => {
    const sent = await aPublishedNeed(world, { broker, draft: { lines: [line("≥ 300 gpm", "", "must")] } });
    expect((await viewListing(world.ctx(sent.owner), sent.listingId))?.lines).toMatchObject([
      { comparison: "gte", minValue: 300, unit: "gallon/phút" },
    ]);
  });
});

describe("a supplied unit", () => {
  it("takes further names, and no other factor", async () => {
    expect(convert(1, "khối một giờ", "m³/ngày")).toBeNull();
    const input = { code: "m³/h", aliases: ["khối một giờ", "M3/GIỜ"], factor: 7, offset: 1, note: null, revision: 0 };
    must(await saveUnit(as(admin), input));
    await freshUnits(world.system);
    expect(convert(1, "khối một giờ", "m³/ngày")).toBeCloseTo(24);
    // what it is called anyway is not said twice
    expect(await view("m³/h")).toMatchObject({ factor: 1, offset: 0, aliases: ["khối một giờ"], supplied: true });
    expect(await applied()).toEqual([]);
  });

  it("retires from the forms and goes on meaning what it means", async () => {
    const before = await lastEvent();
    const { revision } = await view("m³/h");
    must(await retireUnit(as(admin), { code: "m³/h", note: null, revision }));
    expect((await formChoices(as(broker), "22")).units).not.toContain("m³/h");
    expect(convert(1, "m3/giờ", "m³/ngày")).toBeCloseTo(24);
    expect((await lastEvent())?.id, "nothing to match again").toBe(before?.id);
    const retired = await view("m³/h");
    expect(retired).toMatchObject({ active: false, listings: 1 });
    expect(await retireUnit(as(admin), { code: "m³/h", note: null, revision: retired.revision })).toMatchObject({
      code: "lists:error.nothingChanged",
    });
    must(await restoreUnit(as(admin), { code: "m³/h", note: null, revision: retired.revision }));
    expect((await formChoices(as(broker), "22")).units).toContain("m³/h");
    expect((await view("m³/h")).history.map(({ action }) => action)).toEqual([
      "unit.restored",
      "unit.retired",
      "unit.renamed",
    ]);
  });
});

describe("refused", () => {
  it("a name that means another unit already, naming it", async () => {
    expect(await addUnit(as(admin), { ...GPM, code: "KG / GIO" })).toMatchObject({
      code: "units:error.codeTaken",
      params: { unit: "kg/h" },
      fields: { code: ["units:error.nameTakenField"] },
    });
    expect(await addUnit(as(admin), { ...GPM, code: "ga-lông", aliases: ["Gpm"] })).toMatchObject({
      code: "units:error.nameTaken",
      params: { name: "Gpm", unit: "gallon/phút" },
    });
    const { revision } = await view("l/s");
    expect(await saveUnit(as(admin), { code: "l/s", aliases: ["tấn/giờ"], note: null, revision })).toMatchObject({
      code: "units:error.nameTaken",
      params: { unit: "tấn/h" },
    });
  });

  it("nothing changed, an unknown unit, and whoever is no administrator", async () => {
    const { revision } = await view(GPM.code);
    expect(await saveUnit(as(admin), { ...GPM, revision })).toMatchObject({ code: "lists:error.nothingChanged" });
    expect(await saveUnit(as(admin), { ...GPM, code: "không có" })).toMatchObject({ code: "common:notFound" });
    for (const actor of [broker, offering.owner]) {
      expect(await addUnit(as(actor), { ...GPM, code: "khác" })).toMatchObject({ code: "common:notFound" });
      expect(await saveUnit(as(actor), { ...GPM, factor: 2, revision })).toMatchObject({ code: "common:notFound" });
      expect(await retireUnit(as(actor), { code: GPM.code, note: null, revision })).toMatchObject({
        code: "common:notFound",
      });
      expect([await unitRoom(as(actor)), await viewUnit(as(actor), GPM.code)]).toEqual([null, null]);
    }
  });
});
