/**
 * Normal form of everything stored: NFC, no control characters but line breaks, no invisible ones that hide a word from search
 * or turn the reading direction of what follows, outer blanks removed.
 */
export function cleanText(text: string): string {
  return (
    text
      .normalize("NFC")
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
      .replace(/[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
      .trim()
  );
}

/** Folded form for comparison: lower case, no diacritics, đ → d, blanks collapsed. "Xử lý nước" → "xu ly nuoc". */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐð]/g, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}
