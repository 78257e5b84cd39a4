import { fold } from "~/platform/text";
import provinces from "../../../../prisma/seed/data/provinces.json";
import communes from "../../../../prisma/seed/data/quangninh-communes.json";

/** One of the 34 provincial units since 1 July 2025 (Resolution 202/2025/QH15), codes of Decision 19/2025/QĐ-TTg. */
export type Province = { code: string; nameVi: string; nameEn: string; fullNameVi: string; mergedFrom: string[] };
/** One of the 54 communes, wards and special zones of Quảng Ninh. */
export type Commune = { code: string; nameVi: string; fullNameVi: string; provinceCode: string };

export const PROVINCES: readonly Province[] = provinces.map(({ code, nameVi, nameEn, fullNameVi, mergedFrom }) => ({
  code,
  nameVi,
  nameEn,
  fullNameVi,
  mergedFrom,
}));
export const COMMUNES: readonly Commune[] = communes.map(({ code, nameVi, fullNameVi, provinceCode }) => ({
  code,
  nameVi,
  fullNameVi,
  provinceCode,
}));

const provinceByCode = new Map(PROVINCES.map((province) => [province.code, province]));
const communeByCode = new Map(COMMUNES.map((commune) => [commune.code, commune]));

/** "Quảng Ninh" / "Quang Ninh"; null for no code or an unknown one. */
export function provinceName(code: string | null, locale: "vi" | "en"): string | null {
  const province = code ? provinceByCode.get(code) : undefined;
  if (!province) return null;
  return locale === "en" ? province.nameEn : province.nameVi;
}

/** "Phường Bãi Cháy"; null for no code or an unknown one. Names of communes have no English form. */
export function communeName(code: string | null): string | null {
  return (code && communeByCode.get(code)?.fullNameVi) || null;
}

export function isProvinceCode(code: string): boolean {
  return provinceByCode.has(code);
}

/** True when the commune is known and lies in that province. */
export function isCommuneOf(code: string, provinceCode: string | null): boolean {
  return communeByCode.get(code)?.provinceCode === provinceCode;
}

/** Comparison key of a place's name: folded, without the unit's kind and punctuation. */
function placeKey(name: string): string {
  return fold(name)
    .replace(/[–—-]/g, " ")
    .replace(/^(tinh|thanh pho|tp\.?|province of|city of)\s+/, "")
    .replace(/\s+(province|city)$/, "")
    .replace(/[^a-z0-9]/g, "");
}

const ALIASES: Record<string, string> = {
  saigon: "79",
  hcm: "79",
  tphcm: "79",
  hcmc: "79",
  hochiminh: "79",
  hochiminhcity: "79",
  thuathienhue: "46",
  bariavungtau: "79",
  vungtau: "79",
  daklak: "66",
  daclac: "66",
  dacnong: "68",
  baccan: "19",
  hn: "01",
  dn: "48",
};

const provinceByKey = new Map<string, Province>();
for (const province of PROVINCES) {
  for (const name of province.mergedFrom) provinceByKey.set(placeKey(name), province);
}
// today's names win over names of former times
for (const province of PROVINCES) {
  for (const name of [province.nameVi, province.nameEn, province.fullNameVi])
    provinceByKey.set(placeKey(name), province);
}

/**
 * Today's province of a name as people write it, in either language, with or without diacritics, also one of the 63
 * names used before July 2025 ("Quảng Nam" → Đà Nẵng). Null when nothing fits.
 */
export function provinceByName(name: string): Province | null {
  const key = placeKey(name);
  const alias = ALIASES[key];
  return provinceByKey.get(key) ?? (alias ? (provinceByCode.get(alias) ?? null) : null);
}
