import { fold } from "~/platform/text";

export const FIND_CODES = [
  "phone",
  "email",
  "social",
  "website",
  "tax_code",
  "owner_name",
  "owner_person",
  "owner_address",
] as const;
export type FindCode = (typeof FIND_CODES)[number];
/** Where in a text something stands that tells who the author is or how to reach them. Offsets count UTF-16 units. */
export type ContactFind = { code: FindCode; start: number; end: number; found: string };

/** What is known of the author; every part may be missing. */
export type Owner = {
  names: (string | null)[];
  taxCode: string | null;
  address?: string | null;
  people?: (string | null)[];
};

/** A folded text of which every character knows its place in the original. */
type Folded = { text: string; from: number[]; to: number[] };

function foldWithPlaces(original: string): Folded {
  const folded: Folded = { text: "", from: [], to: [] };
  let at = 0;
  for (const char of original) {
    const end = at + char.length;
    const plain = char
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .replace(/[đĐð]/g, "d")
      .toLowerCase();
    for (const one of plain) {
      // signs that only look like a blank or nothing, used to break numbers up
      const shown = /[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]/.test(one) ? " " : one;
      folded.text += shown;
      for (let unit = 0; unit < shown.length; unit++) {
        folded.from.push(at);
        folded.to.push(end);
      }
    }
    at = end;
  }
  return folded;
}

const EMAIL =
  /[a-z0-9][a-z0-9._%+-]*\s?(?:@|\(\s?at\s?\)|\[\s?at\s?\]|\ba cong\b)\s?[a-z0-9-]+(?:\s?(?:\.|\(\s?dot\s?\)|\[\s?dot\s?\]|\bcham\b)\s?[a-z0-9-]+)+/g;
const SOCIAL =
  /\b(?:zalo|facebook|fb|viber|telegram|whatsapp|wechat|skype|messenger|tiktok|linkedin|youtube)\s?(?:[:=@/]|\bso\b|\bla\b)\s?[a-z0-9@./_+-]{3,}|\b(?:fb|facebook|m|t|wa|zalo|tiktok|linkedin|youtube)\.(?:com|me|vn)\/\S+/g;
const WEBSITE =
  /\bhttps?:\s?\/\/\S+|\bwww\s?\.\s?\S+|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|biz|asia|io|app|edu|gov|vn)(?:\.vn)?\b(?:\/\S*)?/g;
/** Vietnamese numbers with 10 or 11 digits however they are broken up, hotlines, and numbers of other countries with their "+". */
const PHONE = /(?:\+\s?|\b)(?:84|o|0)(?:[\s.()/_–-]{0,3}[\do]){8,10}(?![\d])/g;
const HOTLINE = /\b1[89]00(?:[\s.-]{0,2}\d){4,6}\b/g;
const ABROAD = /\+\s?[1-9](?:[\s.()-]{0,2}\d){7,13}(?!\d)/g;
const TAX = /\b\d(?:[\s.]?\d){9}(?:\s?[-–]\s?\d{3})?\b/g;

/** Spoken digits; "tu", "lam", "linh" are the second names of four, five and nought. */
const DIGIT_WORDS: Record<string, string> = {
  khong: "0",
  linh: "0",
  mot: "1",
  hai: "2",
  ba: "3",
  bon: "4",
  tu: "4",
  nam: "5",
  lam: "5",
  sau: "6",
  bay: "7",
  tam: "8",
  chin: "9",
};

const isPhone = (digits: string) =>
  /^(?:84|0)(?:[35789]\d{8}|2\d{8,9})$/.test(digits) || /^(?:84|0)[4-8]\d{8}$/.test(digits);

/** A number that a person wrote in words, or half in words: "không chín một, 234 năm sáu bảy". */
function spokenNumbers(text: string): [number, number][] {
  const found: [number, number][] = [];
  let run: { start: number; end: number; digits: string; words: number } | null = null;
  const close = () => {
    if (run && run.words >= 2 && run.digits.length >= 9 && run.digits.length <= 12 && run.digits.startsWith("0"))
      found.push([run.start, run.end]);
    run = null;
  };
  let last = 0;
  for (const token of text.matchAll(/[a-z]+|\d+/g)) {
    const word = token[0];
    const digit = DIGIT_WORDS[word];
    const digits: string | undefined = /^\d{1,5}$/.test(word) ? word : digit;
    // words of a number stand beside one another
    if (run && /[^\s,.\-–()]/.test(text.slice(last, token.index))) close();
    if (digits === undefined) close();
    else {
      const begun: { start: number; end: number; digits: string; words: number } = run ?? {
        start: token.index,
        end: 0,
        digits: "",
        words: 0,
      };
      begun.digits += digits;
      begun.words += digit === undefined ? 0 : 1;
      begun.end = token.index + word.length;
      run = begun;
    }
    last = token.index + word.length;
  }
  close();
  return found;
}

