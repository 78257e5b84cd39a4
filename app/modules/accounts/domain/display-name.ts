/** What a name needs to be shown. */
export type NamedOrganisation = { nameVi: string; nameEn?: string | null; anonymous?: boolean } | null | undefined;

/** The organisation's name in the reader's language; a private person of an imported listing stays unnamed. */
export function displayName(organisation: NamedOrganisation, locale: "vi" | "en"): string {
  if (!organisation) return locale === "en" ? "not stated" : "chưa nêu";
  if (organisation.anonymous) return locale === "en" ? "an individual (anonymous)" : "cá nhân (ẩn danh)";
  return (locale === "en" && organisation.nameEn) || organisation.nameVi;
}
