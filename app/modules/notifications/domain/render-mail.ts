import type { Locale } from "~/generated/prisma/enums";
import en from "~/locales/en/mail.json";
import vi from "~/locales/vi/mail.json";
import { fill, oneLine } from "./fill";
import { htmlLayout, type MailParts, type StopLinks, textLayout } from "./mail-layout";

/** Plain JSON and no i18next: the worker is bundled without Vite and needs one language at a time. */
const WORDS: Record<Locale, typeof vi> = { vi, en };
export type MailTemplate = keyof typeof vi.templates;

export function isMailTemplate(kind: string): kind is MailTemplate {
  return Object.hasOwn(vi.templates, kind);
}

export type MailInput = {
  template: MailTemplate;
  locale: Locale;
  /** titles, references, names the reader may see */
  words: Record<string, string>;
  /** label of the decision's reason in the reader's language */
  reason: string | null;
  /** absolute address behind the button */
  url: string;
  readerName: string | null;
  /** who to call: the broker in charge, else the Department */
  contact: { role: "broker" | "office"; name: string; phone: string | null };
  /** what stops mails of this kind; security mails have none */
  stop?: { publicUrl: string; token: string };
};

export type WrittenMail = {
  subject: string;
  text: string;
  html: string;
  /** where mails of this kind are stopped without a sign-in */
  stopUrl?: string | undefined;
};

/** Links by which a reader stops this kind of mail, or chooses for all. */
export function stopLinks(locale: Locale, publicUrl: string, token: string): StopLinks {
  const words = WORDS[locale].stop;
  return {
    label: words.this,
    stopUrl: new URL(`/mail/stop/${token}`, publicUrl).href,
    choices: words.choices,
    choicesUrl: new URL("/account/notices", publicUrl).href,
  };
}

/** Writes a mail in the reader's language. Pure: the same input gives the same words on every attempt. */
export function renderMail(input: MailInput): WrittenMail {
  const words = WORDS[input.locale];
  const template = words.templates[input.template];
  const kind = input.words.listingKind;
  const values = Object.fromEntries(
    Object.entries({
      ...input.words,
      kind: kind === "need" || kind === "offering" ? words.kind[kind] : "",
      name: input.readerName ?? "",
    }).map(([name, value]) => [name, oneLine(value)]),
  );
  const say = (text: string) => fill(text, values);
  const greeting =
    template.to === "unit"
      ? words.greeting.unit
      : template.to === "person" && input.readerName
        ? words.greeting.person
        : words.greeting.nobody;
  const quoted: string[] = [];
  if (input.reason) quoted.push(fill(words.reason, { reason: input.reason }));
  // line breaks of a note are kept in neither version: one paragraph is enough for a mail, the page shows it whole
  if (input.words.note) quoted.push(fill(words.note, { note: oneLine(input.words.note) }));
  const contactLine = input.contact.role === "broker" ? words.brokerLine : words.officeLine;
  const parts: MailParts = {
    locale: input.locale,
    subject: say(template.subject),
    exchange: words.exchange,
    greeting: say(greeting),
    paragraphs: [say(template.lead), say(template.detail)].filter((text) => text !== ""),
    quoted,
    button: { label: template.button, url: input.url },
    copyLink: words.copyLink,
    closing: words.closing,
    contact: [
      fill(contactLine, { name: oneLine(input.contact.name) }),
      ...(input.contact.phone ? [fill(words.phone, { phone: oneLine(input.contact.phone) })] : []),
    ],
    why: `${words.why} ${say(template.why)}`,
    automatic: words.automatic,
    ...(input.stop ? { stop: stopLinks(input.locale, input.stop.publicUrl, input.stop.token) } : {}),
  };
  return { subject: parts.subject, text: textLayout(parts), html: htmlLayout(parts), stopUrl: parts.stop?.stopUrl };
}
