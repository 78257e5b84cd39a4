import { describe, expect, it } from "vitest";
import { passwordProblem } from "./passwords";

describe("passwords", () => {
  it.each(["ngan2026!", "", "đườngphố"])("is too short: %s", (password) => {
    expect(passwordProblem(password)).toBe("short");
  });

  it.each([
    "Password123",
    "matkhau123",
    "Mật khẩu 123",
    "1234567890",
    "qwertyuiop",
    "QuangNinh2026",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "abcdefghijkl",
    "anhyeuem123",
    "1q2w3e4r5t",
    "P@ssw0rd!!",
    "0987654321",
  ])("is one that everybody tries: %s", (password) => {
    expect(passwordProblem(password)).toBe("common");
  });

  it("is the person's own name or address", () => {
    const own = { email: "thanhha.tran@example.vn", fullName: "Trần Thanh Hà" };
    expect(passwordProblem("thanhhatran1", own)).toBe("common");
    expect(passwordProblem("Trần Thanh Hà 1", own)).toBe("common");
    expect(passwordProblem("thanhha.tran@example.vn", own)).toBe("common");
  });

  it.each(["Cungcau-demo-2026", "con cò bay lả bay la", "tR4m-biến_áp", "xử lý nước thải mỏ"])(
    "will do: %s",
    (password) => {
      expect(passwordProblem(password)).toBeNull();
    },
  );

  it("ends somewhere", () => {
    expect(passwordProblem("xé".repeat(150))).toBe("long");
  });
});
