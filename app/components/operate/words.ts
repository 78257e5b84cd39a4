import type { TFunction } from "i18next";

/** How long something took, in milliseconds below a second and in seconds above. */
export function tookWords(t: TFunction<"operate">, milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  if (milliseconds < 1_000) return t("operate:milliseconds", { value: milliseconds });
  return t("operate:seconds", { value: Math.round(milliseconds / 100) / 10 });
}

/** How often something happens. */
export function everyWords(t: TFunction<"operate">, everyMs: number): string {
  const seconds = Math.round(everyMs / 1_000);
  if (seconds < 60) return t("operate:sweep.everySeconds", { count: seconds });
  if (seconds < 7_200) return t("operate:sweep.every", { count: Math.round(seconds / 60) });
  return t("operate:sweep.everyHours", { count: Math.round(seconds / 3_600) });
}

/** Keys hold no dots: "deal.signed" is kept as "deal_signed". An event that has no words yet is shown by its name. */
export function eventWords(t: TFunction<"operate">, type: string): string {
  return t(`operate:event.${type.replaceAll(".", "_")}`, type);
}
