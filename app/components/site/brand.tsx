import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";

/** The mark: two karst islands of Hạ Long – need and offering – over one water line, and the sun between them. */
export function BrandMark({ size = 44 }: { size?: number }) {
  return (
    <svg viewBox="0 0 48 48" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="48" height="48" rx="11" fill="#0b5668" />
      <circle cx="31.500" cy="13" r="4.500" fill="#f0a848" />
      <path
        d="M7 32c.4-6 1.600-12 4-16 1.300-2.200 2.200-4.500 4.500-4.500 2.600 0 3.200 3 4.700 6.200C22.600 22.800 24 27 24.500 32z"
        fill="#fff"
      />
      <path
        d="M27 32c.3-3.600 1-6.400 2.600-8.700 1-1.400 1.700-2.800 3.300-2.800 1.900 0 2.400 1.700 3.700 3.400 1.800 2.300 3.400 4.900 3.900 8.100z"
        fill="#a9d6de"
      />
      <path
        d="M7 37.500h13.500c3 0 4-.9 6.500-.9h2"
        fill="none"
        stroke="#fff"
        strokeWidth="2.600"
        strokeLinecap="round"
      />
      <path d="M41 37.500H34" fill="none" stroke="#f0a848" strokeWidth="2.600" strokeLinecap="round" />
    </svg>
  );
}

/** Mark and name, linked to the front page. */
export function Brand() {
  const { t } = useTranslation();
  return (
    <Link to="/" aria-label={t("brand.home")} className="flex min-h-11 min-w-0 items-center gap-3">
      <BrandMark />
      <span className="min-w-0 leading-snug">
        <span className="block text-xl font-bold tracking-tight text-primary">{t("brand.name")}</span>
        <span className="block text-xs font-medium text-muted sm:text-sm">{t("brand.full")}</span>
      </span>
    </Link>
  );
}
