/** Brings the files of DATA_DIR/files into the bucket of S3_BUCKET. Leaves out what is there; deletes nothing; safe to run again. */
import { fileURLToPath } from "node:url";
import { filesOf } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";
import { FilesError, type FilesPort } from "~/platform/ports/files";

/** Files on their way at a time. */
const AT_ONCE = 8;

/** What a PDF, a picture or a spreadsheet is; the database says it to readers, this is for who looks into the bucket. */
function mimeOf(body: Uint8Array): string {
  const head = Buffer.from(body.subarray(0, 12)).toString("latin1");
  if (head.startsWith("%PDF-")) return "application/pdf";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : "application/octet-stream";
}

/** Copies every file of one store that the other lacks (or holds with another size). @returns how many were copied and how many were there */
export async function copyFiles(from: FilesPort, to: FilesPort): Promise<{ copied: number; there: number }> {
  const known = new Map<string, number>();
  for await (const page of to.list()) for (const { key, bytes } of page) known.set(key, bytes);
  let [copied, there] = [0, 0];
  for await (const page of from.list()) {
    const missing = page.filter(({ key, bytes }) => known.get(key) !== bytes);
    there += page.length - missing.length;
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      await Promise.all(
        missing.slice(at, at + AT_ONCE).map(async ({ key }) => {
          const body = await from.get(key);
          // taken away meanwhile
          if (!body) return;
          await to.put(key, body, mimeOf(body));
          copied += 1;
        }),
      );
    }
  }
  return { copied, there };
}

async function main(): Promise<void> {
  const env = parseEnv(process.env);
  if (!env.S3_BUCKET)
    throw new EnvError("S3_BUCKET: name the bucket into which the files of DATA_DIR are to be copied");
  const [disk, bucket] = [filesOf({ ...env, S3_BUCKET: undefined }), filesOf(env)];
  try {
    await bucket.check();
    const { copied, there } = await copyFiles(disk, bucket);
    console.log(`Copied ${copied} files from ${disk.place} to ${bucket.place}; ${there} were there.`);
  } finally {
    await bucket.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof EnvError || error instanceof FilesError ? error.message : error);
    process.exit(1);
  });
}
