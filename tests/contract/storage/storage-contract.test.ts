import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFilesLocal } from "~/platform/adapters/files-local.server";
import { createFilesS3 } from "~/platform/adapters/files-s3.server";
import { FilesError, type FilesPort, type StoredObject } from "~/platform/ports/files";
import { copyFiles } from "../../../scripts/copy-files";
import { openS3, type S3Server, s3AtHand } from "./s3-server";
import { openTcpCut, type TcpCut } from "./tcp-cut";

type Bench = {
  /** an empty store of its own */
  open(): FilesPort;
  /** one that nobody may use as it is set up, and what is wrong with it */
  misused(): { port: FilesPort; problem: FilesError["problem"]; secret: string }[];
  close(): Promise<void>;
};

async function onDisk(): Promise<Bench> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-files-"));
  let count = 0;
  return {
    open: () => createFilesLocal(path.join(directory, String(++count))),
    misused: () => {
      // a file where the folder should be: root may do everything else
      const file = path.join(directory, "no-folder");
      writeFileSync(file, "");
      return [{ port: createFilesLocal(file), problem: "noStore", secret: "none" }];
    },
    close: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

const optionsOf = (server: S3Server, more: object = {}) => ({
  bucket: server.bucket,
  endpoint: server.endpoint,
  region: server.region,
  pathStyle: true,
  prefix: `t${randomBytes(6).toString("hex")}/`,
  credentials: server.credentials,
  ...more,
});

async function onS3(): Promise<Bench> {
  const server = await openS3();
  return {
    open: () => createFilesS3(optionsOf(server)),
    misused: () => {
      const secret = "a-secret-that-is-wrong";
      const { accessKeyId } = server.credentials;
      const keys = (id: string) => optionsOf(server, { credentials: { accessKeyId: id, secretAccessKey: secret } });
      return [
        { port: createFilesS3(keys(accessKeyId)), problem: "denied", secret },
        { port: createFilesS3(keys("nobody")), problem: "denied", secret },
        { port: createFilesS3(optionsOf(server, { bucket: "no-such-bucket" })), problem: "noStore", secret },
      ];
    },
    close: server.close,
  };
}

const adapters = [
  { name: "local", atHand: true, start: onDisk },
  { name: "s3", atHand: s3AtHand(), start: onS3 },
];
if (!s3AtHand()) {
  console.warn(
    "SKIPPED: the storage contract on s3 (set S3_ENDPOINT, S3_ACCESS_KEY and S3_SECRET_KEY, or put `versitygw` on the PATH)",
  );
}

const aKey = () => randomBytes(24).toString("base64url");
const PDF = "application/pdf";
const problem = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (error instanceof FilesError ? error.problem : error),
  );
async function all(port: FilesPort): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for await (const page of port.list()) {
    expect(page.length).toBeLessThanOrEqual(1_000);
    found.push(...page);
  }
  return found;
}
const bytesOf = async (port: FilesPort, key: string) => {
  const content = await port.open(key);
  if (!content) return null;
  const bytes = Buffer.from(await new Response(content.stream).arrayBuffer());
  expect(content.bytes).toBe(bytes.length);
  return bytes;
};