/** Words that many names share and that tell nobody's name. */
const COMMON =
  /\b(cong ty|co phan|tnhh|mtv|mot thanh vien|hai thanh vien|trach nhiem huu han|tap doan|tong cong ty|vien|truong|dai hoc|cao dang|trung tam|hop tac xa|htx|nghien cuu|ung dung|doanh nghiep|chi nhanh|so|ban|phong|jsc|ltd|co|company|institute|university|center|centre|va|and|of|the)\b/g;

/** What of a name to look for: the whole, and what is left without its legal form when that still tells somebody. */
function namesToFind(name: string): string[] {
  const whole = fold(name)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  const core = whole.replace(COMMON, " ").replace(/\s+/g, " ").trim();
  return [whole, core].filter((one, at, all) => one.length >= 4 && all.indexOf(one) === at);
}

/** Street and house of an address; province and ward names alone are told by the listing itself. */
function addressParts(address: string): string[] {
  return address
    .split(/[,;\n]/)
    .map((part) =>
      fold(part)
        .replace(/[^a-z0-9]+/g, " ")
        .trim(),
    )
    .filter(
      (part) =>
        part.split(" ").length >= 2 && part.length >= 7 && !/^(tinh|thanh pho|tp|viet nam|quang ninh)\b/.test(part),
    );
}

/**
 * Contacts and the author's own name in a text, with their places: telephone numbers broken up by blanks, dots or letters and
 * numbers in words, e-mail addresses (also "a còng"), accounts of chat services, web addresses, tax codes; and, when `owner` is
 * given (a blind listing), the organisation's names, its street and its people. Technical numbers are left alone.
 * Finds never overlap; the first kind in the order of FIND_CODES wins.
 */
export function findContacts(text: string, owner: Owner | null): ContactFind[] {
  const { text: folded, from, to } = foldWithPlaces(text);
  const finds: ContactFind[] = [];
  const add = (code: FindCode, start: number, end: number) => {
    if (end <= start) return;
    const [a, b] = [from[start] ?? 0, to[end - 1] ?? text.length];
    if (finds.some((one) => a < one.end && one.start < b)) return;
    finds.push({ code, start: a, end: b, found: text.slice(a, b).trim() });
  };
  const each = (pattern: RegExp, code: FindCode, is: (digits: string, match: string) => boolean = () => true) => {
    for (const match of folded.matchAll(pattern)) {
      const digits = match[0].replace(/o/g, "0").replace(/\D/g, "");
      if (is(digits, match[0])) add(code, match.index, match.index + match[0].replace(/[\s.,;:)]+$/, "").length);
    }
  };
  each(EMAIL, "email");
  const tax = owner?.taxCode?.slice(0, 10);
  each(TAX, "tax_code", (digits) => digits.slice(0, 10) === tax);
  each(SOCIAL, "social");
  each(PHONE, "phone", (digits, match) => isPhone(digits) && /\d/.test(match));
  each(HOTLINE, "phone");
  each(ABROAD, "phone");
  for (const [start, end] of spokenNumbers(folded)) add("phone", start, end);
  each(WEBSITE, "website");
  if (owner) {
    const words = folded.replace(/[^a-z0-9]/g, " ");
    const look = (needles: string[], code: FindCode) => {
      for (const needle of needles) {
        const pattern = new RegExp(`(?<![a-z0-9])${needle.split(" ").join(" +")}(?![a-z0-9])`, "g");
        for (const match of words.matchAll(pattern)) add(code, match.index, match.index + match[0].length);
      }
    };
    look(
      owner.names.flatMap((name) => (name ? namesToFind(name) : [])),
      "owner_name",
    );
    look(
      (owner.people ?? []).flatMap((person) => {
        const name = fold(person ?? "")
          .replace(/[^a-z]+/g, " ")
          .trim()
          .replace(/^(ong|ba|anh|chi|ts|ths|pgs|gs)( (ong|ba|ts|ths))? /, "");
        return name.split(" ").length >= 2 && name.length >= 6 ? [name] : [];
      }),
      "owner_person",
    );
    look(owner.address ? addressParts(owner.address) : [], "owner_address");
    // a ten-digit number in a blind text may be anybody's tax code
    if (owner.names.length > 0) each(TAX, "tax_code", (_, match) => /^\d{10}(-\d{3})?$/.test(match));
  }
  return finds.sort((a, b) => a.start - b.start);
}

/** Words around a find, for showing where it stands. */
export function excerptOf(text: string, find: Pick<ContactFind, "start" | "end">, around = 40) {
  const before = text.slice(Math.max(0, find.start - around), find.start);
  const after = text.slice(find.end, find.end + around);
  return {
    before: `${find.start > around ? "… " : ""}${before}`,
    match: text.slice(find.start, find.end),
    after: `${after}${find.end + around < text.length ? " …" : ""}`,
  };
}
