import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type RebuildSource,
  RebuildTakenOver,
  type SearchDocument,
  type SearchFilter,
  type SearchPort,
} from "~/platform/ports/search";
import { type Bench, searchAdapters } from "./adapters";
import { searchDocument } from "./documents";

const everyone: SearchFilter = { visibilities: ["public", "blind"] };
const newPrefix = () => `t${randomUUID().replaceAll("-", "").slice(0, 12)}_`;

/** Listings as a database holds them: what a rebuild asked for, and where it is to break off. */
function shelfOf(held: SearchDocument[], batch = 2) {
  const shelf = {
    held: [...held],
    asked: [] as (string | null)[],
    /** runs before this batch is handed out; what it throws breaks the rebuild off */
    before: (_batch: number): Promise<void> | void => {},
  };
  const source = (shape = "1"): RebuildSource => ({
    shape,
    async *documents(after) {
      shelf.asked.push(after);
      const rest = shelf.held.filter(({ id }) => after === null || id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (let at = 0; at < rest.length; at += batch) {
        await shelf.before(at / batch);
        yield rest.slice(at, at + batch);
      }
      await shelf.before(Math.ceil(rest.length / batch));
    },
    held: async (ids) => ids.filter((id) => shelf.held.some((doc) => doc.id === id)),
  });
  return { shelf, source };
}

const breaksAt = (place: number) => (batch: number) => {
  if (batch === place) throw new Error("broken off");
};

for (const adapter of searchAdapters) {
  describe.skipIf(!adapter.atHand)(`rebuilding the search index on ${adapter.name}`, () => {
    let bench: Bench;
    let port: SearchPort;

    beforeAll(async () => {
      bench = await adapter.start();
    });
    afterAll(async () => bench?.close());
    beforeEach(async () => {
      port = bench.open(newPrefix());
      await port.prepare();
    });

    const ask = (text: string, of = port) =>
      of.search({ text, filter: everyone, sort: "relevance", offset: 0, limit: 50 });
    const ids = async (text: string, of = port) => (await ask(text, of)).hits.map((hit) => hit.id).sort();
    const idsOf = (docs: SearchDocument[]) => docs.map((doc) => doc.id).sort();
    /** Listings with ids that grow, as an app's ids do. */
    const some = (count: number) =>
      Array.from({ length: count }, (_, at) => searchDocument({ title: `Tin số ${at}`, rowVersion: 2 })).sort((a, b) =>
        a.id < b.id ? -1 : 1,
      );
    /** What everybody finds is what an index finds that was built from nothing. */
    async function isWhole(docs: SearchDocument[]): Promise<void> {
      const other = bench.open(newPrefix());
      await other.prepare();
      await other.rebuild(shelfOf(docs).source());
      for (const text of ["", "tin số", "giữa chừng", "bản cũ"]) {
        const [found, wanted] = [await ask(text), await ask(text, other)];
        expect({ ...found, hits: found.hits.map((hit) => hit.id).sort() }, text).toEqual({
          ...wanted,
          hits: wanted.hits.map((hit) => hit.id).sort(),
        });
      }
    }

    it("goes on while others write: nothing lost, nothing brought back, readers never see it half done", async () => {
      const kept = some(6);
      const stale = searchDocument({ title: "Không còn trong nguồn", rowVersion: 2 });
      const removed = searchDocument({ title: "Gỡ trước khi dựng lại", rowVersion: 2 });
      const [first, second] = kept as [SearchDocument, SearchDocument];
      await port.upsert([...kept, stale, removed]);
      await port.remove([{ id: removed.id, rowVersion: 3 }]);
      const during = searchDocument({ title: "Đăng trong lúc dựng", rowVersion: 1 });
      const seen: number[] = [];
      const { shelf, source } = shelfOf(kept, 3);
      shelf.before = async (batch) => {
        seen.push((await ask("")).total);
        if (batch !== 1) return;
        await port.upsert([during, { ...first, rowVersion: 3, title: "Tin số một bản mới" }]);
        await port.remove([{ id: second.id, rowVersion: 3 }]);
      };
      expect(await port.rebuild(source())).toEqual({ indexed: 6, resumed: false });
      expect(seen).toEqual([7, 7, 7]);
      expect(await ids("")).toEqual(idsOf([...kept.filter((doc) => doc !== second), during]));
      expect(await ids("tin số một bản mới")).toEqual([first.id]);
      await port.upsert([stale, removed, second].map((doc) => ({ ...doc, rowVersion: 1 })));
      expect((await ask("")).total).toBe(6);
      await port.upsert([{ ...stale, rowVersion: 4 }]);
      expect((await ask("")).total).toBe(7);
    });

    it("leaves the index as it was when it fails", async () => {
      const was = searchDocument({ title: "Còn nguyên" });
      await port.upsert([was]);
      const { shelf, source } = shelfOf([searchDocument({ title: "Dở dang" })]);
      shelf.before = breaksAt(1);
      await expect(port.rebuild(source())).rejects.toThrow("broken off");
      expect(await ids("còn nguyên")).toEqual([was.id]);
      expect(await ids("dở dang")).toEqual([]);
      await port.upsert([searchDocument({ title: "Sau đó" })]);
      expect(await ids("sau đó")).toHaveLength(1);
    });

    it("goes on where it was broken off and knows what happened meanwhile; the index is as one built from nothing", async () => {
      const all = some(11);
      const [first, passed, gone, dropped] = all as [SearchDocument, SearchDocument, SearchDocument, SearchDocument];
      const last = all[9] as SearchDocument;
      const { shelf, source } = shelfOf(all.filter((doc) => doc !== passed));
      await port.upsert(all.map((doc) => ({ ...doc, rowVersion: 1, title: "Bản cũ" })));
      await port.remove([{ id: passed.id, rowVersion: 2 }]);
      shelf.before = async (batch) => {
        if (batch === 1) {
          expect(await ids("bản cũ"), "readers have the old index").toHaveLength(10);
          expect(await ids("tin số")).toEqual([]);
        }
        breaksAt(3)(batch);
      };
      await expect(port.rebuild(source())).rejects.toThrow("broken off");

      // while nobody builds: one changes, one goes, one comes back behind where the rebuild is, one changes before it;
      // and one leaves the shelf of which no word has come yet
      const changed = { ...first, rowVersion: 3, title: "Tin sửa giữa chừng" };
      const back = { ...passed, rowVersion: 3, title: "Tin đăng lại giữa chừng" };
      const later = { ...last, rowVersion: 3, title: "Tin cuối sửa giữa chừng" };
      await port.upsert([changed, back, later]);
      await port.remove([{ id: gone.id, rowVersion: 3 }]);
      shelf.held = all
        .filter((doc) => doc !== gone && doc !== dropped)
        .map((doc) => [changed, back, later].find(({ id }) => id === doc.id) ?? doc);
      expect(await ids("giữa chừng"), "readers learn of it at once").toEqual(idsOf([changed, back, later]));
      expect(await ids("bản cũ")).toHaveLength(7);

      const totals: number[] = [];
      shelf.before = async () => {
        totals.push((await ask("")).total);
      };
      const written = await port.rebuild(source());
      // six were written before it broke off: what stands behind them is written now, and no more
      const reached = all.filter((doc) => doc !== passed)[5] as SearchDocument;
      expect(shelf.asked).toEqual([null, reached.id]);
      expect(written).toEqual({ indexed: shelf.held.filter(({ id }) => id > reached.id).length, resumed: true });
      expect(written.indexed).toBeLessThan(shelf.held.length / 2);
      expect(new Set(totals), "answered from the old index all the while").toEqual(new Set([10]));
      expect(await ids("bản cũ")).toEqual([]);
      await isWhole(shelf.held);

      shelf.before = () => {};
      expect(await port.rebuild(source()), "the next one begins anew").toMatchObject({ resumed: false });
      await isWhole(shelf.held);
    });

    it("writes as many in one go as it says is best", { timeout: 120_000 }, async () => {
      const all = some(port.step);
      expect(await port.rebuild(shelfOf(all, port.step).source())).toEqual({ indexed: port.step, resumed: false });
      expect((await ask("tin số")).total).toBe(port.step);
    });

    it("begins anew when documents are made in another way since, and when it is told to", async () => {
      const all = some(6);
      const { shelf, source } = shelfOf(all);
      const broken = async () => {
        shelf.before = breaksAt(2);
        await expect(port.rebuild(source())).rejects.toThrow("broken off");
        shelf.before = () => {};
      };
      await broken();
      expect(await port.rebuild(source("2"))).toEqual({ indexed: 6, resumed: false });
      await broken();
      expect(await port.rebuild(source(), { afresh: true })).toEqual({ indexed: 6, resumed: false });
      await isWhole(all);
    });

    it("stops when another one goes on with it, and the other one ends as if it were alone", async () => {
      const all = some(10);
      const { shelf, source } = shelfOf(all);
      await port.upsert(all.map((doc) => ({ ...doc, rowVersion: 1, title: "Bản cũ" })));
      let other: Promise<unknown> = Promise.resolve();
      shelf.before = async (batch) => {
        if (batch !== 2) return;
        shelf.before = () => {};
        other = port.rebuild(source());
        await other;
      };
      await expect(port.rebuild(source())).rejects.toThrow(RebuildTakenOver);
      expect(await other).toEqual({ indexed: 6, resumed: true });
      await isWhole(all);
      expect(await port.rebuild(source())).toEqual({ indexed: 10, resumed: false });
      await isWhole(all);
    });
  });
}
