import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import type { SearchDocument, SearchFilter, SearchPort, SearchRequest } from "~/platform/ports/search";
import { noFacets } from "~/platform/search/facets";
import { type Bench, searchAdapters } from "./adapters";
import { searchDocument } from "./documents";

const everyone: SearchFilter = { visibilities: ["public", "blind"] };

for (const adapter of searchAdapters) {
  describe.skipIf(!adapter.atHand)(`search contract on ${adapter.name}`, () => {
    let bench: Bench;
    let port: SearchPort;

    beforeAll(async () => {
      bench = await adapter.start();
    });
    afterAll(async () => bench?.close());
    beforeEach(async () => {
      port = bench.open(`t${randomUUID().replaceAll("-", "").slice(0, 12)}_`);
      await port.prepare();
    });

    const ask = (text: string, more: Partial<SearchRequest> = {}) =>
      port.search({ text, filter: everyone, sort: "relevance", offset: 0, limit: 20, ...more });
    const ids = async (text: string, more: Partial<SearchRequest> = {}) =>
      (await ask(text, more)).hits.map((hit) => hit.id);
    const load = async (...facts: Partial<SearchDocument>[]) => {
      const docs = facts.map((fact) => searchDocument(fact));
      await port.upsert(docs);
      return docs.map((doc) => doc.id);
    };

    it("prepares twice without harm and is empty at first", async () => {
      await port.prepare();
      expect(await ask("")).toEqual({
        hits: [],
        total: 0,
        capped: false,
        loose: false,
        facets: noFacets(),
      });
      expect(await ask("nước thải")).toMatchObject({ hits: [], total: 0 });
    });

    it("finds accented words by unaccented ones, whatever the normal form, with đ as d", async () => {
      const [a] = await load(
        { title: "Xử lý nước thải dệt nhuộm bằng điện hóa".normalize("NFD") },
        { title: "Lò sấy nông sản" },
      );
      expect(await ids("xu ly nuoc thai det nhuom")).toEqual([a]);
      expect(await ids("xử lý nước thải".normalize("NFC"))).toEqual([a]);
      expect(await ids("xử lý nước thải".normalize("NFD"))).toEqual([a]);
      expect(await ids("dien hoa")).toEqual([a]);
      expect(await ids("ĐIỆN HOÁ")).toEqual([a]);
      expect(await ids("xử lí")).toEqual([a]);
    });

    it("ranks words written exactly as typed above words that only fold to the same", async () => {
      const [may, may2, may3] = await load(
        { title: "Mây tre đan" },
        { title: "Máy tre đan" },
        { title: "May tre đan" },
      );
      expect((await ids("máy"))[0]).toBe(may2);
      expect((await ids("mây tre"))[0]).toBe(may);
      expect((await ids("máy")).sort()).toEqual([may, may2, may3].sort());
    });

    it("forgives a typing mistake in a long word of the title", async () => {
      const [a] = await load({ title: "Vật liệu composite gia cường" }, { title: "Giống lúa chịu mặn" });
      expect(await ids("compossite")).toEqual([a]);
      expect((await ids("vat lieu compsite"))[0]).toBe(a);
    });

    it("wants all words first and falls back to most of them", async () => {
      const [both, one] = await load({ title: "Máy sấy hải sản bơm nhiệt" }, { title: "Máy sấy gỗ" });
      expect(await ids("máy sấy hải sản")).toEqual([both]);
      const loose = await ids("máy sấy hải sản laser");
      expect(loose[0]).toBe(both);
      expect(await ids("laser quang học")).not.toContain(one);
    });

    it("reads abbreviations both ways", async () => {
      const [short, long] = await load(
        { title: "Dịch vụ KH&CN cho doanh nghiệp" },
        { title: "Tư vấn khoa học và công nghệ" },
      );
      expect((await ids("KH&CN")).sort()).toEqual([short, long].sort());
      expect((await ids("khoa học và công nghệ")).sort()).toEqual([short, long].sort());
      const [plant] = await load({ title: "Hệ thống xử lý nước thải hải sản" });
      expect(await ids("XLNT hải sản")).toEqual([plant]);
    });

    it("looks into the body, the keywords, the other language's title, the organisation and the reference", async () => {
      const [a] = await load(
        {
          body: "Màng lọc gốm",
          keywords: ["asen"],
          titleOther: "Arsenic filter",
          organisation: "Viện Hoá học",
          reference: "CN-22-2026-000777",
        },
        { title: "Khác" },
      );
      for (const text of ["mang loc gom", "asen", "arsenic", "viện hóa học", "CN-22-2026-000777"])
        expect(await ids(text)).toEqual([a]);
    });

    it("filters by kind, sector, field and province, and counts facets over what is found", async () => {
      const [a, b, c] = await load(
        { title: "Sấy tôm", sectors: ["NNC-01", "CCT-02"], province: "22" },
        { title: "Sấy mực", sectors: ["NNC-02"], province: "31" },
        { title: "Sấy cá", kind: "need", sectors: ["NNC-01"], province: null },
      );
      const found = await ask("sấy");
      expect(found.total).toBe(3);
      expect(found.facets).toMatchObject({
        kinds: { offering: 2, need: 1 },
        fields: { NNC: 3, CCT: 1 },
        sectors: { "NNC-01": 2, "NNC-02": 1, "CCT-02": 1 },
        provinces: { "22": 1, "31": 1 },
      });
      const narrowed = await ask("sấy", { filter: { ...everyone, kind: "offering", sectors: ["NNC"] } });
      expect(narrowed.facets.kinds, "the other kind can still be chosen").toEqual({ offering: 2, need: 1 });
      expect(narrowed.facets.sectors, "and the other sectors").toEqual({ "NNC-01": 1, "NNC-02": 1, "CCT-02": 1 });
      expect(narrowed.hits.map((hit) => hit.id).sort()).toEqual([a, b].sort());
      expect(narrowed.facets.provinces).toEqual({ "22": 1, "31": 1 });
      expect(await ids("", { filter: { ...everyone, sectors: ["NNC-01", "CCT-02"] } })).toHaveLength(2);
      expect(await ids("", { filter: { ...everyone, province: "31" } })).toEqual([b]);
      expect(await ids("", { filter: { ...everyone, kind: "need" } })).toEqual([c]);
    });

    it("filters and counts by readiness, protection, price, form, right and freshness", async () => {
      const day = (number: number) => Date.UTC(2026, 9, number, 17);
      const [cheap, dear, unstated] = await load(
        {
          trl: 9,
          ip: ["granted"],
          price: 90_000_000,
          forms: ["standalone"],
          rights: ["assignment"],
          marks: ["challenge"],
          publishedAt: day(30),
        },
        {
          trl: 4,
          ip: ["pending"],
          price: 2_000_000_000,
          forms: ["standalone", "franchise"],
          publishedAt: day(20) - 1,
        },
        { trl: null, price: null, publishedAt: day(20) },
      );
      const freshSince = { week: day(24), month: day(1), day20: day(20) };
      const found = await ask("", { freshSince });
      expect(found.facets).toMatchObject({
        trl: { "7-9": 1, "4-6": 1 },
        ip: { granted: 1, pending: 1 },
        prices: { "0-100m": 1, "1b-5b": 1 },
        forms: { standalone: 2, franchise: 1 },
        rights: { assignment: 1 },
        marks: { challenge: 1 },
        freshness: { week: 1, month: 3, day20: 2 },
      });
      const by = async (filter: Partial<SearchFilter>) =>
        (await ids("công nghệ", { filter: { ...everyone, ...filter } })).sort();
      expect(await by({ trl: ["7-9"] })).toEqual([cheap]);
      expect(await by({ trl: ["7-9", "4-6"] })).toEqual([cheap, dear].sort());
      expect(await by({ ip: ["pending"] })).toEqual([dear]);
      expect(await by({ prices: ["0-100m"], forms: ["standalone"] })).toEqual([cheap]);
      expect(await by({ forms: ["franchise"], rights: ["assignment"] })).toEqual([]);
      expect(await by({ rights: ["assignment"] })).toEqual([cheap]);
      expect(await by({ marks: ["challenge"] })).toEqual([cheap]);
      expect(await by({ since: day(20) })).toEqual([cheap, unstated].sort());
      expect(await by({ trl: [], prices: [] })).toHaveLength(3);
      const narrowed = await ask("công nghệ", { filter: { ...everyone, trl: ["7-9"] }, freshSince });
      expect(narrowed.facets.trl).toEqual({ "7-9": 1, "4-6": 1 });
      expect(narrowed.facets.prices).toEqual({ "0-100m": 1 });
      expect(narrowed.facets.freshness).toEqual({ week: 1, month: 1, day20: 1 });
      const fresh = await ask("", { filter: { ...everyone, since: day(24) }, freshSince });
      expect(fresh.total).toBe(1);
      expect(fresh.facets.freshness).toEqual({ week: 1, month: 3, day20: 2 });
    });

    it("sorts by price, what states none last and newest first", async () => {
      const [b, a, old, young] = await load(
        { price: 300, publishedAt: 4 },
        { price: 20, publishedAt: 3 },
        { price: null, publishedAt: 1 },
        { price: null, publishedAt: 2 },
      );
      for (const text of ["", "công nghệ"]) {
        expect(await ids(text, { sort: "price" })).toEqual([a, b, young, old]);
        expect(await ids(text, { sort: "price", offset: 1, limit: 2 })).toEqual([b, young]);
      }
    });

    it("finds by other names of the same thing, after what says so itself", async () => {
      const [named, said] = await load(
        {
          title: "Xử lý nước thải mạ",
          body: "Cho xưởng mạ.",
          synonyms: ["wastewater treatment", "sewage treatment"],
          publishedAt: 2,
        },
        { title: "Wastewater treatment plant", body: "Turnkey.", publishedAt: 1 },
        { title: "Treatment of wood" },
      );
      expect(await ids("wastewater treatment")).toEqual([said, named]);
      expect(await ids("sewage treatment")).toEqual([named]);
    });

    it("says when it found less than all the words, or words spelt alike", async () => {
      const [a] = await load({ title: "Máy sấy", body: "Bơm nhiệt dùng môi chất propane." }, { title: "Giống lúa" });
      expect(await ask("bơm nhiệt")).toMatchObject({ loose: false, total: 1 });
      expect(await ask("máy sấy bơm laser")).toMatchObject({ loose: true, hits: [{ id: a }] });
      // a mistake in a word of the body, alone and among others; letters swapped, left out, put in
      for (const text of ["propnae", "bơm propan", "proppane"]) expect(await ids(text), text).toEqual([a]);
      expect(await ids("polyme")).toEqual([]);
      expect(await ask("zzzzz")).toMatchObject({ loose: false, total: 0 });
    });

    it("completes an unfinished word by titles", async () => {
      const [a, b, hidden] = await load(
        { title: "Xử lý nước thải dệt nhuộm", publishedAt: 1 },
        { title: "Xử lý khí thải", body: "nước", publishedAt: 2 },
        { title: "Xử lý nước ngầm", visibility: "brokers" },
      );
      const complete = async (text: string, filter = everyone) =>
        (await port.complete(text, filter, 5)).map((hit) => hit.id);
      expect(await complete("xu l")).toEqual([]);
      expect(await complete("xử lý")).toEqual([b, a]);
      expect(await complete("nuoc th")).toEqual([a]);
      expect(await complete("nước", { visibilities: ["public", "brokers"] })).toEqual(
        expect.arrayContaining([a, hidden]),
      );
      expect(await complete("x")).toEqual([]);
      expect(await complete("'&|!:*")).toEqual([]);
      expect(await port.complete("xử lý", everyone, 1)).toHaveLength(1);
    });

    it("shows only the visibilities asked for", async () => {
      const [open, blind, hidden] = await load(
        { title: "Tháp làm mát" },
        { title: "Tháp làm mát kín", visibility: "blind", ownerKey: null },
        { title: "Tháp làm mát riêng", visibility: "brokers" },
      );
      expect(await ids("tháp làm mát", { filter: { visibilities: ["public"] } })).toEqual([open]);
      expect((await ids("", { filter: { visibilities: ["public", "blind"] } })).sort()).toEqual([open, blind].sort());
      expect(await ids("riêng", { filter: { visibilities: ["public", "blind", "brokers", "invited"] } })).toEqual([
        hidden,
      ]);
      expect(await ask("tháp", { filter: { visibilities: [] } })).toMatchObject({ total: 0, hits: [] });
    });

    it("pages without loss or repetition and keeps the total", async () => {
      const all = await load(
        ...Array.from({ length: 23 }, (_, i) => ({ title: `Bơm chìm số ${i}`, publishedAt: Date.UTC(2026, 0, 1 + i) })),
      );
      for (const sort of ["relevance", "newest"] as const) {
        for (const text of ["bơm chìm", ""]) {
          const pages = await Promise.all([0, 10, 20, 30].map((offset) => ask(text, { offset, limit: 10, sort })));
          expect(pages.map((page) => page.total)).toEqual([23, 23, 23, 23]);
          expect(pages.map((page) => page.hits.length)).toEqual([10, 10, 3, 0]);
          expect(new Set(pages.flatMap((page) => page.hits.map((hit) => hit.id))).size).toBe(23);
        }
      }
      expect(await ids("bơm chìm", { sort: "newest", limit: 3 })).toEqual(all.slice(-3).reverse());
    });

    it("browses the newest first when nothing was typed", async () => {
      const [old, young] = await load({ publishedAt: Date.UTC(2025, 0, 1) }, { publishedAt: Date.UTC(2026, 0, 1) });
      expect(await ids("")).toEqual([young, old]);
      expect(await ids("   ")).toEqual([young, old]);
      expect(await ids("", { sort: "newest" })).toEqual([young, old]);
    });

    it("ignores a late write that is older, and takes one that is newer or the same", async () => {
      const doc = searchDocument({ rowVersion: 5, title: "Phiên bản năm" });
      await port.upsert([doc]);
      await port.upsert([{ ...doc, rowVersion: 4, title: "Phiên bản bốn" }]);
      expect(await ids("bốn")).toEqual([]);
      expect(await ids("năm")).toEqual([doc.id]);
      await port.upsert([{ ...doc, rowVersion: 5, title: "Phiên bản năm sửa" }]);
      expect(await ids("năm sửa")).toEqual([doc.id]);
      await port.upsert([{ ...doc, rowVersion: 6, title: "Phiên bản sáu" }]);
      expect(await ids("sáu")).toEqual([doc.id]);
      expect((await ask("")).total).toBe(1);
    });

    it("keeps the highest of versions written at once, in any order", async () => {
      const doc = searchDocument();
      const versions = [3, 9, 1, 7, 5, 2, 8, 4, 6];
      await Promise.all(
        versions.map((rowVersion) =>
          port.upsert([{ ...doc, rowVersion, title: `Bản ${"abcdefghi"[rowVersion - 1]}x` }]),
        ),
      );
      expect(await ids("ix")).toEqual([doc.id]);
      expect((await ask("bản")).total).toBe(1);
      await port.upsert([
        { ...doc, rowVersion: 11, title: "Bản mới" },
        { ...doc, rowVersion: 10, title: "Bản cũ" },
      ]);
      expect(await ids("mới")).toEqual([doc.id]);
    });

    it("removes, and leaves a tombstone that a late older write does not lift", async () => {
      const doc = searchDocument({ rowVersion: 2, title: "Sẽ bị gỡ" });
      await port.upsert([doc]);
      await port.remove([{ id: doc.id, rowVersion: 1 }]);
      expect(await ids("gỡ")).toEqual([doc.id]);
      await port.remove([{ id: doc.id, rowVersion: 3 }]);
      expect((await ask("")).total).toBe(0);
      await port.upsert([doc]);
      expect((await ask("")).total).toBe(0);
      await port.upsert([{ ...doc, rowVersion: 4 }]);
      expect(await ids("gỡ")).toEqual([doc.id]);
      const never = newId();
      await port.remove([{ id: never, rowVersion: 7 }]);
      await port.upsert([searchDocument({ id: never, rowVersion: 6 })]);
      expect((await ask("")).total).toBe(1);
    });

    it("gives candidates: one ordered list per query, within the filter", async () => {
      const owner = newId();
      const [best, some, other, own, need] = await load(
        { title: "Màng lọc nước thải chế biến thủy sản", sectors: ["TNM-01"], publishedAt: 3 },
        { title: "Thiết bị tách bụi", body: "dùng màng lọc", sectors: ["TNM-02"], publishedAt: 2 },
        { title: "Máy gặt", sectors: ["NNC-01"], publishedAt: 1 },
        { title: "Xử lý nước thải của chính mình", ownerKey: owner },
        { title: "Cần xử lý nước thải", kind: "need" },
      );
      const lists = await port.candidates(
        [
          // the commonest words are the first that a candidate may lack
          { label: "phrase", text: "màng lọc nước thải", limit: 10 },
          { label: "sector", sectors: ["NNC"], limit: 10 },
          { label: "both", text: "màng lọc", sectors: ["TNM-02"], limit: 10 },
          { label: "none", text: "", limit: 10 },
          { label: "few", text: "nước thải", limit: 1 },
        ],
        { visibilities: ["public"], kind: "offering", excludeOwnerKey: owner },
      );
      expect(lists).toHaveLength(5);
      const found = lists.map((list) => list.map((hit) => hit.id));
      expect(found[0]?.[0]).toBe(best);
      expect(found[0]).toContain(some);
      expect(found.flat()).not.toContain(own);
      expect(found.flat()).not.toContain(need);
      expect(found[1]).toEqual([other]);
      expect(found[2]).toEqual([some]);
      expect(found[3]).toEqual([]);
      expect(found[4]).toHaveLength(1);
      for (const list of lists)
        expect(list.map((hit) => hit.score)).toEqual([...list.map((hit) => hit.score)].sort((a, b) => b - a));
      expect(await port.candidates([], everyone)).toEqual([]);
    });

    it("excludes one owner and keeps documents whose owner is hidden", async () => {
      const owner = newId();
      const [, theirs, blind] = await load(
        { ownerKey: owner },
        { ownerKey: newId() },
        { ownerKey: null, visibility: "blind" },
      );
      const found = await ids("", { filter: { ...everyone, excludeOwnerKey: owner } });
      expect(found.sort()).toEqual([theirs, blind].sort());
    });

    it("takes hostile input for what it is: words", async () => {
      const [a] = await load({ title: "Nước thải & khí thải" }, { title: "Mồi nhử", visibility: "brokers" });
      for (const text of [
        '"nước thải"',
        "-nước thải",
        "nước & !thải | (khí",
        "nước:* <-> thải",
        "nước' OR '1'='1",
        "nước'; DROP TABLE listing; --",
        "nước\\ thải\u0000",
        "*nước* thải",
        "nước thải “”‘’",
        "<script>nước thải</script>",
      ]) {
        const found = await ids(text);
        expect(
          found.filter((id) => id !== a),
          text,
        ).toEqual([]);
      }
      expect(await ids('"nước thải"')).toEqual([a]);
      expect(await ids("nước & thải")).toEqual([a]);
      for (const text of ["''''", "&|!()", '"', "\\", "%%%", "____", "🙂🙂", "\u0000"])
        expect(await ids(text)).toEqual([]);
      await expect(ids("nước ".repeat(1_000))).resolves.toEqual([a]);
      await expect(ids("x".repeat(5_000))).resolves.toEqual([]);
      await expect(ids(Array.from({ length: 1_000 }, (_, i) => `w${i}`).join(" "))).resolves.toEqual([]);
      const injected = {
        visibilities: ["public"] as SearchDocument["visibility"][],
        province: `22" OR visibility = "brokers`,
      };
      expect(await ids("", { filter: injected })).toEqual([]);
      expect(await ids("", { filter: { ...injected, province: "22' OR 'a'='a" } })).toEqual([]);
      expect(
        await ids("", { filter: { visibilities: ["public"], sectors: ['x"] OR visibility = "brokers', "y'}\\"] } }),
      ).toEqual([]);
      expect(
        await ids("", { filter: { visibilities: ["public"], excludeOwnerKey: 'a" OR kind EXISTS OR id = "b\\' } }),
      ).toEqual([a]);
      await port.upsert([
        searchDocument({ title: "\u0000'; DELETE \"", body: "{{x}} ".repeat(30_000), keywords: ["\\", '"'] }),
      ]);
      expect(await ids("delete")).toHaveLength(1);
    });
  });
}
