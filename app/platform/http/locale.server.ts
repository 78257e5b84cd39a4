import type { Locale } from "~/generated/prisma/enums";
import { LANGUAGE_COOKIE, readCookie } from "./cookies.server";

/** Language of a request: ?lang=, then the cookie, then the person's choice, then Accept-Language, then Vietnamese. */
export function pickLocale(request: { url: URL; cookie?: string; acceptLanguage?: string }, person?: Locale): Locale {
  const asked = request.url.searchParams.get("lang") ?? readCookie(request.cookie, LANGUAGE_COOKIE);
  if (asked === "vi" || asked === "en") return asked;
  if (person) return person;
  const first = request.acceptLanguage?.split(",")[0]?.trim().toLowerCase() ?? "";
  return first.startsWith("en") ? "en" : "vi";
}
