import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import type { PrintedSession, SessionFacts } from "~/modules/sessions/index.server";
import { useTableName } from "./schedule-grid";
import { spanOf, useDayName } from "./when";

/** When, where and who is in charge, on paper. */
export function SheetFacts({ session }: { session: SessionFacts }) {
  const { t } = useTranslation("sessions");
  const dayName = useDayName();
  const owner = [session.owner.fullName, session.owner.phone].filter(Boolean).join(", ");
  return (
    <dl className="sheet-facts">
      <div>
        <dt>{t("print.time")}</dt>
        <dd>
          {spanOf(session.startsAt, session.endsAt)}, {dayName(session.startsAt)}
        </dd>
      </div>
      {session.place ? (
        <div>
          <dt>{t("print.place")}</dt>
          <dd>{session.place}</dd>
        </div>
      ) : null}
      {session.onlineUrl ? (
        <div>
          <dt>{t("print.online")}</dt>
          <dd className="break-all">{session.onlineUrl}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t("print.owner")}</dt>
        <dd>{owner}</dd>
      </div>
    </dl>
  );
}

/** One organisation's meetings on paper. */
export function OwnMeetings({ rows }: { rows: PrintedSession["organisations"][number]["rows"] }) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("print.time")}</th>
          <th scope="col">{t("print.table")}</th>
          <th scope="col">{t("print.meets")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.startsAt.getTime()} ${row.with}`}>
            <td className="whitespace-nowrap">{spanOf(row.startsAt, row.endsAt)}</td>
            <td className="whitespace-nowrap">{tableName(row.tableNumber)}</td>
            <td>{row.with}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** When the paper was printed: plans change, paper does not. */
export function SheetPrinted({ at }: { at: Date }) {
  const { t } = useTranslation("sessions");
  return <p className="mt-4 text-sm italic">{t("sheet.printed", { at: formatDateTime(at) })}</p>;
}
