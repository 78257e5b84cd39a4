import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setOfficeApproval } from "~/modules/accounts/index.server";
import {
  columnsForm,
  discardUpload,
  enterRows,
  errorReport,
  forgetMapping,
  importHome,
  matchColumns,
  sendSheet,
  templateFile,
  viewImport,
} from "~/modules/exchange/index.server";
import { approvalQueue, loadDraft, myListings, reviewQueue, withdrawListing } from "~/modules/listings/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import type { OutCell } from "~/platform/xlsx/write-workbook";
import { withReferenceData } from "../../factories/listings";
import {
  makeBroker,
  makeColleague,
  makeOrganisation,
  makePendingOrganisation,
  makePerson,
  must,
} from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { bytesOf, rowsOf, sheet } from "./sheets";

let world: TestWorld;
let broker: PersonActor;
type Owner = { organisationId: string; manager: PersonActor };
let owner: Owner;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  owner = await makeOrganisation(world, { broker });
});
afterAll(() => world?.close());

const HEAD = [
  "Tên tin",
  "Tóm tắt công khai",
  "Mô tả",
  "Vấn đề giải quyết được",
  "Ưu điểm",
  "Lĩnh vực chính",
  "Chỉ tiêu kỹ thuật",
  "TRL",
  "Đối tượng chuyển giao",
  "Hình thức chuyển giao",
  "Phương thức chuyển giao",
  "Quyền được chuyển giao",
  "Loại quyền sở hữu trí tuệ",
  "Tình trạng sở hữu trí tuệ",
  "Cách tính giá",
  "Kinh phí hoặc giá từ (đồng)",
  "Kinh phí hoặc giá đến (đồng)",
  "Điện thoại liên hệ",
];
let serial = 0;
/** A row of a complete offering; `over` by heading. */
function offering(over: Record<string, OutCell> = {}): OutCell[] {
  serial += 1;
  const cells: Record<string, OutCell> = {
    "Tên tin": `Công nghệ sấy lạnh kiểu ${serial} cho nông sản vùng ${String.fromCharCode(65 + (serial % 26))}${serial * 7}`,
    "Tóm tắt công khai": "Sấy lạnh tuần hoàn, giữ màu.",
    "Mô tả": "Bơm nhiệt tuần hoàn kín, điều khiển ẩm theo mẻ.",
    "Vấn đề giải quyết được": "Nông sản mất màu khi sấy nóng.",
    "Ưu điểm": "Tiết kiệm 40 % điện.",
    "Lĩnh vực chính": "NNC-01",
    "Chỉ tiêu kỹ thuật": "Công suất: 500 kg/mẻ\nNhiệt độ: ≤ 45 °C (nên có)",
    TRL: 8,
    "Đối tượng chuyển giao":
      "Phương án, quy trình công nghệ; giải pháp, thông số, bản vẽ, sơ đồ kỹ thuật; công thức; Thiết kế",
    "Hình thức chuyển giao": "Chuyển giao công nghệ độc lập",
    "Phương thức chuyển giao": "Chuyển giao tài liệu; Đào tạo",
    "Quyền được chuyển giao": "Chuyển quyền sử dụng không độc quyền",
    "Loại quyền sở hữu trí tuệ": "Sáng chế",
    "Tình trạng sở hữu trí tuệ": "Đã cấp văn bằng",
    "Cách tính giá": "Khoảng giá",
    "Kinh phí hoặc giá từ (đồng)": 800_000_000,
    "Kinh phí hoặc giá đến (đồng)": "1,5 tỷ",
    "Điện thoại liên hệ": 912345678,
    ...over,
  };
  return HEAD.map((name) => cells[name] ?? null);
}

const send = async (who: Owner, bytes: Uint8Array, kind: "need" | "offering" = "offering") =>
  sendSheet(world.ctx(who.manager), { kind, organisationId: who.organisationId, file: { name: "tin.xlsx", bytes } });
const sent = async (who: Owner, rows: OutCell[][], kind: "need" | "offering" = "offering") => {
  const { uploadId } = must(await send(who, await sheet([HEAD, ...rows]), kind));
  const view = await viewImport(world.ctx(who.manager), uploadId);
  if (!view?.report) throw new Error("not checked");
  return { uploadId, view, report: view.report };
};
const enter = (who: Owner, uploadId: string, revision = 1, over = {}) =>
  enterRows(world.ctx(who.manager), { uploadId, revision, send: false, skipLike: false, ...over });
