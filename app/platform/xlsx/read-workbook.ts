import { lookOf, type NumberLook, numberCell, type ReadCell, unescapeCell } from "./cell-values";
import { attribute, scanXml, type XmlHandler } from "./xml-scan";
import { type FileProblem, openZip, UnreadableFile, type Zip } from "./zip-read";

export type { ReadCell } from "./cell-values";
export type { FileProblem } from "./zip-read";

export type ReadRow = {
  /** as the program counts it, from 1 */
  number: number;
  /** by column, from 0; null where nothing is */
  cells: (ReadCell | null)[];
};
export type ReadSheet = {
  /** names of the sheets that can be seen, in their order */
  sheets: string[];
  /** the one that was read */
  sheet: string;
  /** rows with anything in them */
  rows: ReadRow[];
  /** there are more rows than were read */
  more: boolean;
};
export type ReadLimits = { mostRows: number };

/** Bytes of a part when unpacked, columns, and characters of all cells: beyond any sheet that a person fills in. */
const MOST = { small: 4_000_000, strings: 40_000_000, sheet: 120_000_000, columns: 120, characters: 60_000_000 };
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");

async function scan(zip: Zip, name: string, most: number, handler: XmlHandler, enough?: () => boolean): Promise<void> {
  const decoder = new TextDecoder("utf-8");
  const scanner = scanXml(handler);
  for await (const block of zip.read(name, most)) {
    scanner.feed(decoder.decode(block, { stream: true }));
    if (enough?.()) return;
  }
  scanner.feed(decoder.decode());
  scanner.end();
}

/** Attributes of every element of this name, in order. */
async function elements(zip: Zip, part: string, names: string[]): Promise<{ name: string; attributes: string }[]> {
  const found: { name: string; attributes: string }[] = [];
  if (!zip.has(part)) return found;
  const open = (name: string, attributes: string) => {
    if (names.includes(name)) found.push({ name, attributes });
  };
  await scan(zip, part, MOST.small, { open, close: () => undefined, text: () => undefined });
  return found;
}

type Book = { from1904: boolean; sheets: { name: string; part: string }[] };

