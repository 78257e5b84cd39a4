import type { Locale } from "~/generated/prisma/enums";

/** Headers of every mail; with `stopUrl` the reader's mail program offers to stop this kind at one press (RFC 8058). */
export function headersOf(locale: Locale, stopUrl: string | undefined): Record<string, string> {
  return {
    "Auto-Submitted": "auto-generated",
    "Content-Language": locale,
    ...(stopUrl ? { "List-Unsubscribe": `<${stopUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
  };
}
