import { describe, expect, it } from "vitest";
import { readDraft } from "~/modules/listings/schemas";
import type { ReadCell, ReadSheet } from "~/platform/xlsx/read-workbook";
import { readChoice, readChoices, readYes } from "./choice-words";
import { choiceLabel, FIELDS, type Field, type FieldId, fieldOf } from "./fields";
import { columnsProblem, guessField, guessHead, headKey } from "./map-columns";
import { type RowContext, readRow } from "./read-row";
import { say } from "./words";

const field = (id: FieldId): Field => {
  const found = fieldOf(id);
  if (!found) throw new Error(id);
  return found;
};
const text = (value: string): ReadCell => ({ kind: "text", text: value });

describe("choices", () => {
  it("are read in both languages, by their codes, without diacritics and in capitals", () => {
    for (const one of FIELDS.filter(({ options }) => options)) {
      for (const value of one.options?.values ?? []) {
        for (const locale of ["vi", "en"] as const) {
          const label = choiceLabel(locale, one, value);
          expect(label, `${one.id} ${value}`).not.toContain(":");
          expect(readChoice(one, label), label).toBe(value);
          expect(readChoice(one, label.normalize("NFD").toUpperCase()), label).toBe(value);
        }
        expect(readChoice(one, value)).toBe(value);
      }
    }
  });

  it("several in one cell are found whatever parts them, also labels with commas and semicolons", () => {
    const objects = field("objects");
    const all = (objects.options?.values ?? []).map((value) => choiceLabel("vi", objects, value));
    expect(readChoices(objects, all.join("; "))).toEqual({ codes: objects.options?.values, unknown: null });
    expect(readChoices(objects, "Thiết kế, bí quyết kỹ thuật, bí quyết công nghệ")).toEqual({
      codes: ["design", "know_how"],
      unknown: null,
    });
    expect(readChoices(field("funding"), "Vốn vay\nVốn tự có và Nguồn khác")).toEqual({
      codes: ["loan", "own", "other"],
      unknown: null,
    });
    expect(readChoices(field("funding"), "Vốn vay; vốn trời cho")).toEqual({
      codes: ["loan"],
      unknown: "vốn trời cho",
    });
  });

  it("of readiness and yes or no are read as people write them", () => {
    for (const [typed, level] of [
      ["7", "7"],
      ["TRL 7", "7"],
      ["TRL7 – trình diễn", "7"],
      ["Mức độ 9", "9"],
      ["12", null],
      ["0", null],
      ["cao", null],
    ] as const)
      expect(readChoice(field("trl"), typed), typed).toBe(level);
    expect(["Có", "x", "YES", "1"].map(readYes)).toEqual([true, true, true, true]);
    expect(["Không", "no", "0", "có thể"].map(readYes)).toEqual([false, false, false, null]);
  });
});

describe("headings", () => {
  it("of the template mean their own field in both languages", () => {
    for (const { id, label } of FIELDS)
      for (const locale of ["vi", "en"] as const)
        expect(guessField(label(locale)), label(locale)).toEqual({ field: id, exact: true });
  });

  it("of others are recognised by the names they use", () => {
    const known: [string, FieldId | undefined][] = [
      ["TÊN CÔNG NGHỆ/THIẾT BỊ (*)", "title"],
      ["Ưu điểm nổi bật", "advantages"],
      ["Số điện thoại", "contactPhone"],
      ["E-mail", "contactEmail"],
      ["Giá (triệu đồng)", "moneyMin"],
      ["Thông số kỹ thuật", "lines"],
      ["STT", undefined],
    ];
    for (const [heading, id] of known) expect(guessField(heading)?.field, heading).toBe(id);
  });

  it("are looked for under banners, and told from one another whatever their case and marks", () => {
    const sheet = (head: string[]): ReadSheet => ({
      sheets: ["A"],
      sheet: "A",
      more: false,
      rows: [
        { number: 1, cells: [text("BẢNG TỔNG HỢP"), text("Năm 2026")] },
        { number: 4, cells: head.map(text) },
        { number: 5, cells: head.map(() => text("x")) },
      ],
    });
    const one = sheet(["Tên công nghệ", "Mô tả", "Cần sửa"]);
    expect(guessHead(one, false)).toMatchObject({
      headRow: 4,
      of: 2,
      ours: false,
      columns: [
        { at: 0, field: "title" },
        { at: 1, field: "description" },
      ],
    });
    expect(headKey(one, 4)).toBe(headKey(sheet(["TÊN CÔNG NGHỆ*", "Mô  tả"]), 4));
    expect(headKey(one, 4)).not.toBe(headKey(sheet(["Tên công nghệ", "Giá"]), 4));
    expect(guessHead(sheet(["Tên tin", "Mô tả"]), false)).toMatchObject({ ours: true });
    expect(columnsProblem([{ at: 0, field: "lines" }], false)).toEqual({ code: "noTitle" });
  });

  it("say whose a row is only in sheets for many organisations, by the holder when nothing else does", () => {
    const sheet = (head: string[]): ReadSheet => ({
      sheets: ["A"],
      sheet: "A",
      more: false,
      rows: [{ number: 1, cells: head.map(text) }],
    });
    const fields = (head: string[], forOffice: boolean) =>
      guessHead(sheet(head), forOffice).columns.map(({ field: id }) => id);
    expect(fields(["Tên công nghệ", "Đơn vị", "MST"], true)).toEqual(["title", "organisation", "taxCode"]);
    expect(fields(["Tên công nghệ", "Đơn vị", "MST"], false)).toEqual(["title"]);
    expect(fields(["Tên công nghệ", "Chủ sở hữu"], true)).toEqual(["title", "organisation"]);
    expect(fields(["Tên công nghệ", "Chủ sở hữu", "Doanh nghiệp"], true)).toEqual(["title", "owners", "organisation"]);
    // our template for one organisation does not say whose its rows are
    expect(guessHead(sheet(["Tên tin", "Chủ sở hữu và tỷ lệ"]), true)).toMatchObject({ ours: false });
    expect(guessHead(sheet(["Tên tin", "Đơn vị đăng"]), true)).toMatchObject({ ours: true });
    expect(columnsProblem([{ at: 0, field: "title" }], true)).toEqual({ code: "noOrganisation" });
    expect(columnsProblem([{ at: 0, field: "title" }], false)).toBeNull();
  });
});

