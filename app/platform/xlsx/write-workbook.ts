import { xml } from "../xml";
import { writeZip, type ZipPart } from "./zip-write";

/** How a cell looks; the order is that of `cellXfs` in the styles below. */
const STYLES = ["plain", "head", "headNeeded", "text", "date", "bad", "badDate", "note", "example", "title"] as const;
export type CellStyle = (typeof STYLES)[number];
/** A cell: text, number, yes or no, or a day (YYYY-MM-DD) for a date cell. Text is never a formula, whatever it begins with. */
export type OutCell =
  | null
  | string
  | number
  | boolean
  | { value: string | number | boolean | null; style: CellStyle }
  | { day: string; style?: "date" | "badDate" };

/** A drop-down over rows of one column. */
export type DropDown = {
  column: number;
  fromRow: number;
  toRow: number;
  /** cells that hold the choices, e.g. "Lists!$A$2:$A$9" */
  source: string;
  /** false: other values may be typed too (several choices in one cell) */
  strict: boolean;
  title: string;
  prompt: string;
  error: string;
};
export type OutSheet = {
  /** at most 31 characters, none of []:*?/\ */
  name: string;
  /** widths of the columns in characters */
  widths: readonly number[];
  /** how cells look that nobody has written in yet, by column */
  emptyStyles?: readonly CellStyle[];
  rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>;
  frozenRows?: number;
  frozenColumns?: number;
  dropDowns?: readonly DropDown[];
};

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Excel's own limit of characters in a cell. */
const LONGEST_CELL = 32_767;
const LONGEST_PROMPT = 255;

/** Days since 30 December 1899, as sheets count them. */
const serialOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000) + 25_569;

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

