import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundOrganisation, officeOrganisations } from "~/modules/accounts/index.server";
import { foundOrganisationSchema } from "~/modules/accounts/schemas";
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
import { MOST_CHECKED } from "~/modules/exchange/schemas";
import { confirmOnBehalf, loadDraft, myListings, reviewQueue } from "~/modules/listings/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import type { OutCell } from "~/platform/xlsx/write-workbook";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makeStaff, must, testTaxCode } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { bytesOf, COMPLETE, complete, rowsOf, sheet } from "./sheets";

let world: TestWorld;
let broker: PersonActor;
let other: PersonActor;
type Owner = { organisationId: string; manager: PersonActor };
let sea: Owner;
let seaCode: string;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  broker = await makeBroker(world);
  other = await makeBroker(world);
  await withReferenceData(world);
  seaCode = testTaxCode();
  sea = await makeOrganisation(world, { broker: other, nameVi: "Viện Nghiên cứu Hải sản Hạ Long", taxCode: seaCode });
});
afterAll(() => world?.close());

const HEAD = ["Tên tin", "Đơn vị đăng", "Mã số thuế", "Mô tả", "Lĩnh vực chính"];
let serial = 0;
const titled = () => `Nhu cầu số ${++serial} về xử lý nước của sàn cũ`;
const row = (organisation: OutCell, taxCode: OutCell = null, title: OutCell = titled()): OutCell[] => [
  title,
  organisation,
  taxCode,
  "Mô tả ngắn",
  "MTR-01",
];

const send = (who: PersonActor, bytes: Uint8Array, kind: "need" | "offering" = "need") =>
  sendSheet(world.ctx(who), { kind, organisationId: null, forOffice: true, file: { name: "san-cu.xlsx", bytes } });
async function sent(rows: OutCell[][], who = broker, head = HEAD) {
  const { uploadId } = must(await send(who, await sheet([head, ...rows])));
  const view = await viewImport(world.ctx(who), uploadId);
  if (!view?.report) throw new Error("not checked");
  return { uploadId, view, report: view.report };
}
const enter = (uploadId: string, over = {}, who = broker) =>
  enterRows(world.ctx(who), { uploadId, revision: 1, send: false, skipLike: false, ...over });
const listingsOf = (organisationId: string) =>
  world.container.ports.db.listing.findMany({ where: { organisationId }, orderBy: { createdAt: "asc" } });
const organisationNamed = (nameVi: string) =>
  world.container.ports.db.organisation.findMany({
    where: { nameVi },
    select: { id: true, state: true, origin: true, taxCode: true, type: true },
  });

