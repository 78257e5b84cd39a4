import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

export type ZipPart = { name: string; text: Iterable<string> | AsyncIterable<string> };

const UTF8_AND_SIZES_BEHIND = 0x0808;
const DEFLATED = 8;
/** 1 January 1980, the beginning of ZIP's time: the same content gives the same bytes. */
const DAY_ZERO = 0x0021;
const ENOUGH = 32 * 1024;

/** Small strings joined, so that the compressor is not called for every cell. */
async function* inBlocks(text: ZipPart["text"]): AsyncGenerator<Buffer> {
  let block = "";
  for await (const piece of text) {
    block += piece;
    if (block.length < ENOUGH) continue;
    yield Buffer.from(block);
    block = "";
  }
  if (block) yield Buffer.from(block);
}

function record(signature: number, fields: [value: number, bytes: 2 | 4][], ...tail: Buffer[]): Buffer {
  const head = Buffer.alloc(4 + fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = head.writeUInt32LE(signature, 0);
  for (const [value, bytes] of fields) at = bytes === 2 ? head.writeUInt16LE(value, at) : head.writeUInt32LE(value, at);
  return Buffer.concat([head, ...tail]);
}

/**
 * A ZIP file (APPNOTE 6.3, no ZIP64: parts below 4 GB) written while it is read: no part lies in memory whole, sizes stand
 * behind each part. Ends early and cleanly when whoever reads it stops.
 */
export async function* writeZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const start = offset;
    const head = record(
      0x04034b50,
      [
        [20, 2],
        [UTF8_AND_SIZES_BEHIND, 2],
        [DEFLATED, 2],
        [0, 2],
        [DAY_ZERO, 2],
        [0, 4],
        [0, 4],
        [0, 4],
        [name.length, 2],
        [0, 2],
      ],
      name,
    );
    yield head;
    let [sum, size, packed] = [0, 0, 0];
    const counted = async function* () {
      for await (const block of inBlocks(part.text)) {
        sum = crc32(block, sum);
        size += block.length;
        yield block;
      }
    };
    const deflate = createDeflateRaw();
    const feeding = pipeline(Readable.from(counted()), deflate);
    // what goes wrong comes out of the reading below
    feeding.catch(() => undefined);
    for await (const block of deflate as AsyncIterable<Buffer>) {
      packed += block.length;
      yield block;
    }
    await feeding;
    const facts: [number, 2 | 4][] = [
      [sum, 4],
      [packed, 4],
      [size, 4],
    ];
    const behind = record(0x08074b50, facts);
    yield behind;
    offset += head.length + packed + behind.length;
    directory.push(
      record(
        0x02014b50,
        [
          [20, 2],
          [20, 2],
          [UTF8_AND_SIZES_BEHIND, 2],
          [DEFLATED, 2],
          [0, 2],
          [DAY_ZERO, 2],
          ...facts,
          [name.length, 2],
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 4],
          [start, 4],
        ],
        name,
      ),
    );
  }
  const list = Buffer.concat(directory);
  yield list;
  yield record(0x06054b50, [
    [0, 2],
    [0, 2],
    [directory.length, 2],
    [directory.length, 2],
    [list.length, 4],
    [offset, 4],
    [0, 2],
  ]);
}
