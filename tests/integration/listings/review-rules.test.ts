import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  approveListing,
  secondReviewerRoom,
  setSecondReviewer,
  setTechnologyLists,
  technologyRoom,
  viewReview,
} from "~/modules/listings/index.server";
import { technologyVersionSchema } from "~/modules/listings/schemas";
import type { PersonActor } from "~/platform/context";
import { approve, aSubmitted, CLEAN_CHECKLIST, withReferenceData } from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let admin: PersonActor;
let rival: PersonActor;
let broker: PersonActor;
let other: PersonActor;
const db = () => world.container.ports.db;
const NEW = {
  code: null,
  list: "restricted" as const,
  vi: "Công nghệ zumba thử nghiệm",
  en: "Experimental zumba technology",
  law: "Phụ lục II",
  words: ["nước thải"],
};

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  await withReferenceData(world);
  broker = await makeBroker(world);
  other = await makeBroker(world);
  admin = await makeStaff(world, "administrator");
  rival = await makeStaff(world, "administrator");
});
afterAll(() => world?.close());

const room = async () => {
  const found = await technologyRoom(world.ctx(admin));
  if (!found) throw new Error("no room");
  return found;
};
const input = async (validFrom: string) => {
  const [newest] = (await room()).versions;
  if (!newest) throw new Error("no version");
  return { version: newest.version, validFrom, source: "Nghị định mới", note: null, entries: [...newest.entries, NEW] };
};

describe("technology lists", () => {
  it("come in versions: what was reviewed keeps the one it was judged by, on the same day too", async () => {
    const before = await aSubmitted(world, "need", { broker });
    must(await approve(world.ctx(broker), before.reviewId));
    const answers = await Promise.all([
      setTechnologyLists(world.ctx(admin), await input("2026-11-23")),
      setTechnologyLists(world.ctx(rival), await input("2026-11-23")),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      code: "lists:error.changedMeanwhile",
      params: { name: (answers[0].ok ? admin : rival).fullName },
    });

    const after = await aSubmitted(world, "need", { broker });
    const open = await viewReview(world.ctx(broker), after.reviewId);
    expect(open?.lists).toMatchObject({ version: 2, source: "Nghị định mới" });
    expect(open?.hints).toContainEqual(expect.objectContaining({ en: NEW.en, code: expect.stringMatching(/^v2\./) }));
    must(await approve(world.ctx(broker), after.reviewId));
    expect((await viewReview(world.ctx(broker), before.reviewId))?.lists.version).toBe(1);
    expect((await viewReview(world.ctx(broker), after.reviewId))?.lists.version).toBe(2);
    expect((await room()).versions).toMatchObject([
      { version: 2, standing: "inForce", reviews: 1 },
      { version: 1, standing: "past", reviews: 1 },
    ]);
    expect((await room()).history).toMatchObject([
      { action: "rule.technology-lists", after: { version: 2, validFrom: "2026-11-23", source: "Nghị định mới" } },
    ]);
    expect(await db().auditEntry.count({ where: { action: "rule.technology-lists" } })).toBe(1);
  });

  it("begin on their day, and never in the past", async () => {
    expect(await setTechnologyLists(world.ctx(admin), await input("2026-11-22"))).toMatchObject({
      fields: { validFrom: ["lists:error.dayPast"] },
    });
    const next = await input("2026-12-01");
    must(await setTechnologyLists(world.ctx(admin), { ...next, entries: next.entries.slice(0, 5) }));
    expect((await room()).versions.map(({ standing }) => standing)).toEqual(["coming", "inForce", "past"]);
    const { reviewId } = await aSubmitted(world, "need", { broker });
    expect((await viewReview(world.ctx(broker), reviewId))?.lists.version).toBe(2);
    expect(await setTechnologyLists(world.ctx(broker), await input("2026-12-02"))).toMatchObject({
      code: "common:notFound",
    });
  });

  it("take rows that say everything, and drop emptied ones", () => {
    const form = { version: "1", validFrom: "2026-12-01", source: "Nghị định" };
    const row = { code: "a", list: "restricted", vi: "Tên", en: "Name", law: "Điều 10", words: "một, hai\nmột" };
    const read = technologyVersionSchema.parse({ ...form, entries: [row, { code: "b", list: "restricted" }] });
    expect(read.entries).toEqual([{ ...row, words: ["một", "hai"] }]);
    const wrong = technologyVersionSchema.safeParse({ ...form, entries: [{ ...row, en: "" }] });
    expect(wrong.error?.issues.map(({ path }) => path.join("."))).toEqual(["entries.0.en"]);
  });
});

describe("a second reviewer", () => {
  it("is asked for by a broker on a single listing", async () => {
    const { reviewId } = await aSubmitted(world, "need", { broker });
    const asked = { reviewId, checklist: CLEAN_CHECKLIST, askSecond: true };
    expect(must(await approveListing(world.ctx(broker), asked))).toEqual({ reference: null, second: true });
    expect(await approve(world.ctx(broker), reviewId)).toMatchObject({ code: "review:error.second" });
    expect(must(await approve(world.ctx(other), reviewId)).reference).toMatch(/^NC-/);
  });

  it("is asked for on every listing once the province says so", async () => {
    const before = await secondReviewerRoom(world.ctx(admin));
    expect(before).toMatchObject({ on: false, version: 1 });
    must(await setSecondReviewer(world.ctx(admin), { version: 1, on: true, source: "Quyết định 12/QĐ-SKHCN" }));
    expect(await setSecondReviewer(world.ctx(rival), { version: 1, on: true, source: "x" })).toMatchObject({
      code: "lists:error.changedMeanwhile",
      params: { name: admin.fullName },
    });
    const { reviewId } = await aSubmitted(world, "need", { broker });
    expect(must(await approve(world.ctx(broker), reviewId)).second).toBe(true);
    expect((await secondReviewerRoom(world.ctx(admin)))?.history[0]).toMatchObject({
      before: { on: false },
      after: { on: true, source: "Quyết định 12/QĐ-SKHCN" },
    });
  });
});
