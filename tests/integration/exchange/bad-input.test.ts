import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterRows, errorReport, sendSheet, viewImport } from "~/modules/exchange/index.server";
import { MOST_CHECKED, MOST_ENTERED, MOST_KEPT_PROBLEMS } from "~/modules/exchange/schemas";
import { loadDraft, myListings, myListingsPage } from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import type { OutCell } from "~/platform/xlsx/write-workbook";
import { writeZip } from "~/platform/xlsx/zip-write";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { bytesOf, rowsOf, sheet } from "./sheets";

let world: TestWorld;
let owner: { organisationId: string; manager: PersonActor };

beforeAll(async () => {
  world = await openTestWorld();
  owner = await makeOrganisation(world, { broker: await makeBroker(world) });
  await withReferenceData(world);
});
afterAll(() => world?.close());

const send = (bytes: Uint8Array) =>
  sendSheet(world.ctx(owner.manager), {
    kind: "need",
    organisationId: owner.organisationId,
    file: { name: "tin.xlsx", bytes },
  });
const reportOf = async (uploadId: string) => (await viewImport(world.ctx(owner.manager), uploadId))?.report;

/** Headings of the need's form, and something wrong for each kind of cell. */
const WRONG: Record<string, OutCell> = {
  "Tên tin": "Ngắn",
  "Tóm tắt công khai": "x".repeat(501),
  "Mô tả": "Nước thải vượt quy chuẩn.",
  "Hiện trạng công nghệ": "Bể lắng",
  "Lĩnh vực chính": "Không có lĩnh vực này",
  "Chỉ tiêu kỹ thuật": "thiếu dấu hai chấm",
  TRL: 12,
  "Loại nhu cầu": "Xin tiền",
  "Kinh phí hoặc giá từ (đồng)": "năm trăm",
  "Kinh phí hoặc giá đến (đồng)": 0.5,
  "Có thể thỏa thuận": "có thể",
  "Nguồn vốn": "Vốn tự có; Vốn trời cho",
  "Thời hạn cần": "31/02/2027",
  "Mức độ khẩn": true,
  "Tỉnh, thành phố": "Atlantis",
  "Xã, phường": "Phường Không Tên",
  "Ai được xem": "Bạn bè",
  "Điện thoại liên hệ": "gọi sau",
  "Thư điện tử liên hệ": "không có",
  "Đăng đến ngày": { day: "2020-01-01" },
  "Quy mô từ": "nhiều",
  "Ngôn ngữ của tin": "Klingon",
};