describe("a sheet for many organisations", () => {
  it("becomes drafts that a broker types on behalf, by tax code or name, as when posted one by one", async () => {
    const bay = await makeOrganisation(world, { broker, nameVi: "Công ty CP Thủy sản Vịnh Xanh" });
    const { uploadId, view, report } = await sent([
      row("tên khác hẳn", seaCode),
      row("VIEN NGHIEN CUU HAI SAN HA LONG"),
      row("Công ty CP Thủy sản Vịnh Xanh"),
    ]);
    expect(view).toMatchObject({ forOffice: true, organisation: null });
    expect(report).toMatchObject({ rows: 3, good: 3, bad: 0, missing: 0, organisations: 2, newCount: 0 });
    expect(report.problems).toMatchObject([{ row: 2, field: "organisation", code: "imports:problem.otherName" }]);
    expect(await listingsOf(sea.organisationId)).toEqual([]);

    expect(must(await enter(uploadId))).toEqual({ entered: 3, sent: 0, asked: 0 });
    const [first, second] = await listingsOf(sea.organisationId);
    const draft = {
      state: "draft",
      onBehalf: true,
      onBehalfConfirmedAt: null,
      origin: "broker",
      createdById: broker.personId,
      brokerId: broker.personId,
      officeId: broker.officeId,
    };
    expect([first, second]).toMatchObject([draft, draft]);
    expect((await listingsOf(bay.organisationId)).map(({ kind }) => kind)).toEqual(["need"]);
    // nothing of the broker's own telephone stands in them
    expect((await loadDraft(world.ctx(broker), first?.id ?? ""))?.draft).toMatchObject({
      sectorMain: "MTR-01",
      contactName: "",
      contactPhone: "",
      contactEmail: "",
    });
    const { db } = world.container.ports;
    const audited = await db.auditEntry.findMany({ where: { subjectId: { in: [first?.id ?? "", uploadId] } } });
    expect(audited.map(({ action, onBehalfOfId }) => [action, onBehalfOfId])).toEqual([
      ["listing.drafted", sea.organisationId],
      ["listings.entered", null],
    ]);
    // its members find them among their own; nobody is told of drafts
    expect((await myListings(world.ctx(sea.manager))).map(({ state }) => state)).toEqual(["draft", "draft"]);
    expect((await myListings(world.ctx(broker))).filter(({ organisation }) => organisation !== null)).toHaveLength(3);
    expect(await db.outboxEvent.count({ where: { subjectId: uploadId } })).toBe(0);
  });

  it("sent for review asks each organisation once to confirm, and tells the other brokers once", async () => {
    const two = await Promise.all(
      [1, 2].map((at) => makeOrganisation(world, { broker, nameVi: `Công ty Gửi duyệt ${at}` })),
    );
    const before = (await reviewQueue(world.ctx(other))).length;
    const { uploadId, report } = await sent(
      [
        complete("Công nghệ sấy lạnh thứ nhất của sàn cũ", "Công ty Gửi duyệt 1"),
        complete("Công nghệ sấy lạnh thứ hai của sàn cũ", "Công ty Gửi duyệt 1"),
        complete("Máy sấy thăng hoa mini của sàn cũ", "Công ty Gửi duyệt 2"),
        complete("Kho lạnh kiểu mới chưa có đơn vị nào", "HTX Chưa có trên sàn"),
        complete("Ngắn", "Công ty Gửi duyệt 2"),
      ],
      broker,
      Object.keys(COMPLETE),
    );
    // kind of the file is "need": the same sheet read as offerings
    expect(report.rows).toBe(5);
    must(
      await matchColumns(world.ctx(broker), {
        uploadId,
        kind: "offering",
        keepAs: null,
        columns: await columnsForm(world.ctx(broker), uploadId).then((form) => ({
          sheet: form?.sheet ?? "",
          headRow: form?.headRow ?? 0,
          columns: form?.columns.flatMap(({ at, field }) => (field ? [{ at, field }] : [])) ?? [],
        })),
      }),
    );
    const view = await viewImport(world.ctx(broker), uploadId);
    expect(view?.report).toMatchObject({ rows: 5, good: 3, complete: 3, bad: 1, missing: 1, newCount: 1, gaps: [] });
    expect(must(await enter(uploadId, { send: true, revision: view?.revision, makeMissing: true }))).toEqual({
      entered: 4,
      sent: 4,
      asked: 0,
    });
    const { db } = world.container.ports;
    expect(await reviewQueue(world.ctx(other))).toHaveLength(before + 4);
    const listings = (await Promise.all(two.map(({ organisationId }) => listingsOf(organisationId)))).flat();
    expect(listings.map(({ state, onBehalf }) => [state, onBehalf])).toEqual(Array(3).fill(["submitted", true]));
    const ids = listings.map(({ id }) => id);
    expect(
      await db.due.count({ where: { subjectId: { in: ids }, kind: "listing.confirm-on-behalf", state: "open" } }),
    ).toBe(3);
    const audited = await db.auditEntry.findMany({ where: { subjectId: ids[0] ?? "" }, orderBy: { seq: "asc" } });
    expect(audited.map(({ action, onBehalfOfId }) => [action, onBehalfOfId])).toEqual([
      ["listing.drafted", two[0]?.organisationId],
      ["listing.submitted", two[0]?.organisationId],
    ]);
    const events = await db.outboxEvent.findMany({ where: { subjectId: { in: [...ids, uploadId] } } });
    // the one that was made has nobody who could confirm
    expect(events.map(({ type, payload }) => [type, payload]).sort()).toEqual(
      [
        ["import.sent-on-behalf", {}],
        ...two.map(({ organisationId }) => ["import.to-confirm", { organisationId }]),
      ].sort(),
    );
    for (const { id } of events) await notifyEvent(world.system, id);
    const notices = await db.notice.findMany({ where: { eventId: { in: events.map(({ id }) => id) } } });
    const brokers = notices.filter(({ kind }) => kind === "import-on-behalf-to-review").map(({ personId }) => personId);
    expect(brokers).toContain(other.personId);
    expect(brokers).not.toContain(broker.personId);
    const owners = notices.filter(({ kind }) => kind === "import-to-confirm");
    expect(owners.map(({ personId }) => personId).sort()).toEqual(two.map(({ manager }) => manager.personId).sort());
    const first = owners.find(({ personId }) => personId === two[0]?.manager.personId);
    expect(JSON.stringify(first?.params)).toContain('"2"');
    // confirmed by its member like any other
    must(await confirmOnBehalf(world.ctx(two[0]?.manager ?? broker), { listingId: ids[0] ?? "" }));
    expect((await listingsOf(two[0]?.organisationId ?? "")).filter((one) => one.onBehalfConfirmedAt)).toHaveLength(1);
  });

  it("leaves out what the office does not have, or makes it when asked: once, unverified, with nobody in it", async () => {
    const code = testTaxCode();
    const rows = [
      row("HTX Nông nghiệp Suối Mơ", code),
      row("htx nông nghiệp suối mơ"),
      row("Viện Vật liệu Núi Bài Thơ"),
      row("Viện Nghiên cứu Hải sản Hạ Long"),
    ];
    const { uploadId, report } = await sent(rows);
    expect(report).toMatchObject({ good: 1, missing: 3, newCount: 2, organisations: 1, bad: 0 });
    expect(report.newOrganisations).toEqual([
      { name: "HTX Nông nghiệp Suối Mơ", taxCode: code, rows: 2, like: [] },
      { name: "Viện Vật liệu Núi Bài Thơ", taxCode: null, rows: 1, like: [] },
    ]);
    expect(must(await enter(uploadId))).toMatchObject({ entered: 1 });
    expect(await organisationNamed("HTX Nông nghiệp Suối Mơ")).toEqual([]);
    const file = await errorReport(world.ctx(broker), uploadId);
    const left = await rowsOf(file ?? Buffer.alloc(0));
    expect(left).toHaveLength(3);
    expect(left[0]?.["Cần sửa"]).toContain("“HTX Nông nghiệp Suối Mơ” chưa có trên sàn.");

    const again = await sent(rows);
    expect(again.report).toMatchObject({ good: 0, missing: 3, known: 1 });
    expect(must(await enter(again.uploadId, { makeMissing: true }))).toMatchObject({ entered: 3 });
    const [made, ...more] = await organisationNamed("HTX Nông nghiệp Suối Mơ");
    expect(more).toEqual([]);
    expect(made).toMatchObject({ state: "pending", origin: "imported", taxCode: code, type: "cooperative" });
    expect(await listingsOf(made?.id ?? "")).toHaveLength(2);
    const [institute] = await organisationNamed("Viện Vật liệu Núi Bài Thơ");
    expect(institute).toMatchObject({ state: "pending", taxCode: null, type: "research_institute" });
    const { db } = world.container.ports;
    expect(await db.membership.count({ where: { organisationId: made?.id ?? "" } })).toBe(0);
    expect(await db.auditEntry.findMany({ where: { subjectId: made?.id ?? "" } })).toMatchObject([
      { action: "organisation.imported", actorId: broker.personId, after: { state: "pending" } },
    ]);
    expect(await viewImport(world.ctx(broker), again.uploadId)).toMatchObject({ made: 2, entered: 3 });

    // the whole file once more: everything is known by its words, under its own organisation
    expect((await sent(rows)).report).toMatchObject({ good: 0, missing: 0, known: 4 });
  });

  it("the same words for two organisations are two listings, and twice for one are one", async () => {
    const title = titled();
    const { uploadId, report } = await sent([
      row("Viện Nghiên cứu Hải sản Hạ Long", null, title),
      row("Viện nghiên cứu hải sản Hạ Long", seaCode, title),
      row("Công ty CP Thủy sản Vịnh Xanh", null, title),
    ]);
    expect(report).toMatchObject({ good: 2, known: 1, like: 0 });
    expect(must(await enter(uploadId))).toMatchObject({ entered: 2 });
    // a member's own import of the same row meets it too
    const file = {
      name: "a.xlsx",
      bytes: await sheet([HEAD.slice(0, 1).concat(HEAD.slice(3)), [title, "Mô tả ngắn", "MTR-01"]]),
    };
    const own = must(
      await sendSheet(world.ctx(sea.manager), { kind: "need", organisationId: sea.organisationId, file }),
    );
    expect((await viewImport(world.ctx(sea.manager), own.uploadId))?.report).toMatchObject({ known: 1, good: 0 });
  });

  it("that two brokers confirm at the same moment makes an organisation once, and tells the slower one", async () => {
    const same = (title: string) => [row("Trung tâm Giống thủy sản Cô Tô", null, title)];
    const [mine, theirs] = [await sent(same(titled())), await sent(same(titled()), other)];
    const answers = await Promise.all([
      enter(mine.uploadId, { makeMissing: true }),
      enter(theirs.uploadId, { makeMissing: true }, other),
    ]);
    const slower = answers.findIndex((answer) => !answer.ok);
    expect(answers[slower]).toMatchObject({
      code: "imports:error.madeMeanwhile",
      params: { name: "Trung tâm Giống thủy sản Cô Tô" },
    });
    const again = slower === 0 ? enter(mine.uploadId) : enter(theirs.uploadId, {}, other);
    expect(must(await again)).toMatchObject({ entered: 1 });
    const made = await organisationNamed("Trung tâm Giống thủy sản Cô Tô");
    expect(made).toHaveLength(1);
    expect(await listingsOf(made[0]?.id ?? "")).toHaveLength(2);

    // registered by hand under its code between the check and the confirmation
    const code = testTaxCode();
    const late = await sent([row("Công ty Đến Sau", code)]);
    const form = foundOrganisationSchema.parse({
      nameVi: "Công ty Đến Sau Một Chút",
      type: "private_enterprise",
      taxCode: code,
      countryCode: "VN",
      provinceCode: "22",
    });
    const founded = must(await foundOrganisation(world.ctx(other), form));
    must(await enter(late.uploadId));
    expect(await listingsOf(founded.id)).toHaveLength(1);
  });
});

