import { expect, it } from "vitest";
import { anInputListing } from "../../../../tests/factories/matching";
import { elementsOf, listingElements, sharedElements } from "./elements";
import { readListing } from "./read-listing";

const read = (kind: "need" | "offering", title: string, body?: string) =>
  readListing(anInputListing({ kind, title, ...(body === undefined ? {} : { body }) }));
const named = (title: string, body?: string) =>
  elementsOf(read("need", title, body)).map(({ element, phrase }) => `${element}: ${phrase}`);

it("names what the dictionary knows, the longest term at each place", () => {
  const found = named("Xử lý nước thải mỏ than hầm lò");
  expect(found.some((one) => one.endsWith(": nước"))).toBe(false);
  expect(found.some((one) => one.includes("nước thải"))).toBe(true);
});

it("takes what it does not know from the words around it, up to a word of grammar", () => {
  const found = named(
    "Lò gốm",
    "Giảm tiêu hao than cám và nâng cao chất lượng men. Nung bằng phương pháp hồng ngoại xa.",
  );
  expect(found).toContain("efficacy: Giảm tiêu hao than cám");
  expect(found).toContain("method: hồng ngoại xa");
});

it("does not take a Vietnamese word for an English one that has its letters", () => {
  const bun = elementsOf(read("offering", "Ép bùn thải", "Bùn thải của nhà máy."));
  for (const { phrase } of bun) expect(phrase.toLowerCase()).not.toBe("bun");
  // "gas" is English, "gạs" is nothing
  expect(named("Lò đốt gạs", "Đốt bằng gạs hóa lỏng.").some((one) => /gạs$/.test(one))).toBe(false);
});

it("finds what both name, also in the other language, each under its element", () => {
  const need = read("need", "Xử lý nước thải bằng màng lọc", "Giảm tiêu hao than cám.");
  const offering = read("offering", "Wastewater treatment by membranes", "Giảm tiêu hao than cám cho lò hơi.");
  const shared = sharedElements(need, offering);
  expect(shared).toContainEqual(expect.objectContaining({ phrase: expect.stringMatching(/nước thải/i) }));
  expect(shared.find(({ phrase }) => /nước thải/i.test(phrase))?.other).toMatch(/wastewater/i);
  expect(shared).toContainEqual({ element: "efficacy", phrase: "Giảm tiêu hao than cám", other: null });
  expect(sharedElements(need, read("offering", "Máy may công nghiệp"))).toEqual([]);
  // the same readings give the same answer
  expect(sharedElements(need, offering)).toEqual(shared);
});

it("tells of a listing what it names, without phrases that stand within others", () => {
  const own = listingElements(read("offering", "Thiết bị sấy bơm nhiệt", "Giảm tiêu hao than cám. Giảm tiêu hao."));
  expect(own.efficacy).toContain("Giảm tiêu hao than cám");
  expect(own.efficacy).not.toContain("Giảm tiêu hao");
});
