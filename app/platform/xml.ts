/** Text as it may stand in XML, in an element or between quotation marks; what XML cannot carry at all is left out. */
export function xml(text: string): string {
  return (
    text
      // control characters but tab and line breaks, halves of surrogate pairs
      .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, "")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
      .replace(/'/g, "&apos;")
  );
}

/** Seconds are enough for readers of feeds and site maps. */
export const xmlTime = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, "Z");

/** An XML answer; anybody may keep it for a few minutes. */
export function xmlResponse(body: string, type: "application/xml" | "application/atom+xml"): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, {
    headers: { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "public, max-age=300" },
  });
}
