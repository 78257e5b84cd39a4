import type { AppLocale } from "~/locales";

const ZONE = "Asia/Ho_Chi_Minh";
const NUMBERS: Record<AppLocale, string> = { vi: "vi-VN", en: "en-GB" };

// parts instead of format(): browsers and servers carry different ICU versions, digits do not differ
const clockParts = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function partsOf(date: Date | string | number): Record<string, string> {
  return Object.fromEntries(clockParts.formatToParts(new Date(date)).map((part) => [part.type, part.value]));
}

/** dd/mm/yyyy as seen in Vietnam; the same in both languages (official style). */
export function formatDate(date: Date | string | number, _locale?: AppLocale): string {
  const { day, month, year } = partsOf(date);
  return `${day}/${month}/${year}`;
}

/** HH:mm dd/mm/yyyy as seen in Vietnam. */
export function formatDateTime(date: Date | string | number, _locale?: AppLocale): string {
  const { day, month, year, hour, minute } = partsOf(date);
  return `${hour}:${minute} ${day}/${month}/${year}`;
}

/** yyyy-mm-dd in Vietnam, for <time> and <input type="date">. */
export function isoDay(date: Date | string | number): string {
  const { day, month, year } = partsOf(date);
  return `${year}-${month}-${day}`;
}

/** A plain number with the language's separators, at most three decimals. */
export function formatNumber(value: number | bigint, locale: AppLocale): string {
  return new Intl.NumberFormat(NUMBERS[locale], { maximumFractionDigits: 3 }).format(value);
}

const SIZES = ["kB", "MB", "GB", "TB"];

/** A file's size: "812 kB", "1,3 MB"; at least 1 kB. 1 kB is 1024 bytes, as file managers say it. */
export function formatBytes(bytes: number, locale: AppLocale): string {
  let [value, step] = [bytes / 1024, 0];
  while (value >= 1024 && step < SIZES.length - 1) [value, step] = [value / 1024, step + 1];
  const rounded = step === 0 ? Math.max(1, Math.round(value)) : Math.round(value * 10) / 10;
  return `${formatNumber(rounded, locale)} ${SIZES[step]}`;
}

const UNITS: { size: number; vi: string; en: string }[] = [
  { size: 1e9, vi: "tỷ đồng", en: "billion" },
  { size: 1e6, vi: "triệu đồng", en: "million" },
];

/**
 * An amount of đồng in short official words: "1,25 tỷ đồng" / "VND 1.25 billion".
 * Amounts that the short form would round are written out in full.
 */
export function formatMoney(dong: number | bigint | string, locale: AppLocale): string {
  const amount = Number(dong);
  for (const unit of UNITS) {
    const short = amount / unit.size;
    if (amount < unit.size || Math.abs(short * 100 - Math.round(short * 100)) > 1e-6) continue;
    const digits = formatNumber(short, locale);
    return locale === "vi" ? `${digits} ${unit.vi}` : `VND ${digits} ${unit.en}`;
  }
  return locale === "vi" ? `${formatNumber(amount, "vi")} đồng` : `VND ${formatNumber(amount, "en")}`;
}

/** A span of money; null when neither end is known. */
export function formatRange(
  min: number | bigint | string | null | undefined,
  max: number | bigint | string | null | undefined,
  locale: AppLocale,
): string | null {
  const low = min === null || min === undefined ? null : formatMoney(min, locale);
  const high = max === null || max === undefined ? null : formatMoney(max, locale);
  if (low && high) return low === high ? low : `${low} – ${high}`;
  if (low) return locale === "vi" ? `từ ${low}` : `from ${low}`;
  if (high) return locale === "vi" ? `đến ${high}` : `up to ${high}`;
  return null;
}
