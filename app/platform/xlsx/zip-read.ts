import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";

/** Why a file cannot be read as a spreadsheet. Each has words in "exchange:file.*". */
export type FileProblem =
  | "empty"
  | "notXlsx"
  | "oldOrLocked"
  | "truncated"
  | "locked"
  | "tooLarge"
  | "damaged"
  | "macros"
  | "noSheet";

/** Thrown while a file is read, caught by `readWorkbook`. */
export class UnreadableFile extends Error {
  constructor(readonly problem: FileProblem) {
    super(problem);
    this.name = "UnreadableFile";
  }
}

type Entry = { method: number; flags: number; packed: number; size: number; sum: number; at: number };
export type Zip = {
  names: string[];
  has(name: string): boolean;
  /** bytes of an entry as they are unpacked; stops with "tooLarge" beyond `most`, whatever the file says of its size */
  read(name: string, most: number): AsyncGenerator<Buffer>;
};

const MOST_ENTRIES = 2_000;
const END = 0x06054b50;
const LOCKED = 0x0001;

/** The end record stands in the last 64 kB, behind a comment at most. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--)
    if (bytes.readUInt32LE(at) === END) return at;
  throw new UnreadableFile("truncated");
}

function entriesOf(bytes: Buffer): Map<string, Entry> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  // no spreadsheet that people fill in needs ZIP64
  if (count > MOST_ENTRIES || at === 0xffffffff) throw new UnreadableFile("tooLarge");
  const entries = new Map<string, Entry>();
  for (let left = count; left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new UnreadableFile("damaged");
    const [names, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const name = bytes.subarray(at + 46, at + 46 + names).toString("utf8");
    // two parts of one name: programs disagree which one counts
    if (entries.has(name)) throw new UnreadableFile("damaged");
    entries.set(name, {
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      sum: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + names + extra + comment;
  }
  return entries;
}

function packedBytes(bytes: Buffer, entry: Entry): Buffer {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== 0x04034b50) throw new UnreadableFile("damaged");
  const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  if (start + entry.packed > bytes.length) throw new UnreadableFile("truncated");
  return bytes.subarray(start, start + entry.packed);
}

/**
 * Opens a ZIP file that somebody sent. Nothing is unpacked before it is asked for; what is unpacked is counted as it comes,
 * so that neither a bomb nor a lying header costs more than the limit given. Locked, doubled and ZIP64 entries are refused.
 * @throws UnreadableFile
 */
export function openZip(given: Uint8Array): Zip {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const entries = entriesOf(bytes);
  if ([...entries.values()].some(({ flags }) => flags & LOCKED)) throw new UnreadableFile("locked");
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    async *read(name, most) {
      const entry = entries.get(name);
      if (!entry || (entry.method !== 0 && entry.method !== 8)) throw new UnreadableFile("damaged");
      if (entry.size > most) throw new UnreadableFile("tooLarge");
      const packed = packedBytes(bytes, entry);
      let [size, sum] = [0, 0];
      try {
        for await (const block of entry.method === 0 ? [packed] : inflated(packed)) {
          size += block.length;
          if (size > most) throw new UnreadableFile("tooLarge");
          sum = crc32(block, sum);
          yield block;
        }
      } catch (error) {
        throw error instanceof UnreadableFile ? error : new UnreadableFile("damaged");
      }
      if (size !== entry.size || sum !== entry.sum) throw new UnreadableFile("damaged");
    },
  };
}

function inflated(packed: Buffer): AsyncIterable<Buffer> {
  const inflate = createInflateRaw();
  Readable.from([packed], { objectMode: false }).pipe(inflate);
  return inflate;
}