const own = (who: Owner) => myListings(world.ctx(who.manager), 1_000);

describe("many rows at once", () => {
  it("become drafts in the words of the sheet, and nothing before it is confirmed", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const { uploadId, report } = await sent(fresh, [offering(), offering({ "Tóm tắt công khai": null }), []]);
    expect(report).toMatchObject({ rows: 2, good: 2, bad: 0, complete: 1, known: 0, problems: [] });
    expect(report.gaps).toEqual([{ field: "summary", rows: 1 }]);
    expect(await own(fresh)).toEqual([]);

    expect(must(await enter(fresh, uploadId))).toEqual({ entered: 2, sent: 0, asked: 0 });
    const listings = await own(fresh);
    expect(listings.map(({ state }) => state)).toEqual(["draft", "draft"]);
    const draft = (
      await loadDraft(world.ctx(fresh.manager), listings.find((one) => one.completeness !== null)?.id ?? "")
    )?.draft;
    expect(draft).toMatchObject({
      lang: "vi",
      sectorMain: "NNC-01",
      trl: "8",
      objects: ["process_solution", "design"],
      methods: ["documents", "training"],
      moneyMin: "800000000",
      moneyMax: "1,5 tỷ",
      contactPhone: "0912345678",
      contactName: fresh.manager.fullName,
      visibility: "public",
      owners: [{ share: "100" }],
      lines: [
        { name: "Công suất", value: "500 kg/mẻ", must: "must" },
        { name: "Nhiệt độ", value: "≤ 45 °C", must: "nice" },
      ],
    });
    const audited = await world.container.ports.db.auditEntry.findMany({
      where: { requestId: { not: null }, action: "listings.entered", subjectId: uploadId },
    });
    expect(audited).toMatchObject([{ after: { entered: 2, sent: 0, asked: 0, state: "done" } }]);
  });

  it("go to review when asked, the complete ones only, each as if sent by hand", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const { uploadId } = await sent(fresh, [offering(), offering(), offering({ "Ưu điểm": null })]);
    const before = (await reviewQueue(world.ctx(broker))).length;
    expect(must(await enter(fresh, uploadId, 1, { send: true }))).toEqual({ entered: 3, sent: 2, asked: 0 });
    expect((await own(fresh)).map(({ state }) => state).sort()).toEqual(["draft", "submitted", "submitted"]);
    const queue = await reviewQueue(world.ctx(broker));
    expect(queue).toHaveLength(before + 2);
    expect(queue.at(-1)).toMatchObject({ dueOn: new Date("2026-11-27T00:00:00.000Z"), mayDecide: true });
    const { db } = world.container.ports;
    const ids = (await own(fresh)).filter(({ state }) => state === "submitted").map(({ id }) => id);
    // brokers hear of the file once, not of each row
    const events = await db.outboxEvent.findMany({ where: { subjectId: { in: [...ids, uploadId] } } });
    expect(events.map(({ type, subjectId }) => [type, subjectId])).toEqual([["import.sent", uploadId]]);
    const actions = await db.auditEntry.findMany({ where: { subjectId: { in: ids } }, select: { action: true } });
    expect(actions.map(({ action }) => action).sort()).toEqual([
      "listing.drafted",
      "listing.drafted",
      "listing.submitted",
      "listing.submitted",
    ]);
    const lines = await db.requirementLine.count({ where: { version: { listingId: { in: ids } } } });
    expect(lines).toBe(4);
  });

  it("of a member wait for the organisation's office where it looks first, and the office hears once", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const researcher = await makeColleague(world, fresh.manager, fresh.organisationId);
    must(await setOfficeApproval(world.ctx(fresh.manager), { organisationId: fresh.organisationId, required: true }));
    const as = { organisationId: fresh.organisationId, manager: researcher };
    const { uploadId, view } = await sent(as, [offering(), offering(), offering({ "Ưu điểm": null })]);
    expect(view.organisation).toMatchObject({ verified: true, throughOffice: true });
    const before = (await reviewQueue(world.ctx(broker))).length;
    expect(must(await enter(as, uploadId, 1, { send: true }))).toEqual({ entered: 3, sent: 0, asked: 2 });
    expect((await own(fresh)).map(({ state, office }) => [state, office]).sort()).toEqual([
      ["draft", null],
      ["draft", "decide"],
      ["draft", "decide"],
    ]);
    expect((await own(as)).filter(({ office }) => office === "asked")).toHaveLength(2);
    expect(await reviewQueue(world.ctx(broker))).toHaveLength(before);
    const queue = await approvalQueue(world.ctx(fresh.manager));
    expect(queue.map(({ askedBy }) => askedBy)).toEqual([researcher.fullName, researcher.fullName]);
    const { db } = world.container.ports;
    const [event, ...more] = await db.outboxEvent.findMany({
      where: { subjectId: { in: [uploadId, ...queue.map(({ id }) => id)] } },
    });
    expect([event?.type, more]).toEqual(["import.approval-asked", []]);
    await notifyEvent(world.system, event?.id ?? "");
    expect(await db.notice.findMany({ where: { eventId: event?.id ?? "" } })).toMatchObject([
      { personId: fresh.manager.personId, kind: "approvals-asked" },
    ]);
    // the office's own rows go straight to review, and brokers hear of the file once
    const office = await sent(fresh, [offering(), offering()]);
    expect(must(await enter(fresh, office.uploadId, 1, { send: true }))).toEqual({ entered: 2, sent: 2, asked: 0 });
    const told = await db.outboxEvent.findFirstOrThrow({ where: { subjectId: office.uploadId } });
    await notifyEvent(world.system, told.id);
    const notices = await db.notice.findMany({ where: { eventId: told.id, personId: broker.personId } });
    expect(notices).toMatchObject([{ kind: "import-to-review" }]);
    expect(JSON.stringify(notices[0]?.params)).toContain('"2"');
  });

  it("are entered once: pressed twice at the same moment, sent again, and word for word twice in a file", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const row = offering();
    const rows = [row, offering(), row];
    const { uploadId, report } = await sent(fresh, rows);
    expect(report).toMatchObject({ rows: 3, good: 2, known: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => enter(fresh, uploadId)));
    expect(answers.map((one) => (one.ok ? one.value : one.code))).toEqual(
      Array.from({ length: 3 }, () => ({ entered: 2, sent: 0, asked: 0 })),
    );
    expect(await own(fresh)).toHaveLength(2);

    const again = await sent(fresh, [...rows, offering()]);
    expect(again.report).toMatchObject({ good: 1, known: 3 });
    expect(again.report.problems.map(({ code }) => code)).toContain("exchange:problem.entered");
    expect(must(await enter(fresh, again.uploadId))).toEqual({ entered: 1, sent: 0, asked: 0 });

    // two files with the same rows, checked before either was entered
    const same = offering();
    const pair = [await sent(fresh, [same]), await sent(fresh, [same])];
    const raced = await Promise.all(pair.map(({ uploadId: id }) => enter(fresh, id)));
    expect(raced.map((answer) => (answer.ok ? "entered" : answer.code)).sort()).toEqual([
      "entered",
      "exchange:many.error.nothing",
    ]);
    expect(await own(fresh)).toHaveLength(4);

    // what was withdrawn may come again
    const gone = (await own(fresh)).find(({ title }) => title === String(same[0]));
    must(await withdrawListing(world.ctx(fresh.manager), { listingId: gone?.id ?? "" }));
    expect((await sent(fresh, [same])).report).toMatchObject({ good: 1, known: 0 });
  });

  it("name row, column and remedy of each error, and the mended report comes back as it went", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const bad = offering({
      "Lĩnh vực chính": "Sấy khô",
      TRL: "mười",
      "Hình thức chuyển giao": "Cho không",
      "Kinh phí hoặc giá từ (đồng)": "500",
      "Chỉ tiêu kỹ thuật": "không có dấu",
    });
    const good = offering();
    const { uploadId, report } = await sent(fresh, [bad, good, offering({ "Tên tin": null })]);
    expect(report).toMatchObject({ rows: 3, good: 1, bad: 2, errors: 6 });
    expect(report.problems.map(({ row, field, code }) => [row, field, code])).toEqual([
      [2, "sectorMain", "exchange:problem.sector"],
      [2, "lines", "exchange:problem.line"],
      [2, "trl", "exchange:problem.choice"],
      [2, "forms", "exchange:problem.choice"],
      [2, "moneyMin", "listings:error.moneyUnit"],
      [4, "title", "listings:error.required"],
    ]);
    const file = await errorReport(world.ctx(fresh.manager), uploadId);
    const bytes = await bytesOf(file?.content ?? (async function* () {})());
    const rows = await rowsOf(bytes);
    expect(Object.keys(rows[0] ?? {})).toEqual(["Cần sửa", ...HEAD]);
    expect(rows[0]?.["Cần sửa"]).toContain("✗ Kinh phí hoặc giá từ (đồng): Số này thiếu đơn vị.");
    expect(rows[0]?.["Cần sửa"]).toContain("“Sấy khô” không phải lĩnh vực của sàn.");
    expect(rows[1]).toMatchObject({
      "Cần sửa": "",
      "Tên tin": String(good[0]),
      TRL: "8",
      "Điện thoại liên hệ": "912345678",
    });

    must(await enter(fresh, uploadId));
    const rest = await errorReport(world.ctx(fresh.manager), uploadId);
    expect(rest && (await rowsOf(rest)).map((row) => row["Tên tin"])).toEqual([String(bad[0]), ""]);

    // the report itself, mended in place, is sent back whole
    const mended = [
      ["Cần sửa", ...HEAD],
      ["✗ …", ...offering({ "Tên tin": String(bad[0]) })],
      [null, ...good],
    ];
    const back = must(await send(fresh, await sheet(mended)));
    expect((await viewImport(world.ctx(fresh.manager), back.uploadId))?.report).toMatchObject({
      good: 1,
      known: 1,
      bad: 0,
    });
    expect(must(await enter(fresh, back.uploadId))).toEqual({ entered: 1, sent: 0, asked: 0 });
    expect(await own(fresh)).toHaveLength(2);
  });

  it("warn of rows that are like a listing or like one another, and can leave them out", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const first = await sent(fresh, [offering({ "Tên tin": "Dây chuyền chế biến ruốc hàu quy mô vừa" })]);
    must(await enter(fresh, first.uploadId));
    const { uploadId, report } = await sent(fresh, [
      offering({ "Tên tin": "Dây chuyền chế biến RUỐC HÀU quy mô vừa" }),
      offering({ "Tên tin": "Máy bóc vỏ tôm liên hoàn" }),
      offering({ "Tên tin": "Máy bóc vỏ tôm liên hoàn", "Mô tả": "Một mô tả khác hẳn." }),
    ]);
    expect(report).toMatchObject({ good: 3, like: 2, notes: 2 });
    expect(must(await enter(fresh, uploadId, 1, { skipLike: true }))).toEqual({ entered: 1, sent: 0, asked: 0 });
  });

  it("are nobody else's: files are seen by who sent them and their colleagues", async () => {
    const { uploadId } = await sent(owner, [offering()]);
    const outsider = await makeOrganisation(world, { broker });
    for (const actor of [outsider.manager, broker]) {
      const ctx = world.ctx(actor);
      expect(await viewImport(ctx, uploadId)).toBeNull();
      expect(await errorReport(ctx, uploadId)).toBeNull();
      expect(await columnsForm(ctx, uploadId)).toBeNull();
      expect(await enterRows(ctx, { uploadId, revision: 1, send: false, skipLike: false })).toMatchObject({
        code: "common:notFound",
      });
      expect(await discardUpload(ctx, uploadId)).toMatchObject({ code: "common:notFound" });
    }
    const foreign = {
      kind: "offering" as const,
      organisationId: owner.organisationId,
      file: { name: "a.xlsx", bytes: await sheet([HEAD, offering()]) },
    };
    expect(await sendSheet(world.ctx(outsider.manager), foreign)).toMatchObject({ code: "listings:error.notMember" });
    expect(await sendSheet(world.ctx(), foreign)).toMatchObject({ code: "common:notFound" });
    must(await discardUpload(world.ctx(owner.manager), uploadId));
    expect(await viewImport(world.ctx(owner.manager), uploadId)).toBeNull();
  });

  it("of an organisation that is not verified, or of a person without one, become drafts and cannot be sent", async () => {
    const person = await makePerson(world);
    const founded = await makePendingOrganisation(world, person.actor, { nameVi: "Viện chờ xác minh" });
    const waiting = { organisationId: founded.organisationId, manager: founded.actor };
    const { uploadId } = await sent(waiting, [offering()]);
    expect(await enter(waiting, uploadId, 1, { send: true })).toMatchObject({ code: "listings:error.notVerified" });
    expect(await own(waiting)).toEqual([]);
    expect(must(await enter(waiting, uploadId))).toEqual({ entered: 1, sent: 0, asked: 0 });

    const alone = (await makePerson(world)).actor;
    const ctx = world.ctx(alone);
    const file = { name: "a.xlsx", bytes: await sheet([HEAD, offering()]) };
    const { uploadId: id } = must(await sendSheet(ctx, { kind: "offering", organisationId: null, file }));
    expect(must(await enterRows(ctx, { uploadId: id, revision: 1, send: false, skipLike: false }))).toEqual({
      entered: 1,
      sent: 0,
      asked: 0,
    });
    expect(await myListings(ctx)).toMatchObject([{ organisation: null, state: "draft" }]);
  });
});

