import { describe, expect, it } from "vitest";
import { readImportedIp, readImportedMoney } from "./imported-facts";

describe("readImportedMoney", () => {
  const read = (text: string | null) => {
    const { moneyMin, moneyMax, priceModel } = readImportedMoney(text);
    return [moneyMin === null ? null : Number(moneyMin), moneyMax === null ? null : Number(moneyMax), priceModel];
  };
  it("reads amounts and ranges in đồng, per machine or whole", () => {
    expect(read("200 triệu – 1 tỷ đồng/máy")).toEqual([200e6, 1e9, "range"]);
    expect(read("85–110 triệu đồng/máy")).toEqual([85e6, 110e6, "range"]);
    expect(read("13,5 triệu đồng/chiếc")).toEqual([13.5e6, 13.5e6, "fixed"]);
    expect(read("150.000 đồng/chiếc")).toEqual([150_000, 150_000, "fixed"]);
    expect(read("khoảng 50 triệu đồng")).toEqual([50e6, 50e6, null]);
    expect(read("dưới 2 tỷ đồng")).toEqual([null, 2e9, null]);
    expect(read("thỏa thuận")).toEqual([null, null, "negotiable"]);
    expect(readImportedMoney("thoả thuận").moneyNegotiable).toBe(true);
  });
  it("leaves everything doubtful as text", () => {
    for (const text of [
      null,
      "1 USD/giờ thuê thiết bị",
      "khoảng 400 USD/chiếc",
      "AUD 400,000 grant",
      "gói 650.000 đồng/tháng (ưu đãi 2023)",
      "13.000 đồng/cuộn",
      "16 triệu đồng (chi phí chế tạo)",
      "609 triệu đồng cho 161 hộ",
      "Hợp đồng Sông Hậu 1 khoảng 1.184 tỷ đồng",
      "dự án khoảng 9 tỷ đồng",
      "cải tạo hầm khoảng 60 triệu đồng",
      "dưới 1/2 giá sản phẩm cùng loại",
      "cao hơn phao xốp 3–4 lần",
      "low investment cost",
      "1 tỷ – 200 triệu",
      "3",
    ]) {
      expect(read(text), String(text)).toEqual([null, null, null]);
    }
  });
});

describe("readImportedIp", () => {
  it("tells kind, state and number where the words say so", () => {
    expect(readImportedIp("Bằng độc quyền sáng chế (2019)")).toEqual({
      ipType: "patent",
      ipStatus: "granted",
      ipNumber: null,
    });
    expect(readImportedIp("Giải pháp hữu ích số 1148")).toEqual({
      ipType: "utility_solution",
      ipStatus: "granted",
      ipNumber: "1148",
    });
    expect(readImportedIp("Đơn sáng chế 1-2024-08108")).toEqual({
      ipType: "patent",
      ipStatus: "filed",
      ipNumber: "1-2024-08108",
    });
    expect(readImportedIp("Sáng chế")).toEqual({ ipType: "patent", ipStatus: null, ipNumber: null });
  });
  it("says nothing of medals and decisions", () => {
    for (const text of [
      null,
      "Huy chương vàng WIPO 2016",
      "tiến bộ kỹ thuật (QĐ 176/QĐ-TCLN-KH&HTQT, 2017)",
      "Chứng nhận bảo hộ",
    ]) {
      expect(readImportedIp(text), String(text)).toEqual({ ipType: null, ipStatus: null, ipNumber: null });
    }
  });
});
