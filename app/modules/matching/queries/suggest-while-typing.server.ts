import { listCards, listSectors } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { tokenise } from "~/platform/search/tokens";
import { fold } from "~/platform/text";
import { FORMS } from "../domain/dictionary";
import type { Suggestions } from "../schemas";
import { searchFilter } from "./search-listings.server";

const MOST_TERMS = 4;
const MOST_SECTORS = 2;
const MOST_LISTINGS = 4;

const LONGEST = 200;
const foldedOf = (text: string): string =>
  tokenise(text.slice(0, LONGEST))
    .map(({ folded }) => folded)
    .join(" ");

/** The same of a term of the dictionary, ten thousand of which are read when somebody first types: letters and spelling only. */
const foldedTerm = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/(?<!\p{L})(qu|[hklmst])y(?!\p{L})/gu, "$1i")
    .trim();

type Term = { folded: string; text: string; language: "en" | "vi" };
let terms: Term[] | undefined;
/** Short terms first: "nước thải" before "nước thải dệt nhuộm". Read once, when somebody first types. */
const termsOfField = (): Term[] => {
  terms ??= FORMS.map(({ text, language }) => ({ folded: foldedTerm(text), text, language })).sort(
    (a, b) => a.folded.length - b.folded.length,
  );
  return terms;
};

/**
 * What somebody who typed this may be looking for: terms of the dictionary, sectors, titles of listings they may see. Nothing
 * below two letters. A blind listing is proposed by its title, which everybody may read; its owner is never looked into.
 */
export async function suggestWhileTyping(ctx: Ctx, text: string): Promise<Suggestions> {
  const typed = foldedOf(text);
  if (typed.length < 2) return { terms: [], sectors: [], listings: [] };
  const begins = (folded: string) => folded.startsWith(typed);
  const [tree, hits] = await Promise.all([
    listSectors(ctx),
    searchFilter(ctx, {}).then((filter) => ctx.search.complete(text, filter, MOST_LISTINGS)),
  ]);
  const names = tree
    .flatMap((field) => [field, ...field.children])
    .map(({ code, nameVi, nameEn }) => ({ code, name: ctx.locale === "vi" ? nameVi : nameEn }));
  const cards = await listCards(
    ctx,
    hits.map(({ id }) => id),
  );
  const proposed = new Map<string, string>();
  for (const term of termsOfField()) {
    if (proposed.size >= MOST_TERMS) break;
    if (term.language === ctx.locale && begins(term.folded) && !proposed.has(term.folded))
      proposed.set(term.folded, term.text);
  }
  return {
    terms: [...proposed.values()],
    sectors: names.filter(({ name }) => ` ${foldedOf(name)}`.includes(` ${typed}`)).slice(0, MOST_SECTORS),
    listings: cards.flatMap(({ kind, reference, address, title, lang }) =>
      reference ? [{ kind, reference, address, title, lang }] : [],
    ),
  };
}
