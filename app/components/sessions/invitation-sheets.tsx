import { useTranslation } from "react-i18next";
import { isoDay } from "~/components/format";
import type { SheetsProps } from "./pair-sheet";
import { Letterhead, Sheet, SignedBy } from "./sheet";
import { OwnMeetings, SheetFacts } from "./sheet-facts";

/** A letter of invitation to each organisation (Nghị định 30/2020/NĐ-CP: giấy mời), number and date left to the registry. */
export function InvitationSheets({ printed, office }: SheetsProps) {
  const { t } = useTranslation("sessions");
  const { session } = printed;
  const { fullName, phone } = session.owner;
  return (
    <>
      {printed.organisations.map((organisation) => (
        <Sheet key={organisation.id} label={`${t("print.invitations.title")}: ${organisation.name}`}>
          <Letterhead office={office} number={t("sheet.number")} year={isoDay(printed.printedAt).slice(0, 4)} />
          <h2>{t("print.invitations.title")}</h2>
          <p className="mb-5 text-center font-bold">{t("print.invitations.subject", { title: session.title })}</p>
          <p className="mb-4">
            {t("print.invitations.to")}: <strong>{organisation.name}</strong>
            {organisation.address ? <span className="block">{organisation.address}</span> : null}
          </p>
          <p>{t("print.invitations.text", { office: office.name, title: session.title })}</p>
          <SheetFacts session={session} />
          {session.agenda ? (
            <>
              <h3>{t("print.agenda.programme")}</h3>
              <p className="whitespace-pre-line">{session.agenda}</p>
            </>
          ) : null}
          <p className="mt-4 mb-2">{t("print.invitations.schedule")}</p>
          <OwnMeetings rows={organisation.rows} />
          <p className="mt-4">{t("print.invitations.ask", { name: fullName, phone: phone ? ` (${phone})` : "" })}</p>
          <p className="mt-2">{t("print.invitations.thanks")}</p>
          <div className="sheet-foot">
            <div>
              <p className="font-bold italic">{t("print.invitations.recipients")}</p>
              <p className="text-sm whitespace-pre-line">{t("print.invitations.recipientsList")}</p>
            </div>
            <SignedBy title={t("sheet.signer")} hint={t("sheet.signHint")} />
          </div>
        </Sheet>
      ))}
    </>
  );
}