for (const adapter of adapters) {
  describe.skipIf(!adapter.atHand)(`storage contract on ${adapter.name}`, () => {
    let bench: Bench;
    let port: FilesPort;
    beforeAll(async () => {
      bench = await adapter.start();
    });
    afterAll(async () => bench?.close());
    beforeEach(() => {
      port = bench.open();
      return () => port.close();
    });

    it("is ready and empty at first", async () => {
      await port.check();
      expect(await all(port)).toEqual([]);
    });

    it("gives back every byte, whole and as a stream", async () => {
      for (const body of [Uint8Array.from({ length: 256 }, (_, at) => at), randomBytes(300_001), new Uint8Array()]) {
        const key = aKey();
        await port.put(key, body, PDF);
        expect(await port.has(key)).toBe(true);
        expect(Buffer.from((await port.get(key)) ?? []).equals(body)).toBe(true);
        expect((await bytesOf(port, key))?.equals(body)).toBe(true);
      }
    });

    it("says of what is not there that it is not there", async () => {
      const key = aKey();
      expect([await port.get(key), await port.open(key), await port.has(key)]).toEqual([null, null, false]);
    });

    it("puts over what was there", async () => {
      const key = aKey();
      await port.put(key, Buffer.from("the first, which is longer"), PDF);
      await port.put(key, Buffer.from("the second"), PDF);
      expect((await bytesOf(port, key))?.toString()).toBe("the second");
      expect((await all(port)).map((object) => [object.key, object.bytes])).toEqual([[key, 10]]);
    });

    it("removes once and again", async () => {
      const key = aKey();
      await port.put(key, Buffer.from("x"), PDF);
      await port.remove(key);
      await port.remove(key);
      await port.remove(aKey());
      expect([await port.has(key), await port.get(key), await all(port)]).toEqual([false, null, []]);
    });

    it("takes random keys only, and tells letters of either case and marks apart", async () => {
      const hostile = [
        "",
        "short",
        "../../../../etc/passwd",
        "a/b".padEnd(20, "c"),
        "khóa-tiếng-việt-dài",
        " ".repeat(20),
      ];
      for (const key of [
        ...hostile,
        "a".repeat(129),
        `${"a".repeat(16)}\n`,
        `${"a".repeat(16)}%2e`,
        `${"a".repeat(16)}\0`,
      ]) {
        const { put, ...others } = {
          put: port.put,
          get: port.get,
          open: port.open,
          has: port.has,
          remove: port.remove,
        };
        await expect(put(key, Buffer.from("x"), PDF)).rejects.toThrow("Not a file key");
        for (const work of Object.values(others)) await expect(work(key)).rejects.toThrow("Not a file key");
      }
      const keys = ["--------________", "-_".repeat(64), "AAAAaaaaAAAAaaaa", "aaaaAAAAaaaaAAAA", "0123456789012345"];
      for (const key of keys) await port.put(key, Buffer.from(key), PDF);
      for (const key of keys) expect((await bytesOf(port, key))?.toString()).toBe(key);
      expect((await all(port)).map(({ key }) => key).sort()).toEqual([...keys].sort());
    });

    it("takes many at once, and of many under one key keeps one whole", async () => {
      const bodies = Array.from({ length: 40 }, () => randomBytes(20_000));
      const keys = bodies.map(aKey);
      await Promise.all(bodies.map((body, at) => port.put(keys[at] ?? "", body, PDF)));
      const back = await Promise.all(keys.map((key) => bytesOf(port, key)));
      expect(back.every((body, at) => body?.equals(bodies[at] ?? Buffer.alloc(0)))).toBe(true);
      const one = aKey();
      await Promise.all(bodies.slice(0, 12).map((body) => port.put(one, body, PDF)));
      const kept = await bytesOf(port, one);
      expect(bodies.slice(0, 12).some((body) => kept?.equals(body))).toBe(true);
    });

    it("streams what is large in small pieces", async () => {
      const key = aKey();
      const body = randomBytes(32 * 1024 * 1024);
      await port.put(key, body, PDF);
      const hash = createHash("sha256");
      const content = await port.open(key);
      const reader = content?.stream.getReader();
      let pieces = 0;
      for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
        expect(piece.value.length).toBeLessThanOrEqual(1024 * 1024);
        hash.update(piece.value);
        pieces += 1;
      }
      expect(pieces).toBeGreaterThan(32);
      expect(hash.digest("hex")).toBe(createHash("sha256").update(body).digest("hex"));
    });

    it("lets go of a stream that nobody reads on, and still answers", async () => {
      const key = aKey();
      await port.put(key, randomBytes(4 * 1024 * 1024), PDF);
      for (let at = 0; at < 60; at += 1) {
        const reader = (await port.open(key))?.stream.getReader();
        expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
        await reader?.cancel();
      }
      expect((await bytesOf(port, key))?.length).toBe(4 * 1024 * 1024);
    });

    it("lists more than a thousand, each once, with size and time, and nothing of others", async () => {
      const other = bench.open();
      await other.put(aKey(), Buffer.from("another exchange's"), PDF);
      const began = Date.now();
      const keys = Array.from({ length: 1_050 }, aKey);
      for (let at = 0; at < keys.length; at += 25)
        await Promise.all(keys.slice(at, at + 25).map((key, i) => port.put(key, Buffer.alloc(at + i), PDF)));
      const found = await all(port);
      expect(found.map(({ key }) => key).sort()).toEqual([...keys].sort());
      const sizes = new Map(found.map(({ key, bytes }) => [key, bytes]));
      expect(keys.every((key, at) => sizes.get(key) === at)).toBe(true);
      // stores tell whole seconds
      expect(found.every(({ changedAt }) => Math.abs(changedAt.getTime() - began) < 120_000)).toBe(true);
      await other.close();
    }, 60_000);

    it("says what is wrong with it, without the secret", async () => {
      for (const { port: wrong, problem: expected, secret } of bench.misused()) {
        for (const work of [() => wrong.check(), () => wrong.put(aKey(), Buffer.from("x"), PDF)]) {
          const error = await work().then(
            () => null,
            (reason: unknown) => reason,
          );
          expect(error).toBeInstanceOf(FilesError);
          expect(error).toMatchObject({ problem: expected });
          expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
        }
        await wrong.close();
      }
    });
  });
}

