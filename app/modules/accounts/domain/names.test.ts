import { describe, expect, it } from "vitest";
import { nameKey } from "./names";

describe("nameKey", () => {
  it("brings likely duplicates together", () => {
    const key = nameKey("Công ty TNHH MTV Môi trường – TKV");
    expect(key).toBe("moi truong tkv");
    expect(nameKey("CTY Môi Trường TKV")).toBe(key);
    expect(nameKey("CONG TY TNHH  MOI TRUONG-TKV")).toBe(key);
    expect(nameKey("Công ty Cổ phần Môi trường TKV")).toBe(key);
  });

  it("never becomes empty", () => {
    expect(nameKey("Viện")).toBe("vien");
    expect(nameKey("Trường Đại học Hạ Long")).toBe("ha long");
  });
});