describe("ten thousand rows with an error in every kind of cell", () => {
  it("are all checked, in bounded time and memory, and all errors stand in the report", {
    timeout: 180_000,
  }, async () => {
    const head = Object.keys(WRONG);
    const row = Object.values(WRONG);
    const bytes = await sheet([head, ...Array.from({ length: MOST_CHECKED }, (_, at) => [`N${at}`, ...row.slice(1)])]);
    const before = process.cpuUsage();
    const { uploadId } = must(await send(bytes));
    const { user } = process.cpuUsage(before);
    expect(user / 1e6, "seconds of processor").toBeLessThan(60);
    const report = await reportOf(uploadId);
    expect(report).toMatchObject({ rows: MOST_CHECKED, bad: MOST_CHECKED, good: 0 });
    expect(report?.problems).toHaveLength(MOST_KEPT_PROBLEMS);
    const columns = new Set(report?.problems.filter(({ row: at }) => at === 2).map(({ field }) => field));
    // everything but the two cells that are right
    expect(columns.size).toBe(head.length - 2);
    expect(report?.errors).toBe(MOST_CHECKED * (head.length - 2));
    expect(
      await enterRows(world.ctx(owner.manager), { uploadId, revision: 1, send: false, skipLike: false }),
    ).toMatchObject({
      code: "exchange:many.error.nothing",
    });
    const file = await errorReport(world.ctx(owner.manager), uploadId);
    const rows = await rowsOf(file ?? Buffer.alloc(0));
    expect(rows).toHaveLength(MOST_CHECKED);
    expect(
      rows
        .at(-1)
        ?.["Cần sửa"]?.split("\n")
        .filter((line) => line.startsWith("✗")),
    ).toHaveLength(head.length - 2);
    expect(await myListings(world.ctx(owner.manager))).toEqual([]);
  });

  it("one row more is refused in words, and nothing of it stays", { timeout: 60_000 }, async () => {
    const before = await world.container.ports.db.importUpload.count();
    const rows = Array.from({ length: MOST_CHECKED + 1 }, (_, at) => [`Một nhu cầu thứ ${at}`, "Mô tả"]);
    expect(await send(await sheet([["Tên tin", "Mô tả"], ...rows]))).toMatchObject({
      code: "exchange:file.tooManyRows",
      fields: { file: ["exchange:file.tooManyRows"] },
    });
    expect(await world.container.ports.db.importUpload.count()).toBe(before);
  });

  it("more good rows than one file may enter are checked and not entered", async () => {
    const rows = Array.from({ length: MOST_ENTERED + 1 }, (_, at) => [`Nhu cầu số ${at} của nhà máy`, "Mô tả"]);
    const { uploadId } = must(await send(await sheet([["Tên tin", "Mô tả"], ...rows])));
    expect(await reportOf(uploadId)).toMatchObject({ good: MOST_ENTERED + 1 });
    expect(
      await enterRows(world.ctx(owner.manager), { uploadId, revision: 1, send: false, skipLike: false }),
    ).toMatchObject({
      code: "exchange:many.error.tooMany500",
    });
    expect(await myListings(world.ctx(owner.manager))).toEqual([]);
  });

  it("as many as one file may enter go in together", { timeout: 60_000 }, async () => {
    const fresh = await makeOrganisation(world);
    const rows = Array.from({ length: MOST_ENTERED }, (_, at) => [`Nhu cầu thứ ${at} của xưởng`, "Mô tả"]);
    const ctx = world.ctx(fresh.manager);
    const file = { name: "a.xlsx", bytes: await sheet([["Tên tin", "Mô tả"], ...rows]) };
    const { uploadId } = must(await sendSheet(ctx, { kind: "need", organisationId: fresh.organisationId, file }));
    expect(must(await enterRows(ctx, { uploadId, revision: 1, send: true, skipLike: false }))).toEqual({
      entered: MOST_ENTERED,
      sent: 0,
      asked: 0,
    });
    expect(await myListings(ctx, 1_000)).toHaveLength(MOST_ENTERED);
    // all of them can be paged through, though they changed at one moment; past the end is the end
    const { pages, total, listings: last } = await myListingsPage(ctx, 999);
    expect([total, pages, last.length]).toEqual([MOST_ENTERED, MOST_ENTERED / 50, 50]);
    const ids = new Set<string>();
    for (let page = 1; page <= pages; page += 1)
      for (const { id } of (await myListingsPage(ctx, page)).listings) ids.add(id);
    expect(ids.size).toBe(MOST_ENTERED);
    expect(await myListingsPage(world.ctx(), 1)).toEqual({ listings: [], total: 0, page: 1, pages: 1 });
  });
});

