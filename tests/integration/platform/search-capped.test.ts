import { afterAll, beforeAll, expect, it } from "vitest";
import { createSearchPostgres } from "~/platform/adapters/search-postgres.server";
import { newId } from "~/platform/ids";
import { SEARCH_SCHEMA, type SearchDocument, type SearchPort } from "~/platform/ports/search";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let search: SearchPort;
const filter = { visibilities: ["public" as const] };
const made: SearchDocument[] = Array.from({ length: 12 }, (_, at) => ({
  id: newId(),
  schema: SEARCH_SCHEMA,
  rowVersion: 1,
  kind: "offering",
  reference: `CN-22-2026-${String(at).padStart(6, "0")}`,
  visibility: "public",
  ownerKey: null,
  // the two oldest have the word in their title
  title: at < 2 ? `Bơm chân không ${at}` : `Thiết bị ${at}`,
  titleOther: null,
  summary: "Dùng bơm chìm.",
  body: "",
  keywords: [],
  organisation: null,
  sectors: ["TNM-01"],
  fields: ["TNM"],
  province: "22",
  trl: null,
  synonyms: [],
  ip: [],
  forms: [],
  rights: [],
  marks: [],
  price: null,
  lang: "vi",
  publishedAt: Date.UTC(2026, 0, 1 + at),
}));

beforeAll(async () => {
  world = await openTestWorld();
  // a large exchange in small: five are counted, three are ranked
  search = createSearchPostgres(world.container.ports.db, "capped_", { counted: 5, ranked: 3 });
  await search.upsert(made);
});
afterAll(() => world.close());

const ask = (text: string, sort: "relevance" | "newest", offset = 0, limit = 20) =>
  search.search({ text, filter, sort, offset, limit });
const titlesOf = (hits: { id: string }[]) => hits.map(({ id }) => made.find((one) => one.id === id)?.title);

it("says that more was found than was counted", async () => {
  const found = await ask("bơm", "relevance");
  expect(found).toMatchObject({ total: 5, capped: true });
  expect(await ask("chân không", "relevance")).toMatchObject({ total: 2, capped: false });
});

it("ranks those with the word in their title first, however many others there are", async () => {
  const { hits } = await ask("bơm", "relevance");
  expect(titlesOf(hits.slice(0, 2)).sort()).toEqual(["Bơm chân không 0", "Bơm chân không 1"]);
});

it("pages without repeating a row and takes the newest first when asked to", async () => {
  const whole = await ask("bơm", "relevance");
  const pages = await Promise.all([0, 2, 4, 6].map((offset) => ask("bơm", "relevance", offset, 2)));
  expect(pages.flatMap((page) => page.hits.map((hit) => hit.id))).toEqual(whole.hits.map((hit) => hit.id));
  expect(new Set(whole.hits.map((hit) => hit.id)).size).toBe(whole.hits.length);
  for (const text of ["bơm", ""]) {
    const newest = await ask(text, "newest", 0, 4);
    expect(newest.hits.map((hit) => hit.id)).toEqual(
      made
        .slice(-4)
        .reverse()
        .map((one) => one.id),
    );
  }
});
