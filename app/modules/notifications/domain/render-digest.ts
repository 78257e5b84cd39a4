import type { Locale } from "~/generated/prisma/enums";
import en from "~/locales/en/mail.json";
import enNotices from "~/locales/en/notifications.json";
import vi from "~/locales/vi/mail.json";
import viNotices from "~/locales/vi/notifications.json";
import { fill, oneLine } from "./fill";
import { htmlLayout, type MailGroup, type MailParts, textLayout } from "./mail-layout";
import { stopLinks, type WrittenMail } from "./render-mail";

const WORDS: Record<Locale, typeof vi> = { vi, en };
const KINDS: Record<Locale, Record<string, { title: string; body: string }>> = {
  vi: viNotices.kinds,
  en: enNotices.kinds,
};

/** What became of one subject in one way: how often, and the newest notice of it. */
export type DigestLine = { id: string; subjectId: string; kind: string; count: number; at: Date; params: unknown };

export type DigestInput = {
  locale: Locale;
  /** lines of one subject follow each other */
  lines: readonly DigestLine[];
  /** notices in all, those without a line included */
  total: number;
  readerName: string | null;
  publicUrl: string;
  stopToken: string;
  office: { name: string; phone: string | null };
};

function wordsOf(params: unknown, locale: Locale): Record<string, string> {
  const given = typeof params === "object" && params !== null ? Object.entries(params) : [];
  const words = Object.fromEntries(
    given.filter((entry): entry is [string, string] => typeof entry[1] === "string").map(([k, v]) => [k, oneLine(v)]),
  );
  const { kind } = WORDS[locale];
  const { listingKind } = words;
  return { ...words, kind: listingKind === "need" || listingKind === "offering" ? kind[listingKind] : "" };
}

/** What the lines are about: a title, else an organisation; with its reference where it has one. */
function headingOf(words: Record<string, string>): string {
  const name = words.title || words.organisation || words.other || "";
  return [words.reference, name].filter(Boolean).join(" · ");
}

/** Writes a digest in the reader's language: every subject once, every line a link. Pure. */
export function renderDigest(input: DigestInput): WrittenMail {
  const { locale } = input;
  const words = WORDS[locale];
  const groups: (MailGroup & { subjectId: string })[] = [];
  let listed = 0;
  for (const line of input.lines) {
    const kind = KINDS[locale][line.kind];
    if (!kind) continue;
    listed += line.count;
    const values = wordsOf(line.params, locale);
    const times = line.count > 1 ? ` (${fill(words.digest.times, { count: String(line.count) })})` : "";
    const entry = {
      label: `${fill(kind.title, values)}${times}`,
      text: fill(kind.body, values),
      url: new URL(`/notices?open=${line.id}`, input.publicUrl).href,
    };
    const last = groups.at(-1);
    if (last?.subjectId === line.subjectId) last.lines.push(entry);
    else groups.push({ subjectId: line.subjectId, heading: headingOf(values), lines: [entry] });
  }
  const count = String(input.total);
  const more = input.total - listed;
  const parts: MailParts = {
    locale,
    subject: fill(words.digest.subject, { count }),
    exchange: words.exchange,
    greeting: input.readerName
      ? fill(words.greeting.person, { name: oneLine(input.readerName) })
      : words.greeting.nobody,
    paragraphs: [fill(words.digest.lead, { count })],
    groups,
    quoted: more > 0 ? [fill(words.digest.more, { count: String(more) })] : [],
    button: { label: words.digest.button, url: new URL("/notices", input.publicUrl).href },
    copyLink: words.copyLink,
    closing: words.closing,
    contact: [
      fill(words.officeLine, { name: oneLine(input.office.name) }),
      ...(input.office.phone ? [fill(words.phone, { phone: oneLine(input.office.phone) })] : []),
    ],
    why: `${words.why} ${words.digest.why}`,
    automatic: words.automatic,
    stop: stopLinks(locale, input.publicUrl, input.stopToken),
  };
  return { subject: parts.subject, text: textLayout(parts), html: htmlLayout(parts), stopUrl: parts.stop?.stopUrl };
}
