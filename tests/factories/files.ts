/** The smallest PDF that any reader opens: one empty page. */
export const PDF = new TextEncoder().encode(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** All bytes of a stored file; empty when there is none. */
export async function bytesOf(
  file: { open(): Promise<{ stream: ReadableStream<Uint8Array> } | null> } | null | undefined,
): Promise<Buffer> {
  const content = await file?.open();
  return content ? Buffer.from(await new Response(content.stream).arrayBuffer()) : Buffer.alloc(0);
}
