import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { errorCode } from "./messages.mjs";

/** @param {string} text */
export function shortHash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/**
 * Takes a lock that the kernel lets go when this process ends, however it ends: a socket that only one process can
 * listen on (abstract on Linux, so that no file is left behind).
 * @param {string} name what is locked, e.g. "data:/srv/cungcau/.data"
 * @returns {Promise<(() => void) | null>} a function that lets go, or null when another process holds it
 */
export function tryLock(name) {
  const id = `cungcau-${shortHash(name)}`;
  const file = path.join(os.tmpdir(), `${id}.sock`);
  const address = process.platform === "linux" ? `\0${id}` : process.platform === "win32" ? `\\\\.\\pipe\\${id}` : file;
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => (errorCode(error) === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(address, () => {
      server.unref();
      resolve(() => {
        server.close();
        if (address === file) rmSync(file, { force: true });
      });
    });
  });
}

/**
 * Does work that no other process may do at the same time, waiting for its turn.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when somebody else is at it
 * @returns {Promise<T>}
 */
export async function withLock(name, work, onWait) {
  let told = false;
  for (;;) {
    const release = await tryLock(name);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (!told) onWait?.();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
