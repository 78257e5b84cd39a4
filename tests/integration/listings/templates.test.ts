import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  insertTemplate,
  reviewTemplates,
  saveTemplate,
  switchTemplate,
  viewTemplate,
} from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let colleague: PersonActor;
let leader: PersonActor;
const WORDS = {
  purpose: "changes" as const,
  reasonCode: "parameters_missing",
  nameVi: "Thiếu chỉ tiêu",
  nameEn: "Parameters missing",
  bodyVi: "Đề nghị Quý đơn vị bổ sung công suất và chỉ tiêu đầu ra.",
  bodyEn: "Please add the capacity and the figures wanted.",
  revision: 0,
};

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  await withReferenceData(world);
  broker = await makeBroker(world);
  colleague = await makeBroker(world);
  leader = await makeStaff(world, "leader");
});
afterAll(() => world?.close());

const revisionOf = async (id: string) => (await viewTemplate(world.ctx(broker), id))?.revision ?? -1;

describe("answer templates", () => {
  let id = "";

  it("are written by one broker and used by another, behind what was typed", async () => {
    id = must(await saveTemplate(world.ctx(broker), { ...WORDS, id: null })).id;
    expect(await reviewTemplates(world.ctx(colleague))).toMatchObject([{ id, nameVi: "Thiếu chỉ tiêu", active: true }]);
    expect(await insertTemplate(world.ctx(colleague), { id, lang: "vi", note: " Chào Quý đơn vị. " })).toEqual({
      note: `Chào Quý đơn vị.\n\n${WORDS.bodyVi}`,
      purpose: "changes",
      reasonCode: "parameters_missing",
    });
    expect((await insertTemplate(world.ctx(colleague), { id, lang: "en", note: "" }))?.note).toBe(WORDS.bodyEn);
  });

  it("are nobody else's: neither read nor written", async () => {
    expect(await reviewTemplates(world.ctx(leader))).toBeNull();
    expect(await viewTemplate(world.ctx(leader), id)).toBeNull();
    expect(await insertTemplate(world.ctx(), { id, lang: "vi", note: "" })).toBeNull();
    expect(await saveTemplate(world.ctx(leader), { ...WORDS, id: null })).toMatchObject({ code: "common:notFound" });
  });

  it("carry a reason of their own list only", async () => {
    expect(await saveTemplate(world.ctx(broker), { ...WORDS, id: null, purpose: "reject" })).toMatchObject({
      fields: { reasonCode: ["lists:error.templateReason"] },
    });
  });

  it("have one winner when two change one, and keep their history", async () => {
    const revision = await revisionOf(id);
    const both = await Promise.all([
      saveTemplate(world.ctx(broker), { ...WORDS, id, revision, bodyVi: "Một" }),
      saveTemplate(world.ctx(colleague), { ...WORDS, id, revision, bodyVi: "Hai" }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      code: "lists:error.changedMeanwhile",
      params: { name: (both[0].ok ? broker : colleague).fullName },
    });
    must(await switchTemplate(world.ctx(colleague), { id, active: false, revision: await revisionOf(id) }));
    expect(await insertTemplate(world.ctx(broker), { id, lang: "vi", note: "" })).toBeNull();
    expect((await viewTemplate(world.ctx(broker), id))?.history.map(({ action }) => action)).toEqual([
      "template.retired",
      "template.changed",
      "template.added",
    ]);
    expect(await world.container.ports.db.auditEntry.count({ where: { action: { startsWith: "template." } } })).toBe(3);
  });
});
