import { describe, expect, it } from "vitest";
import { exactForm, hasAccents, indexedText, queryTokens, tokenise } from "./tokens";

const folded = (text: string) => tokenise(text).map((token) => token.folded);

describe("tokens", () => {
  it("folds diacritics, đ, i/y and normal forms alike", () => {
    expect(folded("Xử lý – nước/thải ĐÔ THỊ")).toEqual(["xu", "li", "nuoc", "thai", "do", "thi"]);
    expect(folded("kĩ thuật")).toEqual(folded("kỹ thuật".normalize("NFD")));
    expect(folded("quý công ti")).toEqual(folded("quí công ty"));
  });

  it("keeps words apart by accents, wherever the tone mark stands", () => {
    expect(exactForm("hoà")).toBe(exactForm("hòa"));
    expect(new Set(["may", "máy", "mây", "mấy", "mày"].map(exactForm)).size).toBe(5);
    expect(exactForm("đất")).toMatch(/^[a-z0-9]+$/);
    expect(hasAccents(tokenise("nuoc thai"))).toBe(false);
    expect(hasAccents(tokenise("nuoc thải"))).toBe(true);
    expect(hasAccents(tokenise("ky su"))).toBe(false);
  });

  it("reads KH&CN as one word and writes abbreviations out, both ways", () => {
    expect(folded("Sở KH&CN, R & D, nước & thải")).toEqual(["so", "khcn", "rd", "nuoc", "thai"]);
    expect(indexedText("Sở KH&CN").folded).toBe("so khcn khoa hoc va cong nghe");
    expect(indexedText("khoa học và công nghệ").folded.split(" ")).toContain("khcn");
  });

  it("takes distinct words in their order, at most as many as asked", () => {
    expect(queryTokens("nước thải nước Thải máy", 10).map((token) => token.folded)).toEqual(["nuoc", "thai", "may"]);
    expect(queryTokens(Array.from({ length: 50 }, (_, i) => `t${i}`).join(" "), 10)).toHaveLength(10);
    expect(queryTokens("'\"&|!()\u0000", 10)).toEqual([]);
  });
});
