import { cleanText, fold } from "~/platform/text";

/** Who an imported listing belongs to, without the name of any private person. */
export type ImportedOwner = {
  /** name of the organisation; null = a private person (or not stated, see `stated`) */
  name: string | null;
  /** kind of holder as the source wrote it */
  typeText: string | null;
  /** false: the source names nobody */
  stated: boolean;
  /** what the source wrote, no person in it, when it says more than `name`: worth keeping as a note */
  asWritten: string | null;
  /** words that name a person and must not be stored with the listing's text */
  personNames: string[];
};

const SURNAMES = new Set(
  "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly cao trinh truong ta ha mai lam dinh co dao doan luong luu quach thai to tong trieu vuong kieu la lai mac nghiem nhan ninh on phung quan sam su thach than thieu tang tu ung vi chau chu chung dam diep giang hua khuc kim khuong lo lu".split(
    " ",
  ),
);
const TITLES =
  /^(?:(?:ông|bà|anh|chị|cô|chú|bác|em|nông dân|kỹ sư|nghệ nhân|tác giả|nhà sáng chế|mr|mrs|ms|dr|prof|(?:(?:gs|pgs|ts|ths|bs|ks|cn)\.?[\s,]*)+)[\s.]+)+/iu;
/** Words no person's name holds: the phrase names an organisation, a place or a group. */
const ORGANISATION_WORDS =
  /\b(cong ty|cty|tnhh|co phan|cp|doanh nghiep|dntn|tap doan|tong cong ty|hop tac xa|htx|truong|dai hoc|dh|hoc vien|cao dang|cd|vien|trung tam|benh vien|so|ubnd|uy ban|chi cuc|cuc|nganh|hoi|lien minh|vuon quoc gia|ban quan ly|bo|tinh|huyen|xa|phuong|thanh pho|tp|nha may|xuong|co so|lang nghe|don vi|doi|cau lac bo|thcs|thpt|university|institute|company|group|center|centre|laborator\w*|farms?|fleets?|tap chi|quang cao|du an|mo hinh|giai phap|thu vien|nha cung cap|cac|nhung|ho)\b/;
const PLACES =
  /\b(ha noi|cao bang|ha tinh|ha nam|ha giang|lam dong|lai chau|ninh binh|ninh thuan|thai binh|thai nguyen|tay ninh|gia lai|ho chi minh|chau doc|ha long|mai chau)\b/;

/** No holder at all: who reported it, or a group without a name. */
const NO_HOLDER =
  /(\bgioi thieu\)?$)|^(nhom nghien cuu|nhom tac gia|don vi thuc hien|do an|bao cao|bai nghien cuu|giai phap|nha cung cap|cac nha cung cap)\b/;

const isPrivate = (typeText: string | null): boolean =>
  typeText !== null && /^(ca nhan|individual|person)\b/.test(fold(typeText));

/**
 * True when the whole phrase reads as a Vietnamese person's name, with or without titles before it.
 * @param surely the source says that it is a person: "Nguyễn Văn Xưởng" is no workshop then
 */
export function isPersonName(phrase: string, surely = false): boolean {
  const titled = TITLES.test(phrase);
  const words = phrase.replace(TITLES, "").trim().split(/\s+/);
  if (!words.every((word) => /^\p{Lu}\p{Ll}*$/u.test(word)) || words.length > 5) return false;
  if (titled) return true;
  const [first = "", ...others] = words;
  if (words.length < 3 || !SURNAMES.has(fold(first))) return false;
  return (
    surely ||
    !(
      PLACES.test(fold(words.join(" "))) ||
      ORGANISATION_WORDS.test(fold(others.join(" "))) ||
      /^(trường|viện|hội)$/i.test(first)
    )
  );
}

/** The names of people in "Nhóm Võ Anh Khoa", "Công ty … (Lê Văn Tri)", "Lê Phước Sang; Lê Minh Hiền", "A, B, C". */
function peopleIn(text: string, surely = false): string[] {
  return text
    .split(/[;,()]|\s[–-]\s/u)
    .map((part) => part.replace(/^\s*nhóm\s+/iu, "").trim())
    .filter((part) => part !== "" && isPersonName(part, surely));
}

/** An organisation's name without the person the source put into brackets or before a dash. */
function organisationIn(part: string): string | null {
  const inBrackets = [...part.matchAll(/\(([^()]*)\)/g)].map((match) => match[1]?.trim() ?? "");
  const outside = part
    .replace(/\([^()]*\)/g, (brackets) => (isPersonName(brackets.slice(1, -1).trim()) ? "" : brackets))
    .replace(/\s+/g, " ")
    .trim();
  const head = outside
    .replace(/\s*\([^()]*\)\s*$/, "")
    .replace(/^nhóm\s+/iu, "")
    .trim();
  if (peopleIn(outside).length === 0) return outside || null;
  if (isPersonName(head) || head.split(/,\s*/).every((name) => isPersonName(name))) {
    // "Ngo Tri Duong (Hanoi University of Agriculture)": the institution holds it
    return inBrackets.find((text) => ORGANISATION_WORDS.test(fold(text))) ?? null;
  }
  return (
    outside
      .split(/\s[–-]\s|,\s*/u)
      .find((piece) => !isPersonName(piece.trim()))
      ?.trim() ?? null
  );
}

