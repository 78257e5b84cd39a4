import { describe, expect, it } from "vitest";
import { isPersonName, readImportedOwner, withoutNames } from "./imported-owner";

describe("readImportedOwner", () => {
  it("keeps an organisation as it is written", () => {
    expect(readImportedOwner("Viện Nghiên cứu Hải sản (RIMF)", "viện nghiên cứu")).toMatchObject({
      name: "Viện Nghiên cứu Hải sản (RIMF)",
      typeText: "viện nghiên cứu",
      stated: true,
      asWritten: null,
      personNames: [],
    });
    expect(readImportedOwner("Trường ĐH Phạm Văn Đồng", "trường đại học").name).toBe("Trường ĐH Phạm Văn Đồng");
    expect(readImportedOwner("Nguyen Tat Thanh University", "trường đại học").name).toBe("Nguyen Tat Thanh University");
  });
  it("takes the first of several and keeps the whole as a note", () => {
    expect(readImportedOwner("STP Group; Viện Nghiên cứu Nuôi trồng Thuỷ sản I", "doanh nghiệp")).toMatchObject({
      name: "STP Group",
      asWritten: "STP Group; Viện Nghiên cứu Nuôi trồng Thuỷ sản I",
    });
  });
  it("does not name a private person, whatever stands beside the name", () => {
    for (const [text, person] of [
      ["Phạm Minh Thành", "Phạm Minh Thành"],
      ["Nguyễn Văn Xưởng", "Nguyễn Văn Xưởng"],
      ["Nguyễn Văn Rô (Tư Rô)", "Tư Rô"],
      ["Trương Công Hoàng – ĐH Công nghiệp TP.HCM", "Trương Công Hoàng"],
      ["Ngô Thái Nguyên (HKM)", "Ngô Thái Nguyên"],
    ] as const) {
      const owner = readImportedOwner(text, "cá nhân");
      expect(owner, text).toMatchObject({ name: null, typeText: "cá nhân", stated: true, asWritten: null });
      expect(owner.personNames, text).toContain(person);
    }
  });
  it("finds people where the source says organisation", () => {
    expect(readImportedOwner("Nhóm Dương Hữu Hoàng", "startup")).toMatchObject({ name: null, typeText: "cá nhân" });
    expect(readImportedOwner("Cồ Thị Thuỳ Vân, Trần Liên Hà, Nguyễn Văn Minh", "viện nghiên cứu")).toMatchObject({
      name: null,
      asWritten: null,
    });
    expect(readImportedOwner("Công ty CP Công nghệ sinh học (Lê Văn Tri)", "doanh nghiệp").name).toBe(
      "Công ty CP Công nghệ sinh học",
    );
    expect(readImportedOwner("Ngo Tri Duong (Hanoi University of Agriculture)", "trường đại học").name).toBe(
      "Hanoi University of Agriculture",
    );
    expect(readImportedOwner("Công ty A; TS. Nguyễn Văn B", "doanh nghiệp")).toMatchObject({ asWritten: null });
  });
  it("is not stated when the source only says who reported it", () => {
    expect(readImportedOwner("Nhóm nghiên cứu (Tạp chí Người Nuôi Tôm giới thiệu)", "trường đại học")).toMatchObject({
      name: null,
      typeText: null,
      stated: false,
    });
    expect(readImportedOwner(null, null)).toMatchObject({ name: null, stated: false });
  });
});

describe("isPersonName", () => {
  it("tells people from places and organisations", () => {
    for (const name of ["Nguyễn Văn Cường", "PGS.TS Trần Liên Hà", "ông Liêm", "Huỳnh Ngọc Thái Anh"])
      expect(isPersonName(name), name).toBe(true);
    for (const name of [
      "Hà Nội",
      "Thái Bình Dương",
      "Lạc Việt",
      "Viện Cơ điện",
      "Tập đoàn Lộc Trời",
      "STP Group",
      "xử lý nước",
    ])
      expect(isPersonName(name), name).toBe(false);
  });
});

describe("withoutNames", () => {
  const names = ["Hà Văn Hồng"];
  it("puts the author in the name's place, or drops it where it only hangs on", () => {
    expect(withoutNames("Máy bừa điều khiển từ xa của anh Hà Văn Hồng", names, "vi")).toBe(
      "Máy bừa điều khiển từ xa của tác giả",
    );
    expect(withoutNames("Hà Văn Hồng (Văn Chấn) chế tạo máy bừa. Anh Hồng bán 10 máy.", names, "vi")).toBe(
      "Tác giả (Văn Chấn) chế tạo máy bừa. Tác giả bán 10 máy.",
    );
    expect(withoutNames("Máy bừa Hà Văn Hồng", names, "vi")).toBe("Máy bừa");
    expect(withoutNames("Máy bừa (Hà Văn Hồng)", names, "vi")).toBe("Máy bừa");
    expect(withoutNames("A harrow built by Hà Văn Hồng", names, "en")).toBe("A harrow built by the author");
  });
  it("leaves words alone that only look alike, and texts without a name untouched", () => {
    expect(withoutNames("Sông Hồng  có hoa hồng", names, "vi")).toBe("Sông Hồng  có hoa hồng");
    expect(withoutNames("Hà Văn Hồngg", names, "vi")).toBe("Hà Văn Hồngg");
  });
});
