import type { SearchDocument } from "../ports/search";
import { codesOf } from "../search/facets";
import { mistakesIn } from "../search/spelling";
import { indexedText } from "../search/tokens";

/** A document as the table holds it. */
export type Row = {
  id: string;
  row_version: number;
  removed: boolean;
  kind: string;
  visibility: string;
  sectors: string[];
  province: string | null;
  lang: string;
  organisation: string | null;
  published_at: string | null;
  document: { schema: number; reference: string; ownerKey: string | null };
  title_folded: string;
  body_folded: string;
  title_exact: string;
  body_exact: string;
  codes: string[];
  price: number | null;
};

/** How a facet's code stands in the column `codes`. */
export const codeOf = (facet: string, code: string): string => `${facet}=${code}`;

export function rowOf(doc: SearchDocument): Row {
  const title = indexedText(`${doc.title} ${doc.titleOther ?? ""}`);
  const own = [doc.summary, doc.body, doc.keywords.join(" . "), doc.organisation ?? "", doc.reference].join(" . ");
  const body = indexedText([own, ...doc.synonyms].join(" . "));
  return {
    id: doc.id,
    row_version: doc.rowVersion,
    removed: false,
    kind: doc.kind,
    visibility: doc.visibility,
    sectors: [...new Set([...doc.sectors, ...doc.fields])],
    province: doc.province,
    lang: doc.lang,
    organisation: doc.organisation,
    published_at: new Date(doc.publishedAt).toISOString(),
    document: { schema: doc.schema, reference: doc.reference, ownerKey: doc.ownerKey },
    title_folded: title.folded,
    body_folded: body.folded,
    title_exact: title.exact,
    // as written: synonyms are nobody's own words
    body_exact: doc.synonyms.length > 0 ? indexedText(own).exact : body.exact,
    codes: Object.entries(codesOf(doc)).flatMap(([facet, codes]) => codes.map((code) => codeOf(facet, code))),
    price: doc.price,
  };
}

export const tombstone = (id: string, rowVersion: number): Row => ({
  id,
  row_version: rowVersion,
  removed: true,
  kind: "",
  visibility: "",
  sectors: [],
  province: null,
  lang: "",
  organisation: null,
  published_at: null,
  document: { schema: 0, reference: "", ownerKey: null },
  title_folded: "",
  body_folded: "",
  title_exact: "",
  body_exact: "",
  codes: [],
  price: null,
});

/** One statement may touch a row once: the newest of each, in the order in which rows are locked. */
export function newestOf(rows: Row[]): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const other = newest.get(row.id);
    if (!other || other.row_version <= row.row_version) newest.set(row.id, row);
  }
  return [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Words of these rows that could be what a mistyped word was meant to be. */
export function guessable(rows: Row[]): string[] {
  const words = new Set(rows.flatMap((row) => `${row.title_folded} ${row.body_folded}`.split(" ")));
  return [...words].filter((word) => mistakesIn(word) > 0 && !/\d/.test(word)).sort();
}
