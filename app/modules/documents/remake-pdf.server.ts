import { inflateSync } from "node:zlib";

/** What a PDF's packed object tables may grow to: more is a bomb rather than a brochure. */
const INFLATED_LIMIT = 64 * 1024 * 1024;
/** Page and object entries that carry who made it and when, what runs by itself, or what hides inside. */
const DROPPED = ["Metadata", "PieceInfo", "LastModified", "AA", "AF", "OpenAction", "JS", "JavaScript", "EF"];
/** What a link in a document may still do: open an address, go to a place in it. */
const HARMLESS_ACTIONS = ["URI", "GoTo"];

const STREAM = /(?<!end)stream\r?\n/g;

/**
 * Whether the streams that a reader must unpack to understand the document stay within bounds. Pictures are skipped, as
 * nothing here unpacks them; a dictionary that writes its names in escapes is not believed to be a picture.
 */
function unpacksWithin(bytes: Buffer, limit: number): boolean {
  const text = bytes.toString("latin1");
  let left = limit;
  for (const match of text.matchAll(STREAM)) {
    const start = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - 2048), match.index);
    const dictionary = before.slice(before.lastIndexOf(" obj") + 1);
    const isPicture = dictionary.includes("/Image") && !/ObjStm|XRef|#/.test(dictionary);
    if (isPicture || !/Flate|Fl\b|#/.test(dictionary)) continue;
    const end = text.indexOf("endstream", start);
    if (end < 0) return false;
    try {
      left -= inflateSync(bytes.subarray(start, end), { maxOutputLength: left + 1 }).length;
    } catch (error) {
      // a stream that does not unpack is the parser's affair; one that unpacks too far is a bomb
      if (error instanceof RangeError) return false;
    }
    if (left < 0) return false;
  }
  return true;
}

/**
 * A PDF made anew from its pages: no author, dates or editing history, no scripts, no actions that start by themselves, no
 * attachments, nothing before or after the document (a file that is a PDF and something else at once stays a PDF only).
 * Text, pictures and links stay. Null when it is broken, locked by a password, or unpacks beyond bounds.
 */
export async function remakePdf(bytes: Uint8Array): Promise<Uint8Array | null> {
  if (!unpacksWithin(Buffer.from(bytes), INFLATED_LIMIT)) return null;
  // loaded when somebody uploads, not at boot
  const { PDFDict, PDFDocument, PDFName, PDFRawStream } = await import("@cantoo/pdf-lib");
  try {
    const source = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
    if (source.getPageCount() === 0) return null;
    const made = await PDFDocument.create({ updateMetadata: false });
    // only what the pages reach comes along
    for (const page of await made.copyPages(source, source.getPageIndices())) made.addPage(page);
    for (const [reference, object] of made.context.enumerateIndirectObjects()) {
      const dictionary = object instanceof PDFRawStream ? object.dict : object instanceof PDFDict ? object : null;
      if (!dictionary) continue;
      if (dictionary.lookupMaybe(PDFName.of("Subtype"), PDFName)?.decodeText() === "FileAttachment") {
        made.context.delete(reference);
        continue;
      }
      for (const name of DROPPED) dictionary.delete(PDFName.of(name));
      const action = dictionary.lookup(PDFName.of("A"));
      const does = action instanceof PDFDict ? action.lookup(PDFName.of("S")) : null;
      if (does instanceof PDFName && !HARMLESS_ACTIONS.includes(does.decodeText())) dictionary.delete(PDFName.of("A"));
    }
    return await made.save({ updateFieldAppearances: false });
  } catch {
    return null;
  }
}
