import { describe, expect, it } from "vitest";
import { safeNext } from "./next-path";

describe("safeNext", () => {
  it.each(["/home", "/my/listings/new?kind=need", "/listings/NC-22-2026-000123#lien-he", "/search?q=x%20y"])(
    "keeps %s",
    (next) => {
      expect(safeNext(next)).toBe(next);
    },
  );

  it.each([
    null,
    undefined,
    "",
    "home",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
    "/sign-out",
    `/${"x".repeat(600)}`,
    "/ /evil.example",
    "/..//evil.example/\n",
  ])("refuses %j", (next) => {
    expect(safeNext(next)).toBe("/home");
  });

  it("cannot be led away by dots", () => {
    expect(safeNext("/x/..//evil.example")).not.toMatch(/^\/\//);
  });
});