describe.skipIf(!s3AtHand())("files brought from the disk to s3", () => {
  it("are all there afterwards, and only what is new is copied again", async () => {
    const [disk, s3] = [await onDisk(), await onS3()];
    const [from, to] = [disk.open(), s3.open()];
    const [one, two] = [aKey(), aKey()];
    await from.put(one, Buffer.from("%PDF-1.4"), PDF);
    await from.put(two, randomBytes(5_000), PDF);
    expect(await copyFiles(from, to)).toEqual({ copied: 2, there: 0 });
    await from.put(aKey(), Buffer.from("later"), PDF);
    await from.put(one, Buffer.from("%PDF-1.7 longer"), PDF);
    expect(await copyFiles(from, to)).toEqual({ copied: 2, there: 1 });
    const sums = async (port: FilesPort) =>
      Promise.all((await all(port)).map(async ({ key }) => `${key} ${(await port.get(key))?.join()}`));
    expect((await sums(to)).sort()).toEqual((await sums(from)).sort());
    await Promise.all([to.close(), s3.close(), disk.close()]);
  });
});

describe("files on the disk", () => {
  it("take away what a crash left half-written a day ago, and nobody ever sees it", async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-files-"));
    const port = createFilesLocal(directory);
    await port.put(`ab${"c".repeat(16)}`, Buffer.from("whole"), PDF);
    const folder = path.join(directory, "files", "ab");
    const parts = ["old", "new"].map((name) => path.join(folder, `ab${name.repeat(6)}.0123456789ab.tmp`));
    for (const part of parts) writeFileSync(part, "half");
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(parts[0] ?? "", yesterday, yesterday);
    expect((await all(port)).map(({ bytes }) => bytes)).toEqual([5]);
    expect(readdirSync(folder).sort()).toEqual([`ab${"c".repeat(16)}`, path.basename(parts[1] ?? "")].sort());
    rmSync(directory, { recursive: true, force: true });
  });
});

describe.skipIf(!s3AtHand())("an s3 server that goes away in the middle", () => {
  let server: S3Server;
  let line: TcpCut;
  let port: FilesPort;
  beforeAll(async () => {
    server = await openS3();
  });
  afterAll(async () => server?.close());
  beforeEach(async () => {
    line = await openTcpCut(server.endpoint);
    port = createFilesS3(optionsOf(server, { endpoint: line.endpoint }));
    return async () => {
      await port.close();
      await line.close();
    };
  });
  const body = randomBytes(24 * 1024 * 1024);

  it("sends no more than somebody reads", async () => {
    const key = aKey();
    await port.put(key, body, PDF);
    const before = line.received();
    const content = await port.open(key);
    const reader = content?.stream.getReader();
    await reader?.read();
    // other calls go on beside it, and its bytes stay where they are
    for (let at = 0; at < 20; at += 1) await port.has(key);
    expect(line.received() - before).toBeLessThan(body.length - 4 * 1024 * 1024);
    await reader?.cancel();
  });

  it("fails the reader instead of giving half a file, and serves again when it is back", async () => {
    const key = aKey();
    await port.put(key, body, PDF);
    line.cutAnswersAfter(3 * 1024 * 1024);
    await expect(bytesOf(port, key)).rejects.toThrow();
    expect(await problem(port.get(key))).toBe("away");
    line.cutAnswersAfter(null);
    expect((await bytesOf(port, key))?.equals(body)).toBe(true);
  });

  it("leaves what was there when an upload is cut, and nothing where nothing was", async () => {
    const [old, fresh] = [aKey(), aKey()];
    await port.put(old, Buffer.from("the one before"), PDF);
    line.cutRequestsAfter(1024 * 1024);
    expect(await problem(port.put(old, body, PDF))).toBe("away");
    expect(await problem(port.put(fresh, body, PDF))).toBe("away");
    line.cutRequestsAfter(null);
    expect((await bytesOf(port, old))?.toString()).toBe("the one before");
    expect([await port.has(fresh), (await all(port)).map(({ key }) => key)]).toEqual([false, [old]]);
  });

  it("is said to be away when nobody listens", async () => {
    const { endpoint } = line;
    await line.close();
    const gone = createFilesS3(optionsOf(server, { endpoint }));
    const key = aKey();
    for (const work of [gone.check(), gone.put(key, body, PDF), gone.get(key), gone.remove(key), all(gone)].map(
      problem,
    ))
      expect(await work).toBe("away");
    await gone.close();
  });
});