describe("a row", () => {
  const begun = readDraft({ provinceCode: "22", contactName: "Người gửi" });
  const context: RowContext = {
    locale: "vi",
    kind: "offering",
    begun: { need: begun, offering: begun },
    sectors: {
      byKey: new Map([["moi truong", "MTR-01"]]),
      former: new Map([["moi sinh", { code: "MTR-01", name: "Môi trường (MTR-01)" }]]),
      example: "Môi trường",
    },
    strictSectors: true,
    check: () => ({}),
  };
  const row = (cells: Partial<Record<FieldId, ReadCell>>, over: Partial<RowContext> = {}) =>
    readRow(7, new Map(Object.entries(cells) as [FieldId, ReadCell][]), { ...context, ...over });

  it("keeps what a draft begins with where its cells say nothing", () => {
    const { draft, problems } = row({ title: text("Một công nghệ"), sectorMain: text("MÔI TRƯỜNG") });
    expect(problems).toEqual([]);
    expect(draft).toMatchObject({
      title: "Một công nghệ",
      sectorMain: "MTR-01",
      contactName: "Người gửi",
      provinceCode: "22",
    });
  });

  it("reads holders with shares, lines, lost days and telephones", () => {
    const { draft } = row({
      title: text("Một công nghệ"),
      owners: text("Viện Hải dương: 60 %\nÔng Nguyễn Văn A - 40%"),
      lines: text("Công suất: 5 – 20 m³/h; COD: ≤ 75 mg/l (nên có)"),
      expiresOn: { kind: "number", text: "46752", value: 46_752 },
      contactPhone: { kind: "number", text: "912345678", value: 912_345_678 },
    });
    expect(draft.owners).toEqual([
      { type: "institute", name: "Viện Hải dương", share: "60" },
      { type: "individual", name: "Ông Nguyễn Văn A", share: "40" },
    ]);
    expect(draft.lines.map(({ name, value, must }) => [name, value, must])).toEqual([
      ["Công suất", "5 – 20 m³/h", "must"],
      ["COD", "≤ 75 mg/l", "nice"],
    ]);
    expect(draft).toMatchObject({ expiresOn: "31/12/2027", contactPhone: "0912345678" });
  });

  it("has the same hash for the same words, however they are composed, and another for others", () => {
    const hash = (title: string) => row({ title: text(title) }).hash;
    expect(hash("Sấy lạnh")).toBe(hash("  Sấy lạnh ".normalize("NFD")));
    expect(hash("Sấy lạnh")).not.toBe(hash("Sấy nóng"));
  });

  it("files a sector that was renamed or merged under today's, leaves one we do not have empty in other people's sheets, and says so", () => {
    const check = (): Record<string, string[]> => ({ sectorMain: ["listings:error.choose"] });
    const severities = (over: Partial<RowContext>) =>
      row({ title: text("Một công nghệ"), sectorMain: text("Vũ trụ") }, { check, ...over }).problems.map(
        ({ severity }) => severity,
      );
    const old = row({ title: text("Một công nghệ"), sectorMain: text("Môi sinh") });
    expect(old.draft.sectorMain).toBe("MTR-01");
    expect(old.problems).toMatchObject([
      { severity: "note", code: "exchange:problem.sectorMoved", params: { name: "Môi trường (MTR-01)" } },
    ]);
    expect(severities({})).toEqual(["error"]);
    expect(severities({ strictSectors: false })).toEqual(["note", "gap"]);
  });
});

it("every text of a file exists in both languages", () => {
  expect(say("vi", "exchange:template.mend")).toBe("Cần sửa");
  expect(say("en", "exchange:export.capped", { most: 5 })).toContain("first 5 rows");
  expect(say("vi", "exchange:nowhere")).toBe("exchange:nowhere");
});
