import { cleanText, fold } from "~/platform/text";

/** Words without diacritics, case, marks and blanks that do not matter: how labels and headings are compared. */
export const keyOf = (text: string): string =>
  fold(cleanText(text))
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
