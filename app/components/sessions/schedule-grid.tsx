import { Link } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { useTranslation } from "react-i18next";
import type { SessionMeeting, SessionView } from "~/modules/sessions/index.server";
import { type Column, type GridCell, gridOf } from "./grid";
import { MeetingSummary } from "./meeting-summary";
import { timeOf } from "./slots";

/** Name of a table, or "online". */
export function useTableName(): (tableNumber: number | null) => string {
  const { t } = useTranslation("sessions");
  return (tableNumber) =>
    tableNumber === null ? t("table.online") : t("table.number", { number: String(tableNumber) });
}

function MeetingBox({ meeting }: { meeting: SessionMeeting }) {
  return (
    <Link
      to={`/broker/meetings/${meeting.id}`}
      className="block h-full rounded-md border border-primary-line bg-primary-soft p-2 text-sm hover:border-primary"
    >
      {meeting.participants.map((side) => (
        <span key={side.id} className="block font-medium break-words">
          {side.organisation.name}
        </span>
      ))}
      <span className="mt-1 block">
        <MeetingSummary meeting={meeting} />
      </span>
    </Link>
  );
}

type CellProps = { cell: GridCell<SessionMeeting>; column: Column; at: Date; addTo: string | null };

function Cell({ cell, column, at, addTo }: CellProps) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  if (cell.kind === "meeting") return <MeetingBox meeting={cell.meeting} />;
  if (cell.kind === "online")
    return (
      <div className="flex flex-col gap-2">
        {cell.meetings.map((meeting) => (
          <MeetingBox key={meeting.id} meeting={meeting} />
        ))}
      </div>
    );
  if (!addTo) return <span className="sr-only">{t("grid.free")}</span>;
  return (
    <Link
      to={`${addTo}?at=${timeOf(at)}&table=${column ?? 0}`}
      aria-label={t("grid.addAt", { time: timeOf(at), table: tableName(column) })}
      className="no-print flex min-h-11 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-primary"
    >
      <Plus size={18} aria-hidden="true" />
    </Link>
  );
}

/** Tables side by side, time downwards. Phones read the list of meetings instead. */
export function ScheduleGrid({ view }: { view: SessionView }) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  const shown = view.meetings.filter((meeting) => meeting.state !== "cancelled");
  const { columns, rows } = gridOf(view, shown, Boolean(view.onlineUrl));
  const addTo = view.may.addMeeting ? `/broker/sessions/${view.id}/meetings/new` : null;
  return (
    <section
      aria-label={t("grid.title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
      tabIndex={0}
      className="hidden overflow-x-auto md:block print:block"
    >
      <table className="w-full table-fixed border-collapse" style={{ minWidth: `${5 + columns.length * 11}rem` }}>
        <caption className="sr-only">{t("grid.title")}</caption>
        <thead>
          <tr>
            <th scope="col" className="w-20 px-2 py-2 text-left text-sm font-semibold text-muted">
              {t("grid.time")}
            </th>
            {columns.map((column) => (
              <th key={column ?? 0} scope="col" className="px-2 py-2 text-left text-sm font-semibold text-muted">
                {tableName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at.getTime()} className="border-t border-line">
              <th scope="row" className="px-2 py-2 text-left align-top font-semibold tabular-nums">
                {timeOf(row.at)}
              </th>
              {row.cells.map(({ column, cell }) =>
                cell.kind === "covered" ? null : (
                  <td
                    key={column ?? 0}
                    rowSpan={cell.kind === "meeting" ? cell.rows : undefined}
                    className="h-px border-l border-line p-1 align-top"
                  >
                    <Cell cell={cell} column={column} at={row.at} addTo={addTo} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
