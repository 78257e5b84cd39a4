import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export type SheetOffice = { province: string; name: string };

/** The head of an official paper (Nghị định 30/2020/NĐ-CP, Phụ lục I): who issues it on the left, the State's name and motto on the right. */
export function Letterhead({ office, number, year }: { office: SheetOffice; number?: string; year?: string }) {
  const { t } = useTranslation("sessions");
  return (
    <header className="sheet-head">
      <div>
        <p className="uppercase">{t("sheet.above", { province: office.province })}</p>
        <p className="sheet-rule font-bold uppercase">{office.name}</p>
        {number ? <p>{number}</p> : null}
      </div>
      <div>
        <p className="sheet-state font-bold uppercase">{t("sheet.state")}</p>
        <p className="sheet-rule font-bold">{t("sheet.motto")}</p>
        {year ? <p className="italic">{t("sheet.placeDate", { province: office.province, year })}</p> : null}
      </div>
    </header>
  );
}

/** Where a paper is signed. */
export function SignedBy({ title, hint }: { title: string; hint: string }) {
  return (
    <div className="sheet-signed">
      <p className="font-bold uppercase">{title}</p>
      <p className="italic">{hint}</p>
    </div>
  );
}

/** One sheet of A4 paper on the screen and on the printer; the next sheet begins on a new page. */
export function Sheet({ wide, children, label }: { wide?: boolean; children: ReactNode; label?: string }) {
  return (
    <article aria-label={label} className={wide ? "sheet sheet-wide" : "sheet"}>
      {children}
    </article>
  );
}
