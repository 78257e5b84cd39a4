import { createHash, randomBytes } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { FilesError } from "~/platform/ports/files";
import { fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { remakePdf } from "../remake-pdf.server";
import { PDF_MAX_BYTES, PICTURE_MAX_BYTES, PICTURE_MAX_SIDE, PICTURE_TYPES, THUMBNAIL_SIDE } from "../schemas";

export type StoreUploadInput = {
  kind: "picture" | "pdf";
  name: string;
  bytes: Uint8Array;
  organisationId: string | null;
  /** keeps a PDF to the byte: a contract signed with a digital signature would lose it by being made anew */
  asSent?: boolean;
};

type Body = {
  mime: string;
  full: Uint8Array;
  thumbnail: Uint8Array | null;
  width: number | null;
  height: number | null;
};

/** More pixels than this are a decompression bomb rather than a photograph. */
const PIXEL_LIMIT = 60_000_000;
const MEGABYTE = 1024 * 1024;

async function readPicture(bytes: Uint8Array): Promise<Body | null> {
  const sniffed = await fileTypeFromBuffer(bytes);
  if (!sniffed || !PICTURE_TYPES.some((type) => type === sniffed.mime)) return null;
  // heavy native module: loaded when somebody uploads, not at boot
  const { default: sharp } = await import("sharp");
  try {
    // rotate() applies the camera's orientation; metadata (place, camera, names) is not copied unless asked for
    const upright = sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: "error" }).rotate();
    const inside = (side: number) => ({ width: side, height: side, fit: "inside" as const, withoutEnlargement: true });
    const full = await upright
      .clone()
      .resize(inside(PICTURE_MAX_SIDE))
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const thumbnail = await upright.clone().resize(inside(THUMBNAIL_SIDE)).webp({ quality: 75 }).toBuffer();
    return { mime: "image/webp", full: full.data, thumbnail, width: full.info.width, height: full.info.height };
  } catch {
    return null;
  }
}

async function readPdf(bytes: Uint8Array, asSent: boolean): Promise<Body | null> {
  const sniffed = await fileTypeFromBuffer(bytes);
  if (sniffed?.mime !== "application/pdf") return null;
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 2048))).toString("latin1");
  const full = tail.includes("%%EOF") && (asSent ? bytes : await remakePdf(bytes));
  return full ? { mime: "application/pdf", full, thumbnail: null, width: null, height: null } : null;
}

/**
 * Keeps an uploaded file. The content decides what it is, not its name: pictures (JPEG, PNG, WebP, AVIF, GIF, ≤ 5 MB) are
 * made anew as WebP of at most 2000 px without metadata, with a thumbnail; a PDF (≤ 10 MB) is made anew without its author, scripts and attachments, unless it is to be kept as sent.
 * Only signed-in people (or the system) may upload; the caller decides what the file hangs on.
 * Failures: documents:error.{empty,tooLarge,notPicture,notPdf,storeAway}, notFound.
 */
export async function storeUpload(ctx: Ctx, input: StoreUploadInput): Promise<Result<{ fileId: string }>> {
  const { actor } = ctx;
  if (actor.kind === "anonymous") return fail("notFound");
  const limit = input.kind === "picture" ? PICTURE_MAX_BYTES : PDF_MAX_BYTES;
  if (input.bytes.length === 0) return fail("documents:error.empty");
  if (input.bytes.length > limit) return fail("documents:error.tooLarge", { params: { megabytes: limit / MEGABYTE } });
  const body = await (input.kind === "picture"
    ? readPicture(input.bytes)
    : readPdf(input.bytes, input.asSent ?? false));
  if (!body) return fail(input.kind === "picture" ? "documents:error.notPicture" : "documents:error.notPdf");

  const officeId =
    actor.kind === "person" ? actor.officeId : (await ctx.db.office.findFirstOrThrow({ select: { id: true } })).id;
  const key = () => randomBytes(24).toString("base64url");
  const storageKey = key();
  const thumbnailKey = body.thumbnail ? key() : null;
  try {
    await ctx.files.put(storageKey, body.full, body.mime);
    if (body.thumbnail && thumbnailKey) await ctx.files.put(thumbnailKey, body.thumbnail, body.mime);
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    // what was typed beside it must not be lost over it
    ctx.log.error({ problem: error.problem }, error.message);
    return fail("documents:error.storeAway");
  }
  const id = newId();
  const stored = await transact(ctx, async (tx) => {
    await tx.storedFile.create({
      data: {
        id,
        officeId,
        kind: input.kind,
        mime: body.mime,
        bytes: body.full.length,
        sha256: createHash("sha256").update(body.full).digest("hex"),
        storageKey,
        thumbnailKey,
        width: body.width,
        height: body.height,
        originalName: cleanText(input.name).slice(0, 200) || "file",
        uploadedById: actor.kind === "person" ? actor.personId : null,
        organisationId: input.organisationId,
        createdAt: ctx.clock.now(),
      },
    });
    await audit(tx, ctx, {
      action: "file.stored",
      subjectKind: "file",
      subjectId: id,
      after: { kind: input.kind, bytes: body.full.length },
    });
    return ok({ fileId: id });
  });
  // what cannot be taken away now is an orphan, which the sweep finds
  if (!stored.ok) await Promise.allSettled([storageKey, thumbnailKey].map((one) => one && ctx.files.remove(one)));
  return stored;
}
