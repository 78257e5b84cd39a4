import { expect, it } from "vitest";
import type { InputListing } from "./listing-input";
import { otherNames } from "./other-names";

const listing = (title: string, more: Partial<InputListing> = {}): InputListing => ({
  id: "x",
  kind: "offering",
  sectorCodes: [],
  lines: [],
  trl: null,
  needTypes: [],
  forms: [],
  rights: [],
  moneyMin: null,
  moneyMax: null,
  ipStatus: null,
  provinceCode: null,
  publishedAt: new Date(0),
  texts: [
    {
      title,
      summary: null,
      description: null,
      currentTechnology: null,
      problemSolved: null,
      tried: null,
      principle: null,
      advantages: null,
      standards: null,
    },
  ],
  keywords: [],
  sectorText: null,
  ...more,
});

it("names things in the other language and by their other names, and does not repeat the text", () => {
  const vietnamese = otherNames(listing("Xử lý nước thải mỏ than"));
  expect(vietnamese.some((name) => /waste\s?water/i.test(name))).toBe(true);
  expect(vietnamese).not.toContain("xử lý nước thải");
  expect(otherNames(listing("Wastewater treatment by membranes")).some((name) => name.includes("nước thải"))).toBe(
    true,
  );
  expect(otherNames(listing("abc xyz"))).toEqual([]);
});

it("stays short however much a listing speaks of", () => {
  const words =
    "xử lý nước thải, năng lượng mặt trời, in 3D, lúa, hạt giống, cà phê, thép, bê tông, vắc xin, máy bay không người lái, ";
  expect(otherNames(listing(words.repeat(30))).length).toBeLessThanOrEqual(60);
});
