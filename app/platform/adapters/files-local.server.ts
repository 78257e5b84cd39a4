import { randomBytes } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { FilesError, type FilesPort, isFileKey, type StoredObject } from "../ports/files";

const PAGE = 1_000;
/** What a crash left half-written is taken away after this long. */
const PART_MS = 86_400_000;
const PART = /\.[0-9a-f]{12}\.tmp$/;

function codeOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : null;
}

/** A file or folder that is not there; everything else is the disk's problem. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw problemOf(error);
  }
}

function problemOf(error: unknown): FilesError {
  const code = codeOf(error) ?? "unknown";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new FilesError("denied", `The folder of files may not be used (${code})`, { cause: error });
  if (code === "ENOTDIR" || code === "EEXIST")
    return new FilesError("noStore", `The folder of files is no folder (${code})`, { cause: error });
  return new FilesError("away", `The disk does not take or give files (${code})`, { cause: error });
}

/**
 * Files in `<dataDir>/files`, in folders by the key's first two letters. A file is written beside its place, flushed and
 * renamed, so that a reader or a crash never meets half of it.
 */
export function createFilesLocal(dataDir: string): FilesPort {
  const root = path.join(path.resolve(dataDir), "files");
  const place = (key: string) => {
    if (!isFileKey(key)) throw new Error("Not a file key");
    return path.join(root, key.slice(0, 2), key);
  };

  async function write(target: string, body: Uint8Array): Promise<void> {
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const beside = `${target}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      const handle = await open(beside, "wx", 0o600);
      try {
        await handle.writeFile(body);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  async function look(folder: string, name: string): Promise<StoredObject | null> {
    const file = path.join(root, folder, name);
    const found = await orNull(stat(file));
    if (!found?.isFile()) return null;
    if (PART.test(name) && Date.now() - found.mtimeMs > PART_MS) await rm(file, { force: true });
    return isFileKey(name) && name.startsWith(folder) ? { key: name, bytes: found.size, changedAt: found.mtime } : null;
  }

  return {
    place: root,
    async put(key, body) {
      const target = place(key);
      await write(target, body).catch((error: unknown) => Promise.reject(problemOf(error)));
    },
    async get(key) {
      const bytes = await orNull(readFile(place(key)));
      return bytes && new Uint8Array(bytes);
    },
    async open(key) {
      const file = await orNull(open(place(key), "r"));
      if (!file) return null;
      const { size } = await file.stat();
      const source = createReadStream("", { fd: file, highWaterMark: 64 * 1024 });
      return { bytes: size, stream: Readable.toWeb(source) as ReadableStream<Uint8Array> };
    },
    async has(key) {
      return (await orNull(stat(place(key)))) !== null;
    },
    async remove(key) {
      await orNull(unlink(place(key)));
    },
    async *list() {
      let page: StoredObject[] = [];
      for (const folder of (await orNull(readdir(root))) ?? []) {
        if (folder.length !== 2) continue;
        for (const name of (await orNull(readdir(path.join(root, folder)))) ?? []) {
          const object = await look(folder, name);
          if (object) page.push(object);
          if (page.length < PAGE) continue;
          yield page;
          page = [];
        }
      }
      if (page.length > 0) yield page;
    },
    async check() {
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
      } catch (error) {
        throw problemOf(error);
      }
    },
    async close() {},
  };
}
