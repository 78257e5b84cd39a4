import { readFileSync } from "node:fs";

export type Lang = "vi" | "en";
type Texts = { [key: string]: string | Texts };
export type Words = ((key: string, params?: Record<string, string | number>) => string) & { lang: Lang };

const files = new Map<string, Texts>();

function textsOf(lang: Lang, namespace: string): Texts {
  const file = `app/locales/${lang}/${namespace}.json`;
  const known = files.get(file) ?? (JSON.parse(readFileSync(file, "utf8")) as Texts);
  files.set(file, known);
  return known;
}

/** What the page says in this language: words("listings:edit.submit"). Throws on a key without words. */
export function wordsIn(lang: Lang): Words {
  const words = (key: string, params: Record<string, string | number> = {}) => {
    const [namespace = "", path = ""] = key.split(":");
    const found = path
      .split(".")
      .reduce<string | Texts | undefined>(
        (at, part) => (typeof at === "object" ? at[part] : undefined),
        textsOf(lang, namespace),
      );
    if (typeof found !== "string") throw new Error(`no words for ${key} in ${lang}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));
  };
  return Object.assign(words, { lang });
}
