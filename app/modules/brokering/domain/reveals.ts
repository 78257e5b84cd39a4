import { fold } from "~/platform/text";

export type Secrets = {
  names: readonly (string | null)[];
  phones: readonly (string | null)[];
  emails: readonly (string | null)[];
};

const wordsOf = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
const digits = (text: string): string => text.replace(/\D/g, "");

/**
 * Does a text that both sides will read give away a hidden name or a contact? Names are compared without diacritics;
 * telephone numbers by their digits, however they are grouped.
 */
export function reveals(text: string, secrets: Secrets): boolean {
  const words = ` ${wordsOf(text)} `;
  const named = secrets.names.some((name) => {
    const key = name ? wordsOf(name) : "";
    return key.length >= 3 && words.includes(` ${key} `);
  });
  const numbers = digits(text);
  const called = secrets.phones.some((phone) => {
    const key = phone ? digits(phone) : "";
    return key.length >= 8 && numbers.includes(key);
  });
  return (
    named ||
    called ||
    secrets.emails.some((email) => email !== null && email !== "" && fold(text).includes(fold(email)))
  );
}