/**
 * Reads the owner of an imported listing. A private person stays unnamed ("cá nhân (ẩn danh)"): the kind of holder says
 * so, or the name reads as a person's. Of several organisations joined by ";" the first is the owner.
 */
export function readImportedOwner(organisation: string | null, orgType: string | null): ImportedOwner {
  const text = cleanText(organisation ?? "");
  const typeText = cleanText(orgType ?? "") || null;
  if (text === "") return { name: null, typeText, stated: typeText !== null, asWritten: null, personNames: [] };
  const personNames = [...new Set(peopleIn(text, isPrivate(typeText)))];
  if (isPrivate(typeText)) {
    // nicknames in brackets share the given name: "Nguyễn Văn Rô (Tư Rô)"
    const given = personNames.map((name) => name.split(/\s+/).at(-1) ?? "");
    const nicknames = [...text.matchAll(/\(([^()]*)\)/g)]
      .map((match) => match[1]?.trim() ?? "")
      .filter((nickname) => given.some((word) => word !== "" && nickname.split(/\s+/).includes(word)));
    return {
      name: null,
      typeText,
      stated: true,
      asWritten: null,
      personNames: [...new Set([...personNames, ...nicknames])],
    };
  }
  if (personNames.length === 0 && NO_HOLDER.test(fold(text))) {
    return { name: null, typeText: null, stated: false, asWritten: text, personNames: [] };
  }
  const parts = text.split(/\s*;\s*/).filter((part) => part !== "");
  const names = parts.map(organisationIn).filter((name): name is string => name !== null);
  const name = names[0] ?? null;
  return {
    name,
    typeText: name === null ? "cá nhân" : typeText,
    stated: true,
    asWritten: parts.length > 1 && personNames.length === 0 ? text : null,
    personNames,
  };
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const BEFORE_NAME =
  "(?:(?:ông|bà|anh|chị|cô|chú|bác|em|thầy|nông dân|kỹ sư|nghệ nhân|tác giả|sinh viên|học sinh|nhà sáng chế|nông dân sáng chế|mr\\.?|ms\\.?|dr\\.?|ts\\.?|ths\\.?|pgs\\.?|gs\\.?)\\s+)";
const LETTER = "[\\p{L}\\p{M}]";

/**
 * Takes people's names out of a text: "Máy bừa của anh Hà Văn Hồng" → "Máy bừa của tác giả", "Máy gieo hạt Lê Thanh Trị" →
 * "Máy gieo hạt". Also a title with the given name alone ("anh Hồng").
 */
export function withoutNames(text: string, personNames: string[], lang: "vi" | "en"): string {
  const author = lang === "vi" ? "tác giả" : "the author";
  let clean = text;
  for (const name of [...personNames].sort((a, b) => b.length - a.length)) {
    const bare = name.replace(TITLES, "").trim();
    const given = bare.split(/\s+/).at(-1) ?? bare;
    const replaced = (_match: string, ...rest: unknown[]): string => {
      const offset = Number(rest.at(-2));
      const whole = String(rest.at(-1));
      const before = whole.slice(0, offset).trimEnd();
      const after = whole.slice(offset + _match.length).trim();
      if (before === "" || /[.!?:]$/.test(before)) return (author[0] ?? "").toUpperCase() + author.slice(1);
      // hung on at the end without "của", "do", "by": dropped
      const joined = /(?<!\p{L})(của|do|theo|bởi|và|nhóm|cho|với|là|by|of|from|and)$|[,(;–-]$/iu.test(before);
      return !joined && (after === "" || after.startsWith("(")) ? "" : author;
    };
    clean = clean
      .replace(new RegExp(`\\s*\\(${quoted(bare)}\\)`, "giu"), "")
      .replace(new RegExp(`\\(${quoted(bare)},\\s*`, "giu"), "(")
      .replace(new RegExp(`${BEFORE_NAME}*${quoted(bare)}(?!${LETTER})`, "giu"), replaced)
      .replace(new RegExp(`(?<!${LETTER})${BEFORE_NAME}${quoted(given)}(?!${LETTER})`, "giu"), replaced);
  }
  if (clean === text) return text;
  return clean
    .replace(new RegExp(`(${author})(\\s*(,|và|and)\\s*${author})+`, "giu"), "$1")
    .replace(/ {2,}/g, " ")
    .replace(/ +([,.;)])/g, "$1")
    .trim();
}
