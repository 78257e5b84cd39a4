import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { BrandMark } from "./brand";
import { LanguageLinks, type Theme, ThemeLinks } from "./preferences";

export type OfficeContact = { name: string; phone: string; email: string };

/** Who answers, how to reach them, and the display settings once more for those who scrolled. */
export function Footer({ office, theme }: { office: OfficeContact | null; theme: Theme }) {
  const { t } = useTranslation(["common", "quality", "challenges"]);
  const heading = "mb-2 text-sm font-semibold tracking-wide text-on-coal-soft uppercase print:text-ink";
  const link = "inline-flex min-h-11 items-center underline decoration-1 underline-offset-4 hover:decoration-2";
  return (
    <footer className="mt-16 bg-coal text-on-coal print:mt-8 print:bg-transparent print:text-ink">
      <div className="page grid gap-x-10 gap-y-8 py-10 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr]">
        <div>
          <h2 className={heading}>{t("footer.operator")}</h2>
          <div className="flex items-start gap-3">
            <BrandMark />
            <div>
              {office ? <p className="font-semibold">{office.name}</p> : null}
              <p>{t("brand.full")}</p>
              {office ? (
                <ul>
                  <li>
                    {t("footer.phone")}:{" "}
                    <a className={link} href={`tel:${office.phone.replace(/[^+\d]/g, "")}`}>
                      {office.phone}
                    </a>
                  </li>
                  <li>
                    {t("footer.email")}:{" "}
                    <a className={`${link} break-all`} href={`mailto:${office.email}`}>
                      {office.email}
                    </a>
                  </li>
                </ul>
              ) : null}
            </div>
          </div>
        </div>
        <div className="no-print">
          <h2 className={heading}>{t("footer.explore")}</h2>
          <ul>
            {(
              [
                ["/search?kind=need", "kindLong.need"],
                ["/search?kind=offering", "kindLong.offering"],
                ["/challenges", "challenges:title"],
                ["/sectors", "nav.sectors"],
                ["/how-well", "quality:link"],
              ] as const
            ).map(([to, key]) => (
              <li key={to}>
                <Link to={to} className={link}>
                  {t(key)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
        <div className="no-print">
          <h2 className={heading}>{t("footer.settings")}</h2>
          <div className="-mx-2">
            <LanguageLinks />
            <ThemeLinks theme={theme} />
          </div>
        </div>
        <p className="text-sm text-on-coal-soft sm:col-span-2 lg:col-span-3 print:text-ink">
          {t("footer.free")} {t("footer.rights")}
        </p>
      </div>
    </footer>
  );
}
