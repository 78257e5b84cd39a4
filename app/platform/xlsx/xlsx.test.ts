import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readWorkbook } from "./read-workbook";
import { type OutCell, type OutSheet, writeWorkbook } from "./write-workbook";
import { writeZip } from "./zip-write";

async function bytesOf(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const block of blocks) all.push(block);
  return Buffer.concat(all);
}
const book = (rows: OutCell[][], over: Partial<OutSheet> = {}) =>
  bytesOf(writeWorkbook([{ name: "Tin", widths: [20], rows, ...over }]));

const TYPES =
  '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>';
const BOOK = '<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>';
const RELS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>';
const parts = (sheet: string, more: Record<string, string> = {}) => ({
  "[Content_Types].xml": TYPES,
  "xl/workbook.xml": BOOK,
  "xl/_rels/workbook.xml.rels": RELS,
  "xl/worksheets/sheet1.xml": sheet,
  ...more,
});
const zipOf = (files: Record<string, string>) =>
  bytesOf(writeZip(Object.entries(files).map(([name, text]) => ({ name, text: [text] }))));
const sheetOf = (data: string, behind = "") => `<worksheet><sheetData>${data}</sheetData>${behind}</worksheet>`;

async function textsOf(bytes: Uint8Array, mostRows = 100) {
  const read = await readWorkbook(bytes, { mostRows });
  if (!read.ok) throw new Error(read.problem);
  return read.rows.map(({ number, cells }) => [number, ...cells.map((cell) => cell?.text ?? null)]);
}
const problemOf = async (bytes: Uint8Array) => {
  const read = await readWorkbook(bytes, { mostRows: 100 });
  return read.ok ? "read" : read.problem;
};

describe("a workbook that was written", () => {
  it("reads back as it was, whatever the texts hold", async () => {
    const odd = ["=1+1", "+84 203", "-5 °C", "@SUM(A1)", "\tTab", "_x0041_", '<a & "b">', "Xử lý\nnước", "  "];
    const rows: OutCell[][] = [odd, [1.25, true, null, "", { day: "2027-12-31" }, { value: "x", style: "bad" }]];
    const read = await readWorkbook(await book(rows), { mostRows: 10 });
    if (!read.ok) throw new Error(read.problem);
    expect(read.rows[0]?.cells.map((cell) => cell?.text)).toEqual(odd);
    expect(read.rows[0]?.cells.every((cell) => cell?.kind === "text")).toBe(true);
    expect(read.rows[1]?.cells.map((cell) => cell && [cell.kind, cell.text])).toEqual([
      ["number", "1,25"],
      ["boolean", "1"],
      null,
      null,
      ["date", "31/12/2027"],
      ["text", "x"],
    ]);
  });

  it("keeps texts that look like formulas as texts, marked so that editing a cell does not make them one", async () => {
    const bytes = await book([[{ value: "=HYPERLINK(1)", style: "text" }]]);
    const read = await readWorkbook(bytes, { mostRows: 10 });
    expect(read).toMatchObject({ ok: true, rows: [{ cells: [{ kind: "text", text: "=HYPERLINK(1)" }] }] });
    const styles: string[] = [];
    const { openZip } = await import("./zip-read");
    for await (const block of openZip(bytes).read("xl/styles.xml", 1e6)) styles.push(block.toString());
    expect(styles.join("")).toContain('quotePrefix="1"');
    const sheet: string[] = [];
    for await (const block of openZip(bytes).read("xl/worksheets/sheet1.xml", 1e6)) sheet.push(block.toString());
    expect(sheet.join("")).not.toContain("<f");
  });

  it("stops writing when nobody reads on", async () => {
    let made = 0;
    let closed = false;
    async function* endless() {
      try {
        for (;;) {
          made += 1;
          yield [`Dòng ${made} ${Math.random()}`];
        }
      } finally {
        closed = true;
      }
    }
    let read = 0;
    for await (const block of writeWorkbook([{ name: "A", widths: [9], rows: endless() }])) {
      read += block.length;
      if (read > 200_000) break;
    }
    expect(made).toBeGreaterThan(1_000);
    await expect.poll(() => closed).toBe(true);
  });
});

describe("a workbook of another program", () => {
  it("is read with every kind of cell", async () => {
    const sheet = sheetOf(
      `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2"><v>45657</v></c><c r="D2" s="1"><v>45657.5</v></c><c r="E2" s="2"><v>0.6</v></c></row>
       <row r="3"><c r="A3" t="e"><f>A1/0</f><v>#REF!</v></c><c r="B3" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="C3"><f>1+1</f><v>2</v></c><c r="D3"><f>B9</f></c><c r="E3" t="b"><v>1</v></c><c r="G3" t="inlineStr"><is><r><t>đậm </t></r><r><rPr/><t>nhạt</t></r></is></c></row>
       <row r="4"><c r="A4" s="1"/></row><row r="6"><c><v>0.30000000000000004</v></c><c t="d"><v>2027-05-06T00:00:00</v></c><c><v>1250000000</v></c></row>`,
    );
    const strings =
      '<sst><si><t>C&#244;ng &lt;nghệ&gt;</t></si><si><r><t xml:space="preserve">hai </t></r><r><t>phần</t></r><rPh sb="0"><t>đọc</t></rPh></si></sst>';
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\/mm\\/yyyy;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs></styleSheet>';
    const bytes = await zipOf(parts(sheet, { "xl/sharedStrings.xml": strings, "xl/styles.xml": styles }));
    expect(await textsOf(bytes)).toEqual([
      [2, "Công <nghệ>", "hai phần", "45657", "31/12/2024", "60 %"],
      [3, "#REF!", "ab", "2", "=…", "1", null, "đậm nhạt"],
      [6, "0,3", "06/05/2027", "1250000000"],
    ]);
  });

  it("gives each row the value of a cell merged downwards", async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const sheet = sheetOf(
      `<row r="1">${cell("A1", "Môi trường")}${cell("B1", "a")}</row><row r="2">${cell("B2", "b")}</row><row r="3">${cell("B3", "c")}</row>`,
      '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>',
    );
    expect(await textsOf(await zipOf(parts(sheet)))).toEqual([
      [1, "Môi trường", "a"],
      [2, "Môi trường", "b"],
      [3, null, "c"],
    ]);
  });

  it("says when there are more rows than are read", async () => {
    const bytes = await book(Array.from({ length: 30 }, (_, at) => [`Dòng ${at}`]));
    expect(await readWorkbook(bytes, { mostRows: 20 })).toMatchObject({ ok: true, more: true, rows: { length: 20 } });
  });
});