const ownFile = (bytes: Uint8Array) => ({
  organisationId: owner.organisationId,
  file: { name: "mau.xlsx", bytes },
});

describe("the template", () => {
  it.each(["vi", "en"] as const)("in %s is read without matching, its example is no listing", async (locale) => {
    for (const kind of ["need", "offering"] as const) {
      const ctx = { ...world.ctx(owner.manager), locale };
      const bytes = await bytesOf((await templateFile(ctx, kind, locale)).content);
      expect(await send(owner, bytes, kind)).toMatchObject({ ok: false, code: "exchange:file.noRows" });
      // in the words of its language, and complete were it somebody's own
      const [example = {}] = await rowsOf(bytes);
      const title = example["Tên tin"] ?? example.Title ?? "";
      expect(/[ăâđêôơưạảấầậắặểễộợụủứừữự]/i.test(title), title).toBe(locale === "vi");
      const heads = Object.keys(example);
      const filled = [heads, heads.map((name) => (example[name] === title ? `${title} (2)` : (example[name] ?? "")))];
      const { uploadId } = must(await sendSheet(ctx, { ...ownFile(await sheet(filled)), kind }));
      expect((await viewImport(ctx, uploadId))?.report).toMatchObject({ rows: 1, complete: 1, problems: [] });
    }
  });

  it("offers drop-downs that point at whole lists, and its example row would be entered if it were somebody's own", async () => {
    for (const kind of ["need", "offering"] as const) {
      const ctx = world.ctx(owner.manager);
      const bytes = await bytesOf((await templateFile(ctx, kind, "vi")).content);
      const [example] = await rowsOf(bytes);
      expect(example).toBeDefined();
      const lists = await rowsOf(bytes, "Danh mục");
      expect(lists.filter((row) => row["Tỉnh, thành phố"]).length).toBe(34);
      expect(lists.map((row) => row["Ai được xem"]).filter(Boolean)).toEqual([
        "Công khai",
        "Ẩn danh đơn vị",
        "Chỉ chuyên viên môi giới",
        "Mời riêng",
      ]);
      const changed = Object.entries(example ?? {}).map(([name, text]) =>
        name === "Tên tin" ? `${text} (của chúng tôi)` : text,
      );
      const filled = await sheet([Object.keys(example ?? {}), changed]);
      const { uploadId } = must(await send(owner, filled, kind));
      const report = (await viewImport(ctx, uploadId))?.report;
      expect(report).toMatchObject({ rows: 1, good: 1, complete: 1, problems: [] });
    }
  });
});

