import { useTranslation } from "react-i18next";
import type { PrintedSession } from "~/modules/sessions/index.server";
import { useTableName } from "./schedule-grid";
import { Letterhead, Sheet, type SheetOffice, SignedBy } from "./sheet";
import { SheetFacts, SheetPrinted } from "./sheet-facts";
import { spanOf } from "./when";

export type SheetsProps = { printed: PrintedSession; office: SheetOffice };

/** The working list of the day: who meets whom, where and when, with boxes to tick at the door. It names everybody, so it stays with the organisers. */
export function PairSheet({ printed, office }: SheetsProps) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  const side = (name: string, confirmed: boolean) => (confirmed ? `${name} ✓` : name);
  return (
    <Sheet wide label={t("print.pairs.title")}>
      <Letterhead office={office} />
      <h2>{t("print.pairs.title")}</h2>
      <p className="text-center font-bold">{printed.session.title}</p>
      <p className="text-center italic">{t("print.pairs.inside")}</p>
      <SheetFacts session={printed.session} />
      <section
        aria-label={t("print.pairs.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto"
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t("print.stt")}</th>
              <th scope="col">{t("print.time")}</th>
              <th scope="col">{t("print.table")}</th>
              <th scope="col">{t("side.need")}</th>
              <th scope="col">{t("meeting.came")}</th>
              <th scope="col">{t("side.offering")}</th>
              <th scope="col">{t("meeting.came")}</th>
            </tr>
          </thead>
          <tbody>
            {printed.pairs.map((pair, index) => (
              <tr key={`${pair.startsAt.getTime()} ${pair.tableNumber} ${pair.need}`}>
                <td className="text-center">{index + 1}</td>
                <td className="whitespace-nowrap">{spanOf(pair.startsAt, pair.endsAt)}</td>
                <td className="whitespace-nowrap">{tableName(pair.tableNumber)}</td>
                <td>{side(pair.need, pair.confirmed.need)}</td>
                <td className="w-20 text-center">☐</td>
                <td>{side(pair.offering, pair.confirmed.offering)}</td>
                <td className="w-20 text-center">☐</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 italic">{t("print.pairs.legend")}</p>
      <SignedBy title={t("sheet.maker")} hint={t("sheet.makerHint")} />
      <SheetPrinted at={printed.printedAt} />
    </Sheet>
  );
}
