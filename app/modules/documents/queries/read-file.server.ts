import type { Ctx } from "~/platform/context";

export type FileContent = { kind: "picture" | "pdf"; mime: string; bytes: Uint8Array; sha256: string };
export type FileFacts = {
  id: string;
  kind: "picture" | "pdf";
  name: string;
  bytes: number;
  width: number | null;
  height: number | null;
};

/** A stored file's content. No authorisation happens here: ask the context the file hangs on first. Null when it is absent. */
export async function readFile(ctx: Ctx, fileId: string, size: "full" | "thumbnail"): Promise<FileContent | null> {
  const row = await ctx.db.storedFile.findUnique({
    where: { id: fileId },
    select: { kind: true, mime: true, storageKey: true, thumbnailKey: true, sha256: true },
  });
  if (!row) return null;
  const key = size === "thumbnail" ? (row.thumbnailKey ?? row.storageKey) : row.storageKey;
  const bytes = await ctx.files.get(key);
  return bytes && { kind: row.kind, mime: row.mime, bytes, sha256: row.sha256 };
}

/** Names and sizes of files, for those who own them. No authorisation here either. */
export async function describeFiles(ctx: Ctx, fileIds: string[]): Promise<FileFacts[]> {
  const rows = await ctx.db.storedFile.findMany({
    where: { id: { in: fileIds } },
    select: { id: true, kind: true, originalName: true, bytes: true, width: true, height: true },
  });
  return rows.map(({ originalName, ...row }) => ({ ...row, name: originalName }));
}
