import { expect, it } from "vitest";
import { anInputListing } from "../../../../tests/factories/matching";
import type { InputText } from "./listing-input";
import { readListing } from "./read-listing";

const saying = (kind: "need" | "offering", words: Partial<InputText>) => {
  const listing = anInputListing({ kind, title: "x" });
  return readListing({ ...listing, texts: listing.texts.map((text) => ({ ...text, ...words })) });
};

it("reads what a need's author tried and how an offering works as part of the body", () => {
  const need = saying("need", { tried: "Đã thử keo tụ bằng phèn nhôm." });
  const offering = saying("offering", { principle: "Keo tụ điện hóa với điện cực sắt." });
  expect(need.terms.get("keo tu")?.weight).toBe(1);
  expect(offering.terms.get("dien cuc")?.weight).toBe(1);
  expect(offering.terms.get("keo tu")?.inTitle).toBe(false);
});
