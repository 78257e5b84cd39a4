import type { SearchDocument } from "../ports/search";
import { indexedText } from "./tokens";

/** All folded words by which a document is found, blank-separated: title, text, names, synonyms, reference. */
export function documentWords(doc: SearchDocument): string {
  const parts = [
    doc.title,
    doc.titleOther ?? "",
    doc.summary,
    doc.body,
    doc.keywords.join(" . "),
    doc.organisation ?? "",
  ];
  return indexedText([...parts, doc.reference, ...doc.synonyms].join(" . ")).folded;
}