describe("a file that is no spreadsheet", () => {
  it("is refused in words at its field, and leaves nothing behind", async () => {
    const { db } = world.container.ports;
    const before = await db.importUpload.count();
    const whole = await sheet([["Tên tin"], ["Một nhu cầu"]]);
    const zip = (names: string[]) => bytesOf(writeZip(names.map((name) => ({ name, text: ["x"] }))));
    const cases: [Uint8Array, string][] = [
      [new Uint8Array(), "empty"],
      [Buffer.from("<html>"), "notXlsx"],
      [whole.subarray(0, whole.length - 40), "truncated"],
      [Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(512)]), "oldOrLocked"],
      [await zip(["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]), "macros"],
      [await zip(["readme.txt"]), "notXlsx"],
      [Buffer.alloc(9_000_000, 1), "tooLarge"],
      [await sheet([["Tên tin", "Mô tả"]]), "noRows"],
      [await sheet([]), "noRows"],
    ];
    for (const [bytes, problem] of cases)
      expect(await send(bytes), problem).toMatchObject({
        code: `exchange:file.${problem}`,
        fields: { file: [`exchange:file.${problem}`] },
      });
    expect(await db.importUpload.count()).toBe(before);
  });
});

describe("texts that try something", () => {
  it("are kept as texts: formulas, turned directions, invisible and control characters, decomposed letters", async () => {
    const fresh = await makeOrganisation(world);
    const ctx = world.ctx(fresh.manager);
    const title = '=HYPERLINK("http://example.invalid","Bấm")';
    const odd = `Xử\u0301 lý \u202egnọr\u202c \u200bnước\u0007 ${"ê".normalize("NFD")}`;
    const file = {
      name: "../../\u202exslx.exe",
      bytes: await sheet([
        ["Tên tin", "Mô tả", "Từ khóa"],
        [title, odd, "@a, +b"],
      ]),
    };
    const { uploadId } = must(await sendSheet(ctx, { kind: "need", organisationId: fresh.organisationId, file }));
    const view = await viewImport(ctx, uploadId);
    expect(view?.fileName).toBe("../../xslx.exe");
    must(await enterRows(ctx, { uploadId, revision: 1, send: false, skipLike: false }));
    const [listing] = await myListings(ctx);
    const draft = (await loadDraft(ctx, listing?.id ?? ""))?.draft;
    expect(draft).toMatchObject({ title, keywords: "@a, +b" });
    expect(draft?.description).toBe(`${"Xử\u0301".normalize("NFC")} lý gnọr nước ê`);
  });

  it("a formula's error, a formula without a value and a merged cell are told or understood", async () => {
    const fresh = await makeOrganisation(world);
    const ctx = world.ctx(fresh.manager);
    const types =
      '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>';
    const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const parts = {
      "[Content_Types].xml": types,
      "xl/workbook.xml": '<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      "xl/worksheets/sheet1.xml": `<worksheet><sheetData>
        <row r="1">${text("A1", "Tên tin")}${text("B1", "Mô tả")}${text("C1", "TRL")}${text("D1", "Lĩnh vực chính")}</row>
        <row r="2">${text("A2", "Nhu cầu thứ nhất")}<c r="B2" t="e"><f>B9</f><v>#REF!</v></c><c r="C2"><f>3+4</f><v>7</v></c>${text("D2", "MTR-01")}</row>
        <row r="3">${text("A3", "Nhu cầu thứ hai")}${text("B3", "Mô tả")}<c r="C3"><f>C9</f></c></row>
        <row r="4">${text("A4", "Nhu cầu thứ ba")}${text("B4", "Mô tả")}</row>
        </sheetData><mergeCells><mergeCell ref="D2:D4"/></mergeCells></worksheet>`,
    };
    const bytes = await bytesOf(writeZip(Object.entries(parts).map(([name, part]) => ({ name, text: [part] }))));
    const { uploadId } = must(
      await sendSheet(ctx, { kind: "need", organisationId: fresh.organisationId, file: { name: "a.xlsx", bytes } }),
    );
    const report = (await viewImport(ctx, uploadId))?.report;
    expect(report?.problems.map(({ row, field, typed }) => [row, field, typed])).toEqual([
      [2, "description", "#REF!"],
      [3, "trl", "=…"],
    ]);
    must(await enterRows(ctx, { uploadId, revision: 1, send: false, skipLike: false }));
    const [listing] = await myListings(ctx);
    expect((await loadDraft(ctx, listing?.id ?? ""))?.draft).toMatchObject({
      title: "Nhu cầu thứ ba",
      sectorMain: "MTR-01",
    });
  });
});