/** Sheets read "_x0041_" as a letter: text that looks like it is written so that it comes back as it is. */
const escaped = (text: string) => xml(text.slice(0, LONGEST_CELL).replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_"));

function cellXml(cell: OutCell, at: string): string {
  const styled = typeof cell === "object" && cell !== null ? cell : { value: cell, style: "plain" as const };
  const style = STYLES.indexOf(styled.style ?? "date");
  const s = style > 0 ? ` s="${style}"` : "";
  if ("day" in styled) return `<c r="${at}"${s}><v>${serialOf(styled.day)}</v></c>`;
  const { value } = styled;
  if (value === null || value === "") return style > 0 ? `<c r="${at}"${s}/>` : "";
  if (typeof value === "number" && Number.isFinite(value)) return `<c r="${at}"${s}><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c r="${at}"${s} t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c r="${at}"${s} t="inlineStr"><is><t xml:space="preserve">${escaped(String(value))}</t></is></c>`;
}

function dropDownXml(one: DropDown): string {
  const name = columnName(one.column);
  const text = (value: string) => xml(value.slice(0, LONGEST_PROMPT));
  return `<dataValidation type="list" allowBlank="1" showInputMessage="1"${one.strict ? ' showErrorMessage="1"' : ""} errorTitle="${xml(one.title.slice(0, 32))}" error="${text(one.error)}" promptTitle="${xml(one.title.slice(0, 32))}" prompt="${text(one.prompt)}" sqref="${name}${one.fromRow}:${name}${one.toRow}"><formula1>${xml(one.source)}</formula1></dataValidation>`;
}

const styleOf = (style: CellStyle | undefined) => (style ? ` style="${STYLES.indexOf(style)}"` : "");

async function* sheetXml(sheet: OutSheet, first: boolean): AsyncGenerator<string> {
  const { frozenRows = 0, frozenColumns = 0, dropDowns = [] } = sheet;
  const corner = `${columnName(frozenColumns)}${frozenRows + 1}`;
  const side = frozenColumns === 0 ? "bottomLeft" : frozenRows === 0 ? "topRight" : "bottomRight";
  const pane =
    frozenRows + frozenColumns > 0
      ? `<pane${frozenColumns ? ` xSplit="${frozenColumns}"` : ""}${frozenRows ? ` ySplit="${frozenRows}"` : ""} topLeftCell="${corner}" activePane="${side}" state="frozen"/>`
      : "";
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView${first ? ' tabSelected="1"' : ""} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="16"/>`;
  yield `<cols>${sheet.widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"${styleOf(sheet.emptyStyles?.[at])}/>`).join("")}</cols><sheetData>`;
  let number = 0;
  for await (const row of sheet.rows) {
    number += 1;
    yield `<row r="${number}">${row.map((cell, at) => cellXml(cell, `${columnName(at)}${number}`)).join("")}</row>`;
  }
  yield "</sheetData>";
  if (dropDowns.length > 0)
    yield `<dataValidations count="${dropDowns.length}">${dropDowns.map(dropDownXml).join("")}</dataValidations>`;
  yield "</worksheet>";
}

/**
 * Fonts, fills and formats. Texts carry `quotePrefix`, so that "=1+1" stays a text also when somebody edits the cell:
 * the way spreadsheets themselves keep a typed '=1+1.
 */
function stylesXml(): string {
  const font = (inner: string) => `<font>${inner}<sz val="11"/><name val="Calibri"/></font>`;
  const fill = (colour: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
  const fonts = [
    font(""),
    font("<b/>").replace("<sz", '<color rgb="FFFFFFFF"/><sz'),
    font('<i/><color rgb="FF5B6470"/>'),
    font('<color rgb="FF9C0006"/>'),
    font("<b/>"),
  ];
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    fill("3B5B7A"),
    fill("0B4A6F"),
    fill("FFD9DC"),
    fill("FFF4CE"),
  ];
  const xf = (fontId: number, fillId: number, format: number, wrap = true) =>
    `<xf numFmtId="${format}" fontId="${fontId}" fillId="${fillId}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"${format === 49 ? ' quotePrefix="1"' : ""}><alignment vertical="top"${wrap ? ' wrapText="1"' : ""}/></xf>`;
  const xfs: Record<CellStyle, string> = {
    plain: xf(0, 0, 0),
    head: xf(1, 2, 49),
    headNeeded: xf(1, 3, 49),
    text: xf(0, 0, 49),
    date: xf(0, 0, 164, false),
    bad: xf(3, 4, 49),
    badDate: xf(3, 4, 164, false),
    note: xf(0, 5, 49),
    example: xf(2, 0, 49),
    title: xf(4, 0, 49, false),
  };
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="${fonts.length}">${fonts.join("")}</fonts><fills count="${fills.length}">${fills.join("")}</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${STYLES.length}">${STYLES.map((name) => xfs[name]).join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** A workbook (ECMA-376, SpreadsheetML) as a stream of bytes; rows are taken as they come. */
export function writeWorkbook(sheets: readonly OutSheet[]): AsyncGenerator<Buffer> {
  const numbers = sheets.map((_, at) => at + 1);
  const type = (part: string, kind: string) =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const parts: ZipPart[] = [
    {
      name: "[Content_Types].xml",
      text: [
        `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type("xl/workbook.xml", "sheet.main")}${numbers.map((at) => type(`xl/worksheets/sheet${at}.xml`, "worksheet")).join("")}${type("xl/styles.xml", "styles")}</Types>`,
      ],
    },
    {
      name: "_rels/.rels",
      text: [
        `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
      ],
    },
    {
      name: "xl/workbook.xml",
      text: [
        `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${xml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
      ],
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: [
        `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((at) => relation(`rId${at}`, "worksheet", `worksheets/sheet${at}.xml`)).join("")}${relation(`rId${sheets.length + 1}`, "styles", "styles.xml")}</Relationships>`,
      ],
    },
    { name: "xl/styles.xml", text: [stylesXml()] },
    ...sheets.map((sheet, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, text: sheetXml(sheet, at === 0) })),
  ];
  return writeZip(parts);
}
