import { createHash } from "node:crypto";
import { localDay } from "~/platform/ports/clock";
import texts from "../data/undertakings.json";

type Lang = "vi" | "en";
type Words = { title: string; paragraphs: string[] };
export type UndertakingText = { version: string; effectiveFrom: string } & Record<Lang, Words>;
/** The confidentiality undertaking as one reader is shown it. */
export type Undertaking = Words & { version: string; effectiveFrom: string; lang: Lang; hash: string };

/** SHA-256 of what was shown: title and paragraphs in their order. */
export function hashOf({ title, paragraphs }: Words): string {
  return createHash("sha256")
    .update([title, ...paragraphs].join("\n"))
    .digest("hex");
}

/**
 * The text of the confidentiality undertaking in force on this day, in this language. Texts are versioned rows
 * (data/undertakings.json): a text that somebody may have accepted is never changed, a new one is added with its first day.
 */
export function undertakingAt(now: Date, lang: Lang, rows: readonly UndertakingText[] = texts): Undertaking {
  const today = localDay(now);
  const inForce = rows
    .filter(({ effectiveFrom }) => effectiveFrom <= today)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    .at(-1);
  if (!inForce) throw new Error(`No text of the undertaking is in force on ${today}`);
  const { version, effectiveFrom } = inForce;
  const words = inForce[lang];
  return { ...words, version, effectiveFrom, lang, hash: hashOf(words) };
}
