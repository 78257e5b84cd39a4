import type { SourceFile, Violation } from "./boundaries";

export type LocaleTexts = Record<string, unknown>;
/** Texts by language and namespace, as they stand in app/locales/<language>/<namespace>.json. */
export type Locales = Record<string, Record<string, LocaleTexts>>;

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Leaves of a nested object as "a.b.c" → text. */
export function flatten(texts: LocaleTexts, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "object" && value !== null) {
      for (const [inner, text] of flatten(value as LocaleTexts, `${prefix}${key}.`)) found.set(inner, text);
    } else found.set(`${prefix}${key}`, String(value));
  }
  return found;
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)]
    .map((match) => match[1])
    .sort()
    .join(",");

/** Both languages hold the same keys with the same placeholders; a text is empty in all of them or in none. */
export function checkLocales(locales: Locales): Violation[] {
  const violations: Violation[] = [];
  const languages = Object.keys(locales);
  const namespaces = new Set(languages.flatMap((language) => Object.keys(locales[language] ?? {})));
  for (const namespace of namespaces) {
    const texts = languages.map((language) => ({ language, keys: flatten(locales[language]?.[namespace] ?? {}) }));
    const all = new Set(texts.flatMap(({ keys }) => [...keys.keys()].map((key) => key.replace(PLURAL, ""))));
    for (const key of all) {
      const seen = new Set<string>();
      const empty = new Set<string>();
      for (const { language, keys } of texts) {
        const path = `app/locales/${language}/${namespace}.json`;
        const values = [...keys].filter(([name]) => name.replace(PLURAL, "") === key).map(([, value]) => value);
        if (values.length === 0) violations.push({ path, message: `lacks "${key}"` });
        else if (values.some((value) => value.trim() === "")) empty.add(path);
        // "one" and "other" may differ: "một hồ sơ" names no count
        else seen.add(placeholders(values.at(-1) ?? ""));
      }
      if (empty.size < languages.length)
        for (const path of empty) violations.push({ path, message: `"${key}" is empty` });
      if (seen.size > 1)
        violations.push({ path: `app/locales/*/${namespace}.json`, message: `"${key}" has different placeholders` });
    }
  }
  return violations;
}

type Known = { has(key: string): boolean; hasPrefix(prefix: string): boolean; namespaces: string[] };

function knownKeys(locales: Locales): Known {
  const language = Object.keys(locales)[0] ?? "vi";
  const keys = new Set<string>();
  const namespaces = Object.keys(locales[language] ?? {});
  for (const namespace of namespaces) {
    for (const key of flatten(locales[language]?.[namespace] ?? {}).keys()) {
      keys.add(`${namespace}:${key}`);
      keys.add(`${namespace}:${key.replace(PLURAL, "")}`);
    }
  }
  return {
    has: (key) => keys.has(key),
    hasPrefix: (prefix) => [...keys].some((key) => key.startsWith(prefix)),
    namespaces,
  };
}

const CALL = /\b(?:t|i18n\.t)\(\s*(["'`])([^"'`]+)\1/g;
const FAILURE = /\b(?:fail|abort)\(\s*"([^"]+)"\s*[,)]/g;
const USE = /useTranslation\(\s*\[?\s*"([^"]+)"/;

/** Every key that the code names exists: in t(…), in failures, and in any literal of the form "namespace:key". */
export function checkUsedKeys(files: SourceFile[], locales: Locales): Violation[] {
  const known = knownKeys(locales);
  if (known.namespaces.length === 0) return [];
  const literal = new RegExp(`(["'\`])((?:${known.namespaces.join("|")}):[A-Za-z][^"'\`\\s]*)\\1`, "g");
  return files.flatMap(({ path, text: whole }) => {
    const text = whole.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
    const missing = new Set<string>();
    const need = (key: string) => {
      const [fixed = "", ...dynamic] = key.split("${");
      if (dynamic.length > 0 ? !known.hasPrefix(fixed) : !known.has(key)) missing.add(key);
    };
    const own = USE.exec(text)?.[1] ?? "common";
    for (const match of text.matchAll(CALL)) {
      const key = match[2] ?? "";
      if (key.startsWith("${")) continue;
      need(key.includes(":") ? key : `${own}:${key}`);
    }
    for (const match of text.matchAll(FAILURE))
      need((match[1] ?? "").includes(":") ? (match[1] ?? "") : `common:${match[1]}`);
    for (const match of text.matchAll(literal)) need(match[2] ?? "");
    return [...missing].map((key) => ({ path, message: `uses the text "${key}", which app/locales does not have` }));
  });
}
