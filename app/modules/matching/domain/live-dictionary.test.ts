import { afterEach, describe, expect, it } from "vitest";
import { anInputListing } from "../../../../tests/factories/matching";
import { checkEntry } from "./check-entry";
import { CONCEPTS } from "./dictionary";
import { ENGINE } from "./engine";
import { type Entry, FILE_KEYS, fileEntry, keyOf, layOver, liveEntry } from "./live-dictionary";
import { readListing } from "./read-listing";
import { readerOf, touchedForms } from "./touched-forms";

const entry = (over: Partial<Entry>): Entry => ({
  key: "new",
  active: true,
  kind: "product",
  source: "department",
  sectors: [],
  en: [],
  vi: ["gàu xúc zumba", "quạt đẩy lambada"],
  ...over,
});
const read = (title: string) => [...readListing(anInputListing({ title })).concepts.keys()];

afterEach(() => layOver([]));

describe("entries laid over the files", () => {
  it("every entry of the files has a key of its own", () => {
    expect(new Set(FILE_KEYS).size).toBe(CONCEPTS);
    expect(keyOf({ en: ["waste water"], vi: ["nước thải"] })).toBe("waste-water.nuoc-thai");
  });

  it("are found like those of the files, keep their number, and hide what they replace", () => {
    expect(read("Quạt đẩy lambada mới")).not.toContain(CONCEPTS);
    layOver([entry({})]);
    expect(read("Quạt đẩy lambada mới")).toContain(CONCEPTS);
    layOver([entry({ active: false }), entry({ key: "other", vi: ["tủ xoay tango", "kệ xoay tango"] })]);
    expect(read("Quạt đẩy lambada mới")).not.toContain(CONCEPTS);
    expect(read("Tủ xoay tango")).toContain(CONCEPTS + 1);

    const number = FILE_KEYS.indexOf("waste-water.nuoc-thai");
    expect(read("Xử lý nước thải")).toContain(number);
    const own = fileEntry("waste-water.nuoc-thai");
    if (!own) throw new Error("the entry has gone");
    layOver([{ ...own, active: false }]);
    expect(read("Xử lý nước thải")).not.toContain(number);
    expect(liveEntry(own.key)?.active).toBe(false);
    layOver([{ ...own, vi: [...own.vi, "nước bỏ đi"] }]);
    expect(read("Xử lý nước bỏ đi")).toContain(number);
    expect(read("Xử lý nước thải")).toContain(number);
  });

  it("a form is used once: not by two entries, but words alike without accents may mean two things", () => {
    expect(checkEntry(entry({ vi: ["nước thải", "gàu xúc zumba"] }))).toMatchObject([
      { code: "dictionary:error.used", side: "vi", params: { form: "nước thải" } },
    ]);
    expect(checkEntry(entry({ vi: ["nước thái", "gàu xúc zumba"] }))).toEqual([]);
    expect(checkEntry(fileEntry("waste-water.nuoc-thai") ?? entry({}))).toEqual([]);
  });
});

describe("what a change touches", () => {
  const names = (before: Entry | null, after: Entry) => touchedForms(before, after).map(({ text }) => text);

  it("is what came or went; all of it when the kind or the name changed", () => {
    const before = entry({});
    expect(names(null, before)).toEqual(before.vi);
    expect(names(before, entry({ vi: [...before.vi, "xe zumba"] }))).toEqual(["xe zumba"]);
    expect(names(before, entry({ source: "glossary" }))).toEqual([]);
    expect(names(before, entry({ kind: "general" }))).toEqual(before.vi);
    expect(names(before, entry({ active: false }))).toEqual(before.vi);
    expect(names(before, entry({ vi: ["quạt đẩy lambada", "xe zumba"] }))).toHaveLength(3);
  });

  it("finds who holds one of these forms", () => {
    const reader = readerOf(touchedForms(null, entry({})), ENGINE);
    const holds = (title: string) => readListing(anInputListing({ title }), reader).concepts.size > 0;
    expect(holds("Cần gàu xúc Zumba")).toBe(true);
    expect(holds("can quat day lambada")).toBe(true);
    expect(holds("Cần gàu múc")).toBe(false);
  });
});
