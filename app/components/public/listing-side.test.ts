import { expect, it } from "vitest";
import { webHost } from "./listing-side";

it("links only to web addresses", () => {
  expect(webHost("https://techport.vn/a?b=1")).toBe("techport.vn");
  expect(webHost("javascript:alert(1)")).toBeNull();
  expect(webHost("techport.vn")).toBeNull();
});
