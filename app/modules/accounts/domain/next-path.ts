/** Characters that browsers drop or treat as "/" when they read an address. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNSAFE = /[\u0000-\u0020\u007f\\]/;

/**
 * Where to go after sign-in: a path of this site, or `fallback`. "//other.example", "/\\other.example" and anything with
 * a scheme lead away and are refused; so are the account pages that would send the person in a circle.
 */
export function safeNext(next: string | null | undefined, fallback = "/home"): string {
  if (!next || next.length > 500 || !next.startsWith("/") || next.startsWith("//") || UNSAFE.test(next))
    return fallback;
  const url = new URL(next, "http://own.invalid");
  if (url.origin !== "http://own.invalid") return fallback;
  if (/^\/(sign-in|sign-up|sign-out|forgot|reset|confirm)(\/|$)/.test(url.pathname)) return fallback;
  // "/x/..//other.example" becomes "//other.example" when read
  if (url.pathname.startsWith("//")) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
