import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";

/** Sector names; each opens the search for its sector. */
export function SectorChips({ codes, linked = true }: { codes: readonly string[]; linked?: boolean }) {
  const { t } = useTranslation("sectors");
  if (codes.length === 0) return null;
  // full height for fingers, less for a mouse
  const chip =
    "inline-flex items-center rounded-md bg-primary-soft px-2.5 py-1 text-sm text-ink pointer-coarse:min-h-11";
  return (
    <ul className="flex flex-wrap gap-2">
      {codes.map((code) => (
        <li key={code} className="flex">
          {linked ? (
            <Link to={`/search?sector=${code}`} className={`${chip} hover:underline`}>
              {t(code)}
            </Link>
          ) : (
            <span className={chip}>{t(code)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
