import { FilesError } from "../ports/files";

type Content = {
  kind: "picture" | "pdf";
  mime: string;
  sha256: string;
  open(): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> } | null>;
};

/** A store that is away comes back: browsers and readers are told so. */
async function opened(file: Content) {
  try {
    const content = await file.open();
    if (content) return content;
  } catch (error) {
    if (error instanceof FilesError && error.problem === "away")
      throw new Response(null, { status: 503, headers: { "Retry-After": "60", "Cache-Control": "no-store" } });
    throw error;
  }
  throw new Response(null, { status: 404 });
}

const headersOf = (file: Content, name: string) => {
  const pdf = file.kind === "pdf";
  return {
    "Content-Type": file.mime,
    "Content-Disposition": `${pdf ? "attachment" : "inline"}; filename="${name}.${pdf ? "pdf" : "webp"}"`,
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
};

/**
 * A stored file as the answer, sent as it is read. Content never changes under an address, but who may see it does: browsers
 * ask again, and mostly hear "not modified" without the store being asked. 404 when the store lost it, 503 while it is away.
 */
export async function storedFile(
  request: Request,
  file: Content,
  name: string,
  variant: "full" | "thumbnail" = "full",
): Promise<Response> {
  const etag = `"${file.sha256.slice(0, 32)}-${variant}"`;
  const headers = { ...headersOf(file, name), "Cache-Control": "private, no-cache", ETag: etag };
  if (request.headers.get("If-None-Match") === etag) return new Response(null, { status: 304, headers });
  const { bytes, stream } = await opened(file);
  return new Response(stream, { headers: { ...headers, "Content-Length": String(bytes) } });
}
