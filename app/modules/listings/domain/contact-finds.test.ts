import { describe, expect, it } from "vitest";
import { excerptOf, findContacts, type Owner } from "./contact-finds";

const OWNER: Owner = {
  names: ["Công ty Cổ phần Thủy sản Bái Tử Long", "BTL Seafood JSC", "BTLSEA"],
  taxCode: "9900000016",
  address: "Số 12 đường Lý Anh Tông, phường Vân Đồn, tỉnh Quảng Ninh",
  people: ["Bà Nguyễn Thị Hoa"],
};
const finds = (text: string, owner: Owner | null = null) =>
  findContacts(text, owner).map((find) => `${find.code}:${find.found}`);

describe("contacts in a text", () => {
  it.each([
    ["Gọi 0912 345 678 nhé", "0912 345 678"],
    ["ĐT: 0912.345.678", "0912.345.678"],
    ["0 9 1 2 3 4 5 6 7 8", "0 9 1 2 3 4 5 6 7 8"],
    ["máy bàn (0203) 3835 123", "0203) 3835 123"],
    ["+84 912 345 678", "+84 912 345 678"],
    ["84-912-345-678", "84-912-345-678"],
    ["O912 345 678", "O912 345 678"],
    ["hotline 1900 6868", "1900 6868"],
    ["tel. +82 2 1234 5678", "+82 2 1234 5678"],
    ["xin gọi không chín một hai ba bốn năm sáu bảy tám", "không chín một hai ba bốn năm sáu bảy tám"],
    ["không chín một, 234 năm sáu bảy tám", "không chín một, 234 năm sáu bảy tám"],
    ["０９１２３４５６７８", "０９１２３４５６７８"],
    ["09\u200b12345678", "09\u200b12345678"],
  ])("telephone: %s", (text, found) => expect(finds(text)).toEqual([`phone:${found}`]));

  it.each([
    ["thư kinh.doanh@abc.com.vn", "email:kinh.doanh@abc.com.vn"],
    ["kinhdoanh a còng abc chấm vn", "email:kinhdoanh a còng abc chấm vn"],
    ["kd (at) abc.vn", "email:kd (at) abc.vn"],
    ["Zalo: hoanguyen88", "social:Zalo: hoanguyen88"],
    ["fb.com/baitulong", "social:fb.com/baitulong"],
    ["Facebook: Thuysan.BTL", "social:Facebook: Thuysan.BTL"],
    ["xem www.abc.com.vn/san-pham", "website:www.abc.com.vn/san-pham"],
    ["trang abc-seafood.vn", "website:abc-seafood.vn"],
  ])("%s", (text, found) => expect(finds(text)).toEqual([found]));

  it("a blind owner's name, people, street and tax code, also without marks and legal form", () => {
    expect(finds("Cơ sở của thuy san bai tu long tại Vân Đồn", OWNER)).toEqual(["owner_name:thuy san bai tu long"]);
    expect(finds("BTLSEA cần máy", OWNER)).toEqual(["owner_name:BTLSEA"]);
    expect(finds("gặp chị Nguyễn  Thị Hoa", OWNER)).toEqual(["owner_person:Nguyễn  Thị Hoa"]);
    expect(finds("xưởng ở số 12 đường Lý Anh Tông", OWNER)).toEqual(["owner_address:số 12 đường Lý Anh Tông"]);
    expect(finds("MST 9900000016", OWNER)).toEqual(["tax_code:9900000016"]);
    expect(finds("MST 99 0000 0016", OWNER)).toEqual(["tax_code:99 0000 0016"]);
    expect(finds("Cơ sở của thủy sản Bái Tử Long", null)).toEqual([]);
  });

  it.each([
    "Công suất 1.250.000 tấn/năm, QCVN 40:2011/BTNMT, áp suất 0,6 MPa, năm 2019 – 2024, 12345 giờ",
    "Kinh phí 1.250.000.000 đồng; 0,5 – 20 500 000 kWh; 0.05 mm; 20–35 °C; 380 V/50 Hz",
    "Sau hai ba năm, một tám hai hai; từ năm 2015; sáu bảy tám chín máy",
    "Phần mềm chạy trên Zalo và Facebook, tích hợp API; tệp cấu hình .NET; ISO 9001:2015; TCVN 7699-2-1",
    "Bể 100 m³, bơm 2 x 15 kW, pH 6,5–8,5, COD 1200–1500 mg/l, 03 ca/ngày, 0 – 10 bar",
    "Máy sấy 500 kg/mẻ, 0.8 kWh/kg, tỷ lệ hao hụt 0,35 %; mẫu số 2023-000123456",
  ])("leaves technical words alone: %s", (text) => expect(finds(text, OWNER)).toEqual([]));

  it("knows the place in the text as it was typed", () => {
    const text = "Nước thải chế biến. Đường dây nóng: 0912 345 678, xin cảm ơn Quý đơn vị đã đọc đến đây.";
    const [find] = findContacts(text, null);
    expect(find && text.slice(find.start, find.end)).toBe("0912 345 678");
    expect(find && excerptOf(text, find, 10)).toEqual({
      before: "… dây nóng: ",
      match: "0912 345 678",
      after: ", xin cảm  …",
    });
    // decomposed letters count as they are stored
    const nfd = text.normalize("NFD");
    const [same] = findContacts(nfd, null);
    expect(same && nfd.slice(same.start, same.end)).toBe("0912 345 678");
  });

  it("answers quickly for a very long text", () => {
    const start = performance.now();
    findContacts("0 1 2 3 a@ b. không chín ".repeat(2_000), OWNER);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