async function readBook(zip: Zip): Promise<Book> {
  const types = await elements(zip, "[Content_Types].xml", ["Override", "Default"]);
  const main = types.find(({ attributes }) => /sheet(\.macroEnabled)?\.main\+xml/.test(attributes));
  if (zip.names.some((name) => /vbaProject/i.test(name)) || types.some((one) => /macroEnabled/.test(one.attributes)))
    throw new UnreadableFile("macros");
  const part = (main && attribute(main.attributes, "PartName")?.replace(/^\//, "")) ?? "xl/workbook.xml";
  if (!zip.has(part)) throw new UnreadableFile("notXlsx");
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const links = await elements(zip, `${folder}_rels/${part.slice(folder.length)}.rels`, ["Relationship"]);
  const targets = new Map(
    links.map(({ attributes }) => {
      const target = attribute(attributes, "Target") ?? "";
      return [attribute(attributes, "Id"), target.startsWith("/") ? target.slice(1) : folder + target] as const;
    }),
  );
  const listed = await elements(zip, part, ["sheet", "workbookPr"]);
  return {
    from1904: listed.some(
      ({ name, attributes }) =>
        name === "workbookPr" && ["1", "true"].includes(attribute(attributes, "date1904") ?? ""),
    ),
    sheets: listed.flatMap(({ name, attributes }) => {
      const target = targets.get(attribute(attributes, "id"));
      const hidden = (attribute(attributes, "state") ?? "visible") !== "visible";
      return name === "sheet" && target && !hidden && zip.has(target)
        ? [{ name: attribute(attributes, "name") ?? "", part: target }]
        : [];
    }),
  };
}

/** How numbers look by the style of their cell. */
async function readLooks(zip: Zip): Promise<NumberLook[]> {
  const codes = new Map<number, string>();
  const looks: NumberLook[] = [];
  let inside = false;
  if (!zip.has("xl/styles.xml")) return looks;
  await scan(zip, "xl/styles.xml", MOST.small, {
    open(name, attributes) {
      if (name === "cellXfs") inside = true;
      const format = Number(attribute(attributes, "numFmtId"));
      if (name === "numFmt") codes.set(format, attribute(attributes, "formatCode") ?? "");
      if (name === "xf" && inside) looks.push(lookOf(format, codes.get(format)));
    },
    close(name) {
      if (name === "cellXfs") inside = false;
    },
    text: () => undefined,
  });
  return looks;
}

/** Words kept once and named by number; formatted parts are put together, readings of Asian words left out. */
async function readStrings(zip: Zip): Promise<string[]> {
  const strings: string[] = [];
  let [current, inText, reading] = ["", false, false];
  let characters = 0;
  if (!zip.has("xl/sharedStrings.xml")) return strings;
  await scan(zip, "xl/sharedStrings.xml", MOST.strings, {
    open(name) {
      if (name === "si") current = "";
      if (name === "rPh") reading = true;
      if (name === "t") inText = !reading;
    },
    close(name) {
      if (name === "t") inText = false;
      if (name === "rPh") reading = false;
      if (name !== "si") return;
      strings.push(unescapeCell(current));
      characters += current.length;
      if (characters > MOST.characters) throw new UnreadableFile("tooLarge");
    },
    text(text) {
      if (inText) current += text;
    },
  });
  return strings;
}

const CELL = /^([A-Z]{1,3})(\d{1,7})$/;

/** Column of "AB12", from 0; null when it is none. */
function columnOf(reference: string | null): number | null {
  const letters = reference ? CELL.exec(reference)?.[1] : undefined;
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null;
}

type Known = { strings: string[]; looks: NumberLook[]; from1904: boolean };

function cellOf(type: string, style: number, raw: string, typed: boolean, known: Known): ReadCell | null {
  if (type === "e") return { kind: "error", text: raw || "#ERROR" };
  if (type === "b") return { kind: "boolean", text: raw === "1" || raw === "true" ? "1" : "0" };
  if (type === "s") {
    const text = known.strings[Number(raw)];
    if (text === undefined) throw new UnreadableFile("damaged");
    return text === "" ? null : { kind: "text", text };
  }
  if (type === "inlineStr" || type === "str") return raw === "" ? null : { kind: "text", text: unescapeCell(raw) };
  if (type === "d") {
    const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(raw);
    return day ? { kind: "date", text: `${day[3]}/${day[2]}/${day[1]}` } : { kind: "text", text: raw };
  }
  // a formula that was never reckoned has no value: nobody can tell what it would show
  if (raw === "") return typed ? { kind: "error", text: "=…" } : null;
  const value = Number(raw);
  return Number.isFinite(value)
    ? numberCell(value, known.looks[style] ?? "number", known.from1904)
    : { kind: "text", text: raw };
}

type Merge = { column: number; from: number; to: number };

async function readRows(zip: Zip, part: string, known: Known, { mostRows }: ReadLimits) {
  const rows: ReadRow[] = [];
  const merges: Merge[] = [];
  let row: ReadRow = { number: 0, cells: [] };
  let [column, type, style] = [0, "", 0];
  let [raw, inValue, formula, reading] = ["", false, false, false];
  let [characters, more] = [0, false];
  await scan(
    zip,
    part,
    MOST.sheet,
    {
      open(name, attributes) {
        if (name === "row") {
          row = { number: Number(attribute(attributes, "r")) || row.number + 1, cells: [] };
          column = -1;
        } else if (name === "c") {
          column = columnOf(attribute(attributes, "r")) ?? column + 1;
          type = attribute(attributes, "t") ?? "n";
          style = Number(attribute(attributes, "s")) || 0;
          raw = "";
          formula = false;
        } else if (name === "f") formula = true;
        else if (name === "rPh") reading = true;
        else if (name === "v" || (name === "t" && !reading)) inValue = true;
        else if (name === "mergeCell") {
          const [first, last] = (attribute(attributes, "ref") ?? "").split(":");
          const at = columnOf(first ?? null);
          const [from, to] = [first, last].map((cell) => Number(CELL.exec(cell ?? "")?.[2])) as [number, number];
          // a band over one column says the same for each of its rows
          if (at !== null && columnOf(last ?? null) === at && to > from && merges.length < 20_000)
            merges.push({ column: at, from, to });
        }
      },
      close(name) {
        if (name === "v" || name === "t") inValue = false;
        else if (name === "rPh") reading = false;
        else if (name === "c" && column >= 0 && column < MOST.columns) {
          const cell = cellOf(type, style, type === "inlineStr" || type === "str" ? raw : raw.trim(), formula, known);
          characters += cell?.text.length ?? 0;
          if (characters > MOST.characters) throw new UnreadableFile("tooLarge");
          if (cell) {
            while (row.cells.length < column) row.cells.push(null);
            row.cells[column] = cell;
          }
        } else if (name === "row" && row.cells.some((cell) => cell !== null && cell.text.trim() !== "")) {
          if (rows.length >= mostRows) more = true;
          else rows.push(row);
        }
      },
      text(text) {
        if (inValue) raw += text;
      },
    },
    () => more,
  );
  return { rows: filled(rows, merges), more };
}

/** Cells merged downwards hold their value in the first row only. */
function filled(rows: ReadRow[], merges: Merge[]): ReadRow[] {
  if (merges.length === 0) return rows;
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  for (const { column, from, to } of merges) {
    const first = byNumber.get(from)?.cells[column];
    if (!first) continue;
    for (let number = from + 1; number <= Math.min(to, from + rows.length * 4); number++) {
      const row = byNumber.get(number);
      if (!row || row.cells[column]) continue;
      while (row.cells.length < column) row.cells.push(null);
      row.cells[column] = first;
    }
  }
  return rows;
}

/**
 * Reads one sheet of an XLSX file that somebody sent: its values, never its formulas, links, pictures or macros. Memory and
 * time stay bounded whatever the file claims. The first sheet that can be seen, unless another is named.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: ReadLimits,
  wanted?: string,
): Promise<({ ok: true } & ReadSheet) | { ok: false; problem: FileProblem }> {
  try {
    if (bytes.length === 0) throw new UnreadableFile("empty");
    if (Buffer.from(bytes.subarray(0, 8)).equals(OLE)) throw new UnreadableFile("oldOrLocked");
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new UnreadableFile("notXlsx");
    const zip = openZip(bytes);
    const book = await readBook(zip);
    const chosen = book.sheets.find(({ name }) => name === wanted) ?? book.sheets[0];
    if (!chosen) throw new UnreadableFile("noSheet");
    const known = { strings: await readStrings(zip), looks: await readLooks(zip), from1904: book.from1904 };
    const { rows, more } = await readRows(zip, chosen.part, known, limits);
    return { ok: true, sheets: book.sheets.map(({ name }) => name), sheet: chosen.name, rows, more };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, problem: error.problem };
    throw error;
  }
}
