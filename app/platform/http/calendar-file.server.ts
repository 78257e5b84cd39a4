/**
 * A calendar (RFC 5545) as a file to open. The method stands in the type, as RFC 6047 asks. Null → 404.
 * Calendars tell where people meet, so nothing keeps a copy on the way.
 */
export function calendarFile(calendar: { text: string; method: string; filename: string } | null): Response {
  if (!calendar) throw new Response(null, { status: 404 });
  return new Response(calendar.text, {
    headers: {
      "Content-Type": `text/calendar; charset=utf-8; method=${calendar.method}`,
      "Content-Disposition": `attachment; filename="${calendar.filename.replace(/[^\w.-]/g, "_")}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
