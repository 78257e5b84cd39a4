import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rejectListing, viewReview } from "~/modules/listings/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import { writeMail } from "~/modules/notifications/queries/write-mail.server";
import { addReason, reasonRoom, saveReason, switchReason, viewReason } from "~/modules/operations/index.server";
import type { PersonActor } from "~/platform/context";
import { type ReasonList, reasonsInForce } from "~/platform/lists/reason-lists";
import { changedReasons } from "~/platform/lists/reasons.server";
import { aSubmitted, withReferenceData } from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let admin: PersonActor;
let second: PersonActor;
let broker: PersonActor;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  await withReferenceData(world);
  broker = await makeBroker(world);
  admin = await makeStaff(world, "administrator");
  second = await makeStaff(world, "administrator");
});
afterAll(() => world?.close());

const view = async (list: ReasonList, code: string) => {
  const found = await viewReason(world.ctx(admin), list, code);
  if (!found) throw new Error(`no reason ${code}`);
  return found;
};
const words = { labelVi: "Hồ sơ còn chờ", labelEn: "File is waiting", position: 15, note: null, revision: 0 };
const inForce = async (list: ReasonList) => {
  const all = (await reasonRoom(world.ctx(admin)))?.find((one) => one.list === list)?.reasons ?? [];
  return all.filter(({ active }) => active).map(({ code }) => code);
};

describe("coded reasons", () => {
  it("are as supplied until somebody changes them", async () => {
    const room = await reasonRoom(world.ctx(admin));
    expect(room).toHaveLength(15);
    for (const { list, reasons } of room ?? [])
      for (const { code, labelVi, labelEn, revision } of reasons) {
        expect([labelVi, labelEn], `${list}/${code}`).not.toContain(code);
        expect(revision).toBe(0);
      }
    expect(await reasonRoom(world.ctx(broker))).toBeNull();
    expect(await changedReasons(world.ctx(), "vi")).toEqual({ rows: [], words: {} });
  });

  it("are added and given at once, in pages and mails of both languages", async () => {
    const { code } = must(await addReason(world.ctx(admin), { ...words, list: "review.reject" }));
    expect(code).toBe("file_is_waiting");
    expect((await inForce("review.reject"))[1]).toBe(code);
    const { rows, words: said } = await changedReasons(world.ctx(), "vi");
    expect(reasonsInForce("review.reject", [], rows)).toEqual([code]);
    expect(said).toEqual({ listings: { reason: { [code]: "Hồ sơ còn chờ" } } });

    const { reviewId } = await aSubmitted(world, "need", { broker });
    must(await rejectListing(world.ctx(broker), { reviewId, reasonCode: code }));
    const event = await db().outboxEvent.findFirstOrThrow({ where: { type: "listing.rejected" } });
    await notifyEvent(world.system, event.id);
    const mail = await db().mail.findFirstOrThrow({ where: { kind: { startsWith: "listing-rejected" } } });
    expect((await writeMail(world.system, mail))?.text).toContain("Hồ sơ còn chờ");
  });

  it("out of use are refused, and still shown where they were given", async () => {
    const { reason } = await view("review.reject", "file_is_waiting");
    must(
      await switchReason(world.ctx(admin), {
        list: "review.reject",
        code: reason.code,
        active: false,
        note: "không dùng nữa",
        revision: reason.revision,
      }),
    );
    const { reviewId } = await aSubmitted(world, "need", { broker });
    expect(await rejectListing(world.ctx(broker), { reviewId, reasonCode: reason.code })).toMatchObject({
      ok: false,
      fields: { reasonCode: ["listings:error.choose"] },
    });
    expect((await viewReview(world.ctx(broker), reviewId))?.listing.state).toBe("submitted");
    expect((await changedReasons(world.ctx(), "en")).words).toEqual({
      listings: { reason: { [reason.code]: "File is waiting" } },
    });
    const { history } = await view("review.reject", reason.code);
    expect(history).toMatchObject([
      {
        action: "reason.retired",
        by: admin.fullName,
        note: "không dùng nữa",
        before: { active: true },
        after: { active: false },
      },
      { action: "reason.added" },
    ]);
    expect(await db().auditEntry.count({ where: { action: { startsWith: "reason." } } })).toBe(2);
  });

  it("of the same words are renamed together, and one of two who change one wins", async () => {
    const { reason } = await view("deal.lose", "price");
    const input = {
      list: "deal.lose",
      code: "price",
      labelEn: "Price too high",
      position: 10,
      note: null,
      revision: 0,
    } as const;
    const both = await Promise.all([
      saveReason(world.ctx(admin), { ...input, labelVi: "Giá quá cao" }),
      saveReason(world.ctx(second), { ...input, labelVi: "Giá cao" }),
    ]);
    expect(reason.revision).toBe(0);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      code: "lists:error.changedMeanwhile",
      params: { name: (both[0].ok ? admin : second).fullName },
    });
    for (const list of ["deal.pause", "deal.terminate"] as const)
      expect((await view(list, "price")).reason.labelEn).toBe("Price too high");
  });

  it("never read alike in one list, and the catch-all always stands", async () => {
    expect(await addReason(world.ctx(admin), { ...words, labelEn: "PRICE too high", list: "deal.lose" })).toMatchObject(
      {
        code: "lists:error.labelTaken",
        fields: { labelEn: ["lists:error.labelTakenField"] },
      },
    );
    expect(
      await switchReason(world.ctx(admin), {
        list: "case.close",
        code: "other",
        active: false,
        note: null,
        revision: 0,
      }),
    ).toMatchObject({ code: "lists:error.catchAll" });
    expect(await addReason(world.ctx(broker), { ...words, list: "deal.lose" })).toMatchObject({
      code: "common:notFound",
    });
  });
});
