import { describe, expect, it } from "vitest";
import { looksLikeIpNumber } from "./ip-number";
import { reviewWarnings } from "./review-warnings";

const version = {
  visibility: "blind" as const,
  kind: "offering" as const,
  owner: { names: ["Công ty Cổ phần Thủy sản Bái Tử Long", null], taxCode: "9900000016" },
  texts: {} as Record<string, string | null>,
  ipType: null,
  ipNumber: null,
  trl: 5,
  referenceSites: null,
  objects: [] as string[],
  moneyMin: null,
  moneyMax: null,
};
const codes = (texts: Record<string, string>, over = {}) =>
  reviewWarnings({ ...version, texts, ...over }).map((warning) => `${warning.code}:${warning.field}`);

describe("reviewWarnings", () => {
  it("finds contacts in public words", () => {
    expect(codes({ summary: "Gọi 0912 345 678 hoặc +84 203 3825 123" })).toEqual(["phone:summary", "phone:summary"]);
    expect(codes({ description: "Thư: kinh.doanh@abc.com.vn" })).toEqual(["email:description"]);
    expect(codes({ description: "Xem www.abc.com.vn/san-pham" })).toEqual(["website:description"]);
    expect(codes({ description: "MST 9900000016" })).toContain("tax_code:description");
  });
  it("finds a blind owner's name also without its legal form and diacritics", () => {
    expect(codes({ description: "Cơ sở của thuy san bai tu long tại Vân Đồn" })).toEqual(["owner_name:description"]);
    expect(codes({ description: "Cơ sở của thủy sản Bái Tử Long" }, { visibility: "public" })).toEqual([]);
  });
  it("leaves ordinary technical words alone", () => {
    expect(
      codes({
        description: "Công suất 1.250.000 tấn/năm, QCVN 40:2011/BTNMT, áp suất 0,6 MPa, năm 2019 – 2024, 12345 giờ",
      }),
    ).toEqual([]);
  });
  it("asks for references behind a high readiness and for technology behind equipment", () => {
    expect(codes({}, { trl: 8 })).toEqual(["trl_evidence:trl"]);
    expect(codes({}, { trl: 8, referenceSites: "Nhà máy A, 2024" })).toEqual([]);
    expect(codes({}, { objects: ["equipment_only"] })).toEqual(["equipment_only:objects"]);
    expect(codes({}, { ipType: "patent", ipNumber: "xyz" })).toEqual(["ip_number:ipNumber"]);
  });
  it("knows the forms of IP numbers", () => {
    for (const [type, number] of [
      ["patent", "1-2023-01234"],
      ["utility_solution", "2-0001872"],
      ["industrial_design", "3-0012345"],
      ["trademark", "4-0123456-000"],
      ["patent", "PCT/VN2024/000012"],
      ["plant_variety", "12.VN.2023"],
      ["software_copyright", "1234/2023/QTG"],
      ["patent", "12345"],
    ] as const) {
      expect(looksLikeIpNumber(type, number), number).toBe(true);
    }
    for (const [type, number] of [
      ["patent", "2-2023-01234"],
      ["patent", "abc"],
      ["plant_variety", "1-2023-01234"],
    ] as const)
      expect(looksLikeIpNumber(type, number)).toBe(false);
  });
});
