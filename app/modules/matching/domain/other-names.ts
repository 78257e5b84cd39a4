import { ENGINE, type Engine } from "./engine";
import type { InputListing } from "./listing-input";
import { readListing } from "./read-listing";

/** Names per thing, and of all things together: a long listing does not become a dictionary. */
const MOST_PER_CONCEPT = 4;
const MOST_NAMES = 60;

/**
 * Other names, in Vietnamese and English, of the things a listing speaks of, so that "wastewater treatment" finds "xử lý nước
 * thải". What its title and summary speak of comes first; words that any technology may use are left out.
 */
export function otherNames(listing: InputListing, engine: Engine = ENGINE): string[] {
  const { concepts } = readListing(listing, engine);
  const uses = [...concepts].filter(([, use]) => !use.general).sort(([, a], [, b]) => b.weight - a.weight);
  const names = uses.flatMap(([concept, use]) => {
    const other = engine.dictionary.formsOf(concept).filter(({ form }) => !use.forms.has(form));
    const said = new Set(
      engine.dictionary.formsOf(concept).flatMap((form) => (use.forms.has(form.form) ? [form.language] : [])),
    );
    // the other language first: that is what the text lacks most
    const foreign = (language: "en" | "vi") => (said.has(language) ? 1 : 0);
    return [...other]
      .sort((a, b) => foreign(a.language) - foreign(b.language))
      .slice(0, MOST_PER_CONCEPT)
      .map(({ text }) => text);
  });
  return [...new Set(names)].slice(0, MOST_NAMES);
}