describe("somebody else's sheet", () => {
  const FOREIGN = [
    "STT",
    "TÊN CÔNG NGHỆ/THIẾT BỊ",
    "Mô tả quy trình CN",
    "Ưu điểm nổi bật",
    "Lĩnh vực",
    "Giá chào bán",
    "Ghi chú nội bộ",
    "Loại hình",
  ];
  const rows = (): OutCell[][] => [
    ["DANH SÁCH CÔNG NGHỆ CHÀO BÁN 2026"],
    [],
    FOREIGN,
    [
      1,
      "Máy sấy thăng hoa mini của sàn bạn",
      "Sấy thăng hoa theo mẻ",
      "Giữ màu",
      "Nông nghiệp sạch",
      "1,2 tỷ",
      "x",
      "Chào bán",
    ],
    [2, "Cần mua dây chuyền đóng gói chè", "Đóng gói túi lọc", null, null, null, null, "Tìm mua"],
  ];

  it("is matched once: headings are found and guessed, the mapping is kept and used for the next one", async () => {
    const fresh = await makeOrganisation(world, { broker });
    const ctx = world.ctx(fresh.manager);
    const first = must(await send(fresh, await sheet(rows())));
    expect(first.state).toBe("columns");
    const form = await columnsForm(ctx, first.uploadId);
    expect(form).toMatchObject({ headRow: 3, sheets: ["Trang 1"] });
    expect(form?.columns.map(({ heading, field }) => [heading, field])).toEqual([
      ["STT", null],
      ["TÊN CÔNG NGHỆ/THIẾT BỊ", "title"],
      ["Mô tả quy trình CN", null],
      ["Ưu điểm nổi bật", "advantages"],
      ["Lĩnh vực", "sectorMain"],
      ["Giá chào bán", "moneyMin"],
      ["Ghi chú nội bộ", null],
      ["Loại hình", "kind"],
    ]);
    const columns = {
      sheet: "Trang 1",
      headRow: 3,
      columns: [
        { at: 1, field: "title" as const },
        { at: 2, field: "description" as const },
        { at: 3, field: "advantages" as const },
        { at: 4, field: "sectorMain" as const },
        { at: 5, field: "moneyMin" as const },
        { at: 7, field: "kind" as const },
      ],
    };
    const match = (over = {}) =>
      matchColumns(ctx, { uploadId: first.uploadId, kind: "offering", columns, keepAs: "Sàn bạn", ...over });
    expect(await match({ columns: { ...columns, columns: [] } })).toMatchObject({
      code: "exchange:many.error.noTitle",
    });
    const twice = { ...columns, columns: [...columns.columns, { at: 6, field: "title" as const }] };
    expect(await match({ columns: twice })).toMatchObject({
      code: "exchange:many.error.twice",
      params: { field: "Tên tin" },
    });
    expect(await match({ keepAs: "  " })).toMatchObject({ code: "exchange:many.error.nameNeeded" });
    must(await match());
    const view = await viewImport(ctx, first.uploadId);
    expect(view?.report).toMatchObject({ rows: 2, good: 2, bad: 0, notes: 1 });
    expect(view?.report?.problems).toMatchObject([{ row: 4, code: "exchange:problem.sectorLeft" }]);
    must(await enter(fresh, first.uploadId, view?.revision));
    expect((await own(fresh)).map(({ kind }) => kind).sort()).toEqual(["need", "offering"]);

    const next = rows();
    next.push([3, "Công nghệ thứ ba của sàn bạn", "Một mô tả", null, null, null, null, "Cung"]);
    const second = must(await send(fresh, await sheet(next)));
    expect(second.state).toBe("checked");
    expect(await viewImport(ctx, second.uploadId)).toMatchObject({
      mappingName: "Sàn bạn",
      report: { good: 1, known: 2 },
    });

    const outsider = await makeOrganisation(world, { broker });
    expect(must(await send(outsider, await sheet(next))).state).toBe("columns");
    const [mapping] = (await importHome(ctx, false)).mappings;
    expect(mapping).toMatchObject({ name: "Sàn bạn", columns: 6 });
    expect(await forgetMapping(world.ctx(outsider.manager), mapping?.id ?? "")).toMatchObject({
      code: "common:notFound",
    });
    must(await forgetMapping(ctx, mapping?.id ?? ""));
    expect(must(await send(fresh, await sheet(next))).state).toBe("columns");
  });

  it("what was seen is what is entered: a result that was checked anew meanwhile is refused", async () => {
    const { uploadId } = await sent(owner, [offering()]);
    const columns = { sheet: "Trang 1", headRow: 1, columns: [{ at: 0, field: "title" as const }] };
    must(await matchColumns(world.ctx(owner.manager), { uploadId, kind: "need", columns, keepAs: null }));
    expect(await enter(owner, uploadId, 1)).toMatchObject({ code: "exchange:many.error.changed" });
    must(await enter(owner, uploadId, 2));
    expect(
      await matchColumns(world.ctx(owner.manager), { uploadId, kind: "need", columns, keepAs: null }),
    ).toMatchObject({
      code: "exchange:many.error.already",
    });
    expect(await discardUpload(world.ctx(owner.manager), uploadId)).toMatchObject({
      code: "exchange:many.error.already",
    });
  });
});
