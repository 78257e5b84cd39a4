import type { Env } from "../env.server";

const DAY = 86_400;

function serialise(name: string, value: string, env: Env, maxAge: number, httpOnly: boolean): string {
  const secure = env.PUBLIC_URL.startsWith("https:");
  return [
    `${name}=${encodeURIComponent(value)}`,
    "Path=/",
    "SameSite=Lax",
    `Max-Age=${maxAge}`,
    ...(httpOnly ? ["HttpOnly"] : []),
    ...(secure ? ["Secure"] : []),
  ].join("; ");
}

/** `__Host-` binds the cookie to this host over https; plain http (embedded demo) cannot carry that prefix. */
export function loginCookieName(env: Env): string {
  return env.PUBLIC_URL.startsWith("https:") ? "__Host-login" : "login";
}
/** Set-Cookie value that signs the browser in; an empty token signs it out. */
export function loginCookie(env: Env, token: string): string {
  return serialise(loginCookieName(env), token, env, token === "" ? 0 : 14 * DAY, true);
}
export const LANGUAGE_COOKIE = "lang";
export function languageCookie(env: Env, locale: "vi" | "en"): string {
  return serialise(LANGUAGE_COOKIE, locale, env, 365 * DAY, true);
}
export const THEME_COOKIE = "theme";
/** What the visitor chose over the system's setting; "system" forgets the choice. */
export function themeCookie(env: Env, theme: "light" | "dark" | "system"): string {
  return serialise(THEME_COOKIE, theme === "system" ? "" : theme, env, theme === "system" ? 0 : 365 * DAY, true);
}

/** Value of a cookie in a Cookie header, or null. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  for (const part of header?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (part.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}
