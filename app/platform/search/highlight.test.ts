import { describe, expect, it } from "vitest";
import { excerpt, isMarked, mark } from "./highlight";

const marks = (text: string, query: string) => mark(text, query).filter((_, at) => at % 2 === 1);

describe("highlights", () => {
  it("marks words with and without accents, composed or not, where they stand", () => {
    expect(mark("Hệ thống xử lý nước thải mỏ", "xu ly nuoc thai")).toEqual(["Hệ thống ", "xử lý nước thải", " mỏ"]);
    expect(marks("Hệ thống xử lý".normalize("NFD"), "XỬ LÍ")).toEqual(["xử lý"]);
    expect(marks("Đập đất", "dap")).toEqual(["Đập"]);
    expect(marks("Sở KH&CN", "khcn")).toEqual(["KH&CN"]);
    expect(isMarked(mark("Máy gặt", "lúa"))).toBe(false);
  });

  it("marks whole words only, and small words not alone", () => {
    expect(marks("nướcmắm và nước", "nước và muối")).toEqual(["nước"]);
    expect(marks("và", "và")).toEqual(["và"]);
  });

  it("marks mistyped words", () => {
    expect(marks("Vật liệu composite", "compossite")).toEqual(["composite"]);
  });

  it("keeps every letter, markup included, as text", () => {
    const text = '<b>nước</b> & "thải"';
    expect(mark(text, "nuoc thai").join("")).toBe(text);
    expect(marks(text, "nuoc")).toEqual(["nước"]);
  });

  it("cuts a long text around the most of it", () => {
    const text = `${"Đầu tiên là phần mở đầu dài. ".repeat(20)}Màng lọc gốm tách asen khỏi nước ngầm. ${"Phần cuối. ".repeat(40)}`;
    const found = excerpt(text, "màng lọc asen") ?? [];
    expect(found.filter((_, at) => at % 2 === 1)).toEqual(["Màng lọc", "asen"]);
    expect(found[0]?.startsWith("… ")).toBe(true);
    expect(found.at(-1)?.endsWith(" …")).toBe(true);
    expect(found.join("").length).toBeLessThan(320);
    expect(excerpt(text, "laser")).toBeNull();
    expect(excerpt("Ngắn gọn", "ngan")).toEqual(["", "Ngắn", " gọn"]);
  });
});
