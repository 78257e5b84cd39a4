import { describe, expect, it } from "vitest";
import type { ReadCell } from "~/platform/xlsx/read-workbook";
import { findOwners, type KnownOwner } from "./find-owner";

const owner = (id: string, nameVi: string, over: Partial<KnownOwner> = {}): KnownOwner => ({
  id,
  nameVi,
  nameEn: null,
  shortName: null,
  taxCode: null,
  live: true,
  ...over,
});
const OWNERS = [
  owner("sea", "Viện Nghiên cứu Hải sản", { nameEn: "Research Institute for Marine Fisheries", taxCode: "0200123456" }),
  owner("env", "Công ty CP Môi trường – TKV", { taxCode: "5700101323", shortName: "VITE" }),
  owner("one", "Công ty TNHH Bình Minh", { taxCode: "0100109106" }),
  owner("two", "Công ty TNHH Bình Minh"),
  owner("gone", "Công ty Ma", { taxCode: "0101243150", live: false }),
];
const text = (value: string): ReadCell => ({ kind: "text", text: value });
const isPerson = (name: string) => name === "Nguyễn Văn Tâm";

type Cells = [organisation: string | ReadCell, taxCode?: string | ReadCell];
const cell = (value: string | ReadCell | undefined) => (typeof value === "string" ? text(value) : value);
/** What is said of each row: whose it is, or the codes of what is wrong. */
function said(rows: Cells[]): string[] {
  const found = findOwners(
    rows.map(([organisation, taxCode], at) => ({ row: at, organisation: cell(organisation), taxCode: cell(taxCode) })),
    OWNERS,
    isPerson,
  );
  return rows.map((_, at) => {
    const { owner: of, problems } = found.get(at) ?? { owner: null, problems: [] };
    const notes = problems.map(
      ({ field, severity, code }) => `${severity} ${field} ${code.replace("imports:problem.", "")}`,
    );
    return [of ? `${of.kind} ${of.key}` : "nobody", ...notes].join(", ");
  });
}

describe("whose a row is", () => {
  it.each<[string, Cells, string]>([
    ["by the tax code, however it is written", ["", "MST: 5700 101 323"], "known env"],
    [
      "by a tax code that lost its zero as a number",
      ["", { kind: "number", text: "100109106", value: 100_109_106 }],
      "known one",
    ],
    ["by the code behind the name", ["Công ty CP Môi trường – TKV (MST: 5700101323)"], "known env"],
    ["by the name alone, without case, marks and diacritics", ["VIEN NGHIEN CUU  HẢI SẢN"], "known sea"],
    ["by the English or the short name, which is told", ["Vite"], "known env, note organisation otherName"],
    [
      "by the tax code when the name is another one, which is told",
      ["Công ty Môi trường", "5700101323"],
      "known env, note organisation otherName",
    ],
    ["nobody's where the code is none", ["Viện Nghiên cứu Hải sản", "5700101324"], "nobody, error taxCode taxCode"],
    ["nobody's where nobody is named", ["", "chưa có"], "nobody, error organisation noOrganisation"],
    ["nobody's where several have the name", ["Công ty TNHH Bình Minh"], "nobody, error organisation ambiguous"],
    [
      "the one with no code of its own where a new code is given",
      ["Công ty TNHH Bình Minh", "0104128565"],
      "known two",
    ],
    ["nobody's under the code of a refused one", ["Công ty Ma mới", "0101243150"], "nobody, error taxCode refused"],
    ["a new one's", ["Hợp tác xã Hoa Phong Lan"], "new hop tac xa hoa phong lan"],
    ["a new one's under its code", ["Hợp tác xã Hoa Phong Lan", "0104128565"], "new 0104128565"],
    ["never a person's", ["Nguyễn Văn Tâm"], "nobody, error organisation person"],
    ["a household's that has a tax code", ["Nguyễn Văn Tâm", "0104128565"], "new 0104128565"],
    ["nobody's for a code without a name", ["", "0104128565"], "nobody, error taxCode codeOfNobody"],
    ["nobody's for a mark instead of a name", ["–.–"], "nobody, error organisation noName"],
    ["nobody's for a text instead of a name", ["x ".repeat(150)], "nobody, error organisation noName"],
    ["left to the cell's own error", [{ kind: "error", text: "#REF!" }], "nobody, error organisation noOrganisation"],
  ])("%s", (_, row, expected) => expect(said([row])).toEqual([expected]));

  it("one new organisation is one, also where its code stands in one row only; two codes under a name are two", () => {
    expect(said([["HTX Hoa Lan", "0104128565"], ["HTX HOA LAN"], ["htx hoa lan, MST 0104128565"]])).toEqual([
      "new 0104128565",
      "new 0104128565",
      "new 0104128565",
    ]);
    expect(said([["HTX Hoa Lan", "0104128565"], ["HTX Hoa Lan", "0104093672"], ["HTX Hoa Lan"]])).toEqual([
      "new 0104128565",
      "new 0104093672",
      "nobody, error organisation ambiguous",
    ]);
  });

  it("what is close to a known one is told before a second one is made; a name that differs is told once", () => {
    const found = findOwners(
      [{ row: 1, organisation: text("Cty Cổ phần Môi trường TKV"), taxCode: undefined }],
      OWNERS,
      isPerson,
    );
    expect(found.get(1)?.owner).toMatchObject({ kind: "new", like: ["Công ty CP Môi trường – TKV (5700101323)"] });
    expect(said([["VITE"], ["Vite"]])).toEqual(["known env, note organisation otherName", "known env"]);
  });
});
