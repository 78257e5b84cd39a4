import { UnreadableFile } from "./zip-read";

export type XmlHandler = {
  /** name without its prefix, and its attributes as written; an empty element is closed at once */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
};

/** A tag or a text longer than this is no spreadsheet that somebody filled in. */
const LONGEST = 1_000_000;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The five entities of XML and character references; nothing else is ever expanded. */
export function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,6}));/g, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name as string] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const PATTERNS = new Map<string, RegExp>();

/** The value of an attribute, whatever its prefix; null when it is not there. */
export function attribute(attributes: string, name: string): string | null {
  let pattern = PATTERNS.get(name);
  if (!pattern) {
    pattern = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    PATTERNS.set(name, pattern);
  }
  const found = pattern.exec(attributes);
  return found ? unescapeXml(found[1] ?? found[2] ?? "") : null;
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** Where the tag that begins at `from` ends; -1 when the rest of it has not come yet. ">" may stand between quotes. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at;
  }
  return -1;
}

/**
 * Reads XML as it comes, piece by piece. Only what spreadsheets are made of: elements, texts, CDATA; comments and
 * instructions are passed over, a document type (and with it every trick with entities) is refused.
 * @throws UnreadableFile
 */
export function scanXml(handler: XmlHandler): { feed(piece: string): void; end(): void } {
  let rest = "";
  const marked = (text: string, at: number): number => {
    // <!-- … -->, <![CDATA[ … ]]>, <? … ?>
    const [opening, closing] = text.startsWith("<!--", at)
      ? ["<!--", "-->"]
      : text.startsWith("<![CDATA[", at)
        ? ["<![CDATA[", "]]>"]
        : text.startsWith("<?", at)
          ? ["<?", "?>"]
          : ["", ""];
    if (!opening) {
      if (text.length - at < 9 && "<![CDATA[".startsWith(text.slice(at, at + 9))) return -1;
      throw new UnreadableFile("damaged");
    }
    const end = text.indexOf(closing, at + opening.length);
    if (end < 0) return -1;
    if (opening === "<![CDATA[") handler.text(text.slice(at + opening.length, end));
    return end + closing.length;
  };
  const tag = (inner: string) => {
    if (inner.startsWith("/")) {
      handler.close(local(inner.slice(1).trim()));
      return;
    }
    const empty = inner.endsWith("/");
    const body = empty ? inner.slice(0, -1) : inner;
    const space = body.search(/\s/);
    const name = local(space < 0 ? body : body.slice(0, space));
    handler.open(name, space < 0 ? "" : body.slice(space));
    if (empty) handler.close(name);
  };
  return {
    feed(piece) {
      const text = rest + piece;
      let at = 0;
      for (;;) {
        const open = text.indexOf("<", at);
        if (open < 0) break;
        if (open > at) handler.text(unescapeXml(text.slice(at, open)));
        at = open;
        const next = text.charCodeAt(open + 1);
        if (next === 33 || next === 63) {
          const end = marked(text, open);
          if (end < 0) break;
          at = end;
          continue;
        }
        const end = tagEnd(text, open);
        if (end < 0) break;
        tag(text.slice(open + 1, end));
        at = end + 1;
      }
      rest = text.slice(at);
      if (rest.length > LONGEST) throw new UnreadableFile("tooLarge");
    },
    end() {
      if (rest.includes("<")) throw new UnreadableFile("damaged");
    },
  };
}
