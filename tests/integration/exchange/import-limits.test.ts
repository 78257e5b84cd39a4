import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterRows, errorReport, exportReviews, sendSheet, viewImport } from "~/modules/exchange/index.server";
import { MOST_A_DAY } from "~/modules/exchange/schemas";
import {
  copyListing,
  loadDraft,
  myListings,
  restoreSector,
  retireSector,
  reviewQueuePage,
  saveSector,
  startDraft,
  viewSector,
} from "~/modules/listings/index.server";
import { createLimits } from "~/platform/adapters/limits.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import type { OutCell } from "~/platform/xlsx/write-workbook";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { COMPLETE, complete, rowsOf, sheet } from "./sheets";

let world: TestWorld;
let broker: PersonActor;
let admin: PersonActor;
type Owner = { organisationId: string; manager: PersonActor };

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  admin = await makeStaff(world, "administrator");
  await withReferenceData(world);
});
afterAll(() => world?.close());

async function sent(who: Owner, head: string[], rows: OutCell[][]) {
  const file = { name: "tin.xlsx", bytes: await sheet([head, ...rows]) };
  const { organisationId } = who;
  const { uploadId } = must(await sendSheet(world.ctx(who.manager), { kind: "need", organisationId, file }));
  const view = await viewImport(world.ctx(who.manager), uploadId);
  if (!view?.report) throw new Error("not checked");
  return { uploadId, report: view.report };
}
const enter = (who: Owner, uploadId: string) =>
  enterRows(world.ctx(who.manager), { uploadId, revision: 1, send: false, skipLike: false });

describe("drafts of one account", () => {
  it("are bounded in an hour, copies too, and who comes to the bound reads until when", async () => {
    const owner = await makeOrganisation(world, { broker });
    const colleague = await makeOrganisation(world, { broker });
    const limits = createLimits(world.env, { rules: { draft: { points: 2, seconds: 3_600 } } });
    const as = (who: Owner) => ({ ...world.ctx(who.manager), limits });
    const start = (who: Owner) => startDraft(as(who), { kind: "need", organisationId: who.organisationId });
    const { listingId } = must(await start(owner));
    must(await copyListing(as(owner), { listingId, mark: (title) => title }));
    const refused = await start(owner);
    expect(refused).toMatchObject({ code: "listings:error.tooManyDrafts", params: { minutes: 60 } });
    expect(!refused.ok && refused.params?.time).toMatch(/^\d\d:\d\d$/);
    expect(await copyListing(as(owner), { listingId, mark: (title) => title })).toMatchObject({ ok: false });
    expect(await myListings(world.ctx(owner.manager))).toHaveLength(2);
    must(await start(colleague));
    await limits.close();
  });

  it("from spreadsheets are bounded in a day, and the file waits until tomorrow", async () => {
    const owner = await makeOrganisation(world, { broker });
    const { db } = world.container.ports;
    const { uploadId: earlier } = await sent(owner, ["Tên tin", "Mô tả"], [["Nhu cầu của ngày hôm nay", "Mô tả"]]);
    await db.importRow.createMany({
      data: Array.from({ length: MOST_A_DAY - 1 }, (_, row) => ({
        uploadId: earlier,
        row: row + 10,
        hash: `h${row}`,
        ownerId: owner.organisationId,
        listingId: newId(),
        enteredAt: world.clock.now(),
      })),
    });
    const rows = [1, 2].map((at) => [`Nhu cầu thứ ${at} trong ngày`, "Mô tả"]);
    const { uploadId } = await sent(owner, ["Tên tin", "Mô tả"], rows);
    expect(await enter(owner, uploadId)).toMatchObject({
      code: "exchange:many.error.dayLimit",
      params: { count: MOST_A_DAY - 1, most: MOST_A_DAY },
    });
    expect(await myListings(world.ctx(owner.manager))).toEqual([]);
    world.clock.advanceDays(1.01);
    expect(must(await enter(owner, uploadId))).toMatchObject({ entered: 2 });
  });
});