describe("rows that name nobody, several, a person or something unreadable", () => {
  it("are errors that say what to mend, stand in the report and come back mended", async () => {
    await makeOrganisation(world, { broker, nameVi: "Công ty TNHH Trùng Tên", taxCode: testTaxCode() });
    await makeOrganisation(world, { broker, nameVi: "Công ty TNHH Trùng tên", taxCode: testTaxCode() });
    const rows = [
      row(null),
      row("Công ty TNHH Trùng Tên"),
      row("Nguyễn Văn Tâm"),
      row("Viện Nghiên cứu Hải sản Hạ Long", "123"),
      row("\u202eab\u200b"),
      row("=HYPERLINK(1)", null),
    ];
    const { uploadId, report } = await sent(rows);
    expect(
      report.problems.map(({ row: at, field, code }) => [at, field, code.replace("imports:problem.", "")]),
    ).toEqual([
      [2, "organisation", "noOrganisation"],
      [3, "organisation", "ambiguous"],
      [4, "organisation", "person"],
      [5, "taxCode", "taxCode"],
      [6, "organisation", "noName"],
    ]);
    expect(report).toMatchObject({ bad: 5, good: 0, missing: 1 });
    expect(report.problems[1]?.params?.names).toMatch(
      /Công ty TNHH Trùng Tên \(\d{10}\); Công ty TNHH Trùng tên \(\d{10}\)/,
    );
    expect(await enter(uploadId)).toMatchObject({ code: "exchange:many.error.nothing" });
    const file = await errorReport(world.ctx(broker), uploadId);
    const bytes = await bytesOf(file?.content ?? (async function* () {})());
    const [first] = await rowsOf(bytes);
    expect(Object.keys(first ?? {})).toEqual(["Cần sửa", ...HEAD]);
    expect(first?.["Cần sửa"]).toContain("✗ Đơn vị đăng: Dòng này không ghi đơn vị.");
    // our own headings, so that the mended report needs no matching
    const back = await sent([["✗ …", ...row("Công ty TNHH Trùng Tên", seaCode, rows[0]?.[0])]], broker, [
      "Cần sửa",
      ...HEAD,
    ]);
    expect(back.report).toMatchObject({ good: 1, bad: 0 });
  });

  it("a sheet that does not say whose its rows are is not checked before somebody says it", async () => {
    const { uploadId, state } = must(
      await send(
        broker,
        await sheet([
          ["Tên tin", "Mô tả"],
          [titled(), "Mô tả"],
        ]),
      ),
    );
    expect(state).toBe("columns");
    const columns = { sheet: "Trang 1", headRow: 1, columns: [{ at: 0, field: "title" as const }] };
    expect(await matchColumns(world.ctx(broker), { uploadId, kind: "need", columns, keepAs: null })).toMatchObject({
      code: "imports:error.noOrganisation",
    });
    expect(await enter(uploadId, { revision: 0 })).toMatchObject({ code: "exchange:many.error.changed" });
  });

  it("ten thousand rows with a wrong owner each are checked, and nothing is entered", {
    timeout: 120_000,
  }, async () => {
    const rows = Array.from({ length: MOST_CHECKED }, (_, at) =>
      row(at % 2 ? "Lê Văn Tám" : "Công ty TNHH Trùng Tên", at % 2 ? null : "999", `Nhu cầu thứ ${at} của danh sách`),
    );
    const before = process.cpuUsage();
    const { uploadId, report } = await sent(rows);
    expect(process.cpuUsage(before).user / 1e6, "seconds of processor").toBeLessThan(60);
    expect(report).toMatchObject({ rows: MOST_CHECKED, bad: MOST_CHECKED, errors: MOST_CHECKED, missing: 0 });
    expect(await enter(uploadId, { makeMissing: true })).toMatchObject({ code: "exchange:many.error.nothing" });
  });
});

