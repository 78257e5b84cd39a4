import { newId } from "~/platform/ids";
import { SEARCH_SCHEMA, type SearchDocument } from "~/platform/ports/search";

/** A public offering; every test says what matters to it. */
export function searchDocument(facts: Partial<SearchDocument> = {}): SearchDocument {
  const sectors = facts.sectors ?? ["TNM-01"];
  return {
    id: newId(),
    schema: SEARCH_SCHEMA,
    rowVersion: 1,
    kind: "offering",
    reference: `CN-22-2026-${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`,
    visibility: "public",
    ownerKey: newId(),
    title: "Công nghệ",
    titleOther: null,
    summary: "",
    body: "",
    keywords: [],
    organisation: null,
    fields: [...new Set(sectors.map((code) => code.slice(0, 3)))],
    province: "22",
    trl: null,
    synonyms: [],
    ip: [],
    forms: [],
    rights: [],
    marks: [],
    price: null,
    lang: "vi",
    publishedAt: Date.UTC(2026, 10, 1),
    ...facts,
    sectors,
  };
}