describe("a sheet that names sectors as they were called before", () => {
  it("is filed under today's, with a note; what was retired alone is an error as before", async () => {
    const owner = await makeOrganisation(world, { broker });
    const sector = async (code: string) => {
      const view = await viewSector(world.ctx(admin), code);
      if (!view) throw new Error(code);
      return view;
    };
    const [renamed, merged, retired] = [await sector("MTR-01"), await sector("MTR-02"), await sector("MTR-03")];
    const target = await sector("MTR-04");
    const retire = async (code: string, replacedBy: string | null) => {
      const { revision } = await sector(code);
      return must(await retireSector(world.ctx(admin), { code, replacedBy, note: null, revision }));
    };
    must(
      await saveSector(world.ctx(admin), {
        code: "MTR-01",
        nameVi: "Nước sạch và nước thải thế hệ mới",
        nameEn: "New water technology",
        keywordsVi: renamed.keywordsVi,
        keywordsEn: renamed.keywordsEn,
        relatedCodes: renamed.relatedCodes,
        note: null,
        revision: renamed.revision,
      }),
    );
    await retire("MTR-02", "MTR-04");
    await retire("MTR-03", null);
    const rows = [renamed.nameVi, renamed.nameEn, `${merged.nameVi} (MTR-02)`, "MTR-02", retired.nameVi].map(
      (name, at) => [`Nhu cầu thứ ${at} của bảng năm ngoái`, name],
    );
    const { uploadId, report } = await sent(owner, ["Tên tin", "Lĩnh vực chính"], rows);
    expect(
      report.problems.map(({ row, severity, code }) => [row, severity, code.replace("exchange:problem.", "")]),
    ).toEqual([
      [2, "note", "sectorMoved"],
      [3, "note", "sectorMoved"],
      [4, "note", "sectorMoved"],
      [5, "note", "sectorMoved"],
      [6, "error", "sector"],
    ]);
    expect(report.problems[2]?.params?.name).toBe(`${target.nameVi} (MTR-04)`);
    const file = await errorReport(world.ctx(owner.manager), uploadId);
    expect((await rowsOf(file ?? Buffer.alloc(0)))[0]?.["Cần sửa"]).toContain(
      "nay là lĩnh vực Nước sạch và nước thải thế hệ mới (MTR-01)",
    );
    must(await enter(owner, uploadId));
    const drafts = await Promise.all(
      (await myListings(world.ctx(owner.manager))).map(({ id }) => loadDraft(world.ctx(owner.manager), id)),
    );
    expect(drafts.map((view) => view?.draft.sectorMain).sort()).toEqual(["MTR-01", "MTR-01", "MTR-04", "MTR-04"]);
    must(
      await restoreSector(world.ctx(admin), {
        code: "MTR-03",
        note: null,
        revision: (await sector("MTR-03")).revision,
      }),
    );
  });
});

describe("the queue of reviews", () => {
  it("is paged, and leaves whole as a file", async () => {
    await makeOrganisation(world, { broker, nameVi: "Công ty Nhiều tin" });
    const rows = Array.from({ length: 60 }, (_, at) =>
      complete(`Công nghệ sấy thứ ${at} của bảng lớn`, "Công ty Nhiều tin"),
    );
    const file = { name: "tin.xlsx", bytes: await sheet([Object.keys(COMPLETE), ...rows]) };
    const ctx = world.ctx(broker);
    const { uploadId } = must(await sendSheet(ctx, { kind: "offering", organisationId: null, forOffice: true, file }));
    expect(must(await enterRows(ctx, { uploadId, revision: 1, send: true, skipLike: false }))).toMatchObject({
      sent: 60,
    });
    const first = await reviewQueuePage(ctx, 1);
    const second = await reviewQueuePage(ctx, 99);
    expect([first.total, first.pages, first.reviews.length, second.page, second.reviews.length]).toEqual([
      60, 2, 50, 2, 10,
    ]);
    expect(new Set([...first.reviews, ...second.reviews].map(({ id }) => id)).size).toBe(60);
    const exported = await exportReviews(ctx);
    expect(exported && (await rowsOf(exported))).toHaveLength(60);
    expect(await reviewQueuePage(world.ctx(admin), 1)).toEqual({ reviews: [], total: 0, page: 1, pages: 1 });
  });
});