describe("who may", () => {
  it("only brokers of the office, each of them; not members, registrars, leaders or administrators", async () => {
    const { uploadId } = await sent([row("Viện Nghiên cứu Hải sản Hạ Long")]);
    expect((await viewImport(world.ctx(other), uploadId))?.report).toMatchObject({ good: 1 });
    const staff = await Promise.all(
      (["registrar", "leader", "administrator"] as const).map((role) => makeStaff(world, role)),
    );
    const bytes = await sheet([HEAD, row("Viện Nghiên cứu Hải sản Hạ Long")]);
    for (const actor of [...staff, sea.manager]) {
      const ctx = world.ctx(actor);
      expect(await send(actor, bytes), actor.fullName).toMatchObject({ code: "common:notFound" });
      expect(await viewImport(ctx, uploadId)).toBeNull();
      expect(await columnsForm(ctx, uploadId)).toBeNull();
      expect(await errorReport(ctx, uploadId)).toBeNull();
      expect(await enter(uploadId, {}, actor)).toMatchObject({ code: "common:notFound" });
      expect(await discardUpload(ctx, uploadId)).toMatchObject({ code: "common:notFound" });
      expect(await importHome(ctx, true)).toEqual({ uploads: [], mappings: [] });
      expect(await officeOrganisations(ctx)).toEqual([]);
    }
    expect(await send({ ...broker, grants: [] }, bytes)).toMatchObject({ code: "common:notFound" });
    // who was a broker when it was sent and is none any more sees it no longer
    expect(await viewImport(world.ctx({ ...broker, grants: [] }), uploadId)).toBeNull();
    expect((await importHome(world.ctx(broker), false)).uploads).toEqual([]);
  });

  it("a mapping is the office's: kept by one broker, used by the next, forgotten by either", async () => {
    const FOREIGN = ["STT", "Tên công nghệ, thiết bị", "Đơn vị cung cấp", "MST", "Ghi chú"];
    const rows = (title: string): OutCell[][] => [
      ["DANH MỤC CÔNG NGHỆ CHÀO BÁN"],
      FOREIGN,
      [1, title, "Viện Nghiên cứu Hải sản Hạ Long", Number(seaCode), "x"],
    ];
    const first = must(await send(broker, await sheet(rows(titled())), "offering"));
    expect(first.state).toBe("columns");
    const form = await columnsForm(world.ctx(broker), first.uploadId);
    expect(form?.columns.map(({ field }) => field)).toEqual([null, "title", "organisation", "taxCode", null]);
    expect(form?.fields).toContain("organisation");
    const columns = {
      sheet: form?.sheet ?? "",
      headRow: form?.headRow ?? 0,
      columns: form?.columns.flatMap(({ at, field }) => (field ? [{ at, field }] : [])) ?? [],
    };
    must(
      await matchColumns(world.ctx(broker), { uploadId: first.uploadId, kind: "offering", columns, keepAs: "Sàn cũ" }),
    );
    const second = must(await send(other, await sheet(rows(titled()))));
    expect(await viewImport(world.ctx(other), second.uploadId)).toMatchObject({
      state: "checked",
      kind: "offering",
      mappingName: "Sàn cũ",
      report: { good: 1 },
    });
    const [mapping] = (await importHome(world.ctx(other), true)).mappings;
    expect(await forgetMapping(world.ctx(sea.manager), mapping?.id ?? "")).toMatchObject({ code: "common:notFound" });
    must(await forgetMapping(world.ctx(other), mapping?.id ?? ""));
    expect((await importHome(world.ctx(broker), true)).mappings).toEqual([]);
    // its members' sheets have no such columns
    const member = must(
      await sendSheet(world.ctx(sea.manager), {
        kind: "offering",
        organisationId: sea.organisationId,
        file: { name: "a.xlsx", bytes: await sheet(rows(titled())) },
      }),
    );
    const own = await columnsForm(world.ctx(sea.manager), member.uploadId);
    expect(own?.columns.map(({ field }) => field)).toEqual([null, "title", null, null, null]);
    expect(own?.fields).not.toContain("taxCode");
  });

  it.each(["vi", "en"] as const)(
    "the template in %s asks whose a row is, and is read without matching",
    async (locale) => {
      const bytes = await bytesOf((await templateFile(world.ctx(broker), "offering", locale, true)).content);
      const [example] = await rowsOf(bytes);
      expect(Object.keys(example ?? {}).slice(1, 3)).toEqual(
        locale === "vi" ? ["Đơn vị đăng", "Mã số thuế"] : ["Organisation", "Tax code"],
      );
      expect(await send(broker, bytes, "offering")).toMatchObject({ code: "exchange:file.noRows" });
    },
  );
});