/** A ZIP entry whose headers say what they are told to say. */
function lyingZip(name: string, content: Buffer, says: { size: number }): Buffer {
  const packed = deflateRawSync(content);
  const file = Buffer.from(name);
  const field = (signature: number, fields: [number, number][]) => {
    const out = Buffer.alloc(4 + fields.reduce((sum, [, width]) => sum + width, 0));
    let at = out.writeUInt32LE(signature, 0);
    for (const [value, width] of fields) at = width === 2 ? out.writeUInt16LE(value, at) : out.writeUInt32LE(value, at);
    return out;
  };
  const facts: [number, number][] = [
    [crc32(content), 4],
    [packed.length, 4],
    [says.size, 4],
    [file.length, 2],
    [0, 2],
  ];
  const local = Buffer.concat([field(0x04034b50, [[20, 2], [0, 2], [8, 2], [0, 4], ...facts]), file, packed]);
  const central = Buffer.concat([
    field(0x02014b50, [[20, 2], [20, 2], [0, 2], [8, 2], [0, 4], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [0, 4]]),
    file,
  ]);
  return Buffer.concat([
    local,
    central,
    field(0x06054b50, [
      [0, 4],
      [1, 2],
      [1, 2],
      [central.length, 4],
      [local.length, 4],
      [0, 2],
    ]),
  ]);
}

describe("a file that is no spreadsheet, or a trap", () => {
  it("is refused with a name for what is wrong", async () => {
    const whole = await book([["a"]]);
    const macros = parts(sheetOf(""), { "xl/vbaProject.bin": "x" });
    expect(
      await Promise.all([
        problemOf(new Uint8Array()),
        problemOf(Buffer.from("Tên tin;Mô tả\na;b")),
        problemOf(Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])),
        problemOf(whole.subarray(0, whole.length / 2)),
        problemOf(await zipOf({ mimetype: "application/vnd.oasis.opendocument.spreadsheet" })),
        problemOf(await zipOf(macros)),
        problemOf(await zipOf({ ...parts(""), "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row" })),
        problemOf(await zipOf(parts(sheetOf('<row><c t="s"><v>7</v></c></row>')))),
        problemOf(await zipOf(parts('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'))),
        problemOf(await zipOf({ ...parts(""), "xl/workbook.xml": "<workbook><sheets/></workbook>" })),
      ]),
    ).toEqual([
      "empty",
      "notXlsx",
      "oldOrLocked",
      "truncated",
      "notXlsx",
      "macros",
      "damaged",
      "damaged",
      "damaged",
      "noSheet",
    ]);
  });

  it("locked entries and doubled names are refused", async () => {
    const locked = Buffer.from(await book([["a"]]));
    const directory = locked.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    locked.writeUInt16LE(locked.readUInt16LE(directory + 8) | 1, directory + 8);
    expect(await problemOf(locked)).toBe("locked");
    const twice = await bytesOf(writeZip([1, 2].map(() => ({ name: "xl/workbook.xml", text: ["x"] }))));
    expect(await problemOf(twice)).toBe("damaged");
  });

  it("a bomb costs no more than its limit, also when its header lies", async () => {
    const bomb = Buffer.alloc(200_000_000, " ");
    const honest = lyingZip("[Content_Types].xml", bomb, { size: bomb.length });
    const lying = lyingZip("[Content_Types].xml", bomb, { size: 1_000 });
    expect(honest.length).toBeLessThan(300_000);
    const before = process.memoryUsage().rss;
    expect([await problemOf(honest), await problemOf(lying)]).toEqual(["tooLarge", "tooLarge"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    const text = lyingZip("[Content_Types].xml", Buffer.from(TYPES), { size: 5 });
    expect(await problemOf(text)).toBe("damaged");
  });

  it("one word named a million times does not fill the memory", async () => {
    const cells = '<c t="s"><v>0</v></c>'.repeat(100);
    const sheet = sheetOf(`<row>${cells}</row>`.repeat(90));
    const bytes = await zipOf(
      parts(sheet, { "xl/sharedStrings.xml": `<sst><si><t>${"x".repeat(30_000)}</t></si></sst>` }),
    );
    expect(await problemOf(bytes)).toBe("tooLarge");
  });
});
