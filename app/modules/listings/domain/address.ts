import { fold } from "~/platform/text";

const LONGEST_SLUG = 60;

/** A title as part of an address: ASCII letters and digits, words joined by "-"; empty when it has none. */
export function slugOf(title: string): string {
  const words = fold(title).match(/[a-z0-9]+/g) ?? [];
  let slug = "";
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word;
    if (longer.length > LONGEST_SLUG) break;
    slug = longer;
  }
  return slug;
}

type Addressed = { id: string; reference: string | null; visibility: string };

/**
 * The address of a listing's page: its title for people, its reference for the machine ("/listings/loc-bui-nc-22-2026-000123").
 * Made of the Vietnamese title where there is one, so that it is the same in both languages. Only the reference counts when an
 * address is read: one with an earlier title leads to the same page. Addresses stand in logs and histories, so that those of
 * listings that are not for everybody hold no title.
 */
export function addressOf(
  { id, reference, visibility }: Addressed,
  texts: readonly { lang: string; title: string }[],
): string {
  if (!reference) return `/listings/${id}`;
  const title = (texts.find(({ lang }) => lang === "vi") ?? texts[0])?.title ?? "";
  const slug = visibility === "public" || visibility === "blind" ? slugOf(title) : "";
  return `/listings/${slug ? `${slug}-` : ""}${reference.toLowerCase()}`;
}

/** The reference that an address ends with, or that it is; null when there is none. */
export function referenceIn(name: string): string | null {
  return /(?:^|-)((?:NC|CN)-\d{2}-\d{4}-\d{6,})$/.exec(name.trim().toUpperCase())?.[1] ?? null;
}
