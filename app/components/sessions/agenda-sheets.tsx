import { useTranslation } from "react-i18next";
import type { SheetsProps } from "./pair-sheet";
import { Letterhead, Sheet } from "./sheet";
import { OwnMeetings, SheetFacts, SheetPrinted } from "./sheet-facts";

/**
 * The programme for everybody, then each organisation's own timetable to hand out. Who meets whom stands on the own sheets
 * only: a name was opened to the other side, not to the hall.
 */
export function AgendaSheets({ printed, office }: SheetsProps) {
  const { t } = useTranslation("sessions");
  const { session } = printed;
  return (
    <>
      <Sheet label={t("print.agenda.title")}>
        <Letterhead office={office} />
        <h2>{t("print.agenda.title")}</h2>
        <p className="text-center font-bold">{session.title}</p>
        <SheetFacts session={session} />
        {session.agenda ? (
          <>
            <h3>{t("print.agenda.programme")}</h3>
            <p className="whitespace-pre-line">{session.agenda}</p>
          </>
        ) : null}
        <SheetPrinted at={printed.printedAt} />
      </Sheet>
      {printed.organisations.map((organisation) => (
        <Sheet key={organisation.id} label={t("print.agenda.own", { name: organisation.name })}>
          <Letterhead office={office} />
          <h2>{t("print.agenda.own", { name: organisation.name })}</h2>
          <p className="text-center font-bold">{session.title}</p>
          <SheetFacts session={session} />
          <OwnMeetings rows={organisation.rows} />
          <SheetPrinted at={printed.printedAt} />
        </Sheet>
      ))}
    </>
  );
}
