import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, unlink } from "node:fs/promises";
import path from "node:path";
import type { FilesPort } from "../ports/files";

const KEY = /^[a-zA-Z0-9_-]{16,128}$/;

function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}

/**
 * Files in `<dataDir>/files`, in folders by the key's first two letters. A file is written beside its place, flushed and
 * renamed, so that a reader or a crash never meets half of it.
 * @throws Error for a key that is no random key (nothing else may become a path)
 */
export function createFilesLocal(dataDir: string): FilesPort {
  const root = path.join(path.resolve(dataDir), "files");
  const place = (key: string) => {
    if (!KEY.test(key)) throw new Error("Not a file key");
    return path.join(root, key.slice(0, 2), key);
  };
  return {
    async put(key, body) {
      const target = place(key);
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
    },
    async get(key) {
      try {
        return new Uint8Array(await readFile(place(key)));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async remove(key) {
      try {
        await unlink(place(key));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}
