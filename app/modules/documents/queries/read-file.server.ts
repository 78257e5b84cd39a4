import type { Ctx } from "~/platform/context";

/** A stored file; its content is fetched when somebody opens it. `open` gives null when the store has lost it. */
export type FileContent = {
  kind: "picture" | "pdf";
  mime: string;
  sha256: string;
  open(): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> } | null>;
};
export type FileFacts = {
  id: string;
  kind: "picture" | "pdf";
  name: string;
  bytes: number;
  width: number | null;
  height: number | null;
};

/** A stored file. No authorisation happens here: ask the context the file hangs on first. Null when it is absent. */
export async function readFile(ctx: Ctx, fileId: string, size: "full" | "thumbnail"): Promise<FileContent | null> {
  const row = await ctx.db.storedFile.findUnique({
    where: { id: fileId },
    select: { kind: true, mime: true, storageKey: true, thumbnailKey: true, sha256: true },
  });
  if (!row) return null;
  const { storageKey, thumbnailKey, ...facts } = row;
  const key = size === "thumbnail" ? (thumbnailKey ?? storageKey) : storageKey;
  return { ...facts, open: () => ctx.files.open(key) };
}

/** Names and sizes of files, for those who own them. No authorisation here either. */
export async function describeFiles(ctx: Ctx, fileIds: string[]): Promise<FileFacts[]> {
  const rows = await ctx.db.storedFile.findMany({
    where: { id: { in: fileIds } },
    select: { id: true, kind: true, originalName: true, bytes: true, width: true, height: true },
  });
  return rows.map(({ originalName, ...row }) => ({ ...row, name: originalName }));
}
