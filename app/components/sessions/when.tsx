import { useTranslation } from "react-i18next";
import { formatDate, isoDay } from "~/components/format";
import { timeOf } from "./slots";

/** "09:00 – 09:30". */
export const spanOf = (startsAt: Date, endsAt: Date): string => `${timeOf(startsAt)} – ${timeOf(endsAt)}`;

/** "Thứ Năm, 26/11/2026" in the page's language; from parts, because browsers and servers carry different ICU versions. */
export function useDayName(): (date: Date) => string {
  const { t } = useTranslation("sessions");
  return (date) => {
    const weekday = new Date(`${isoDay(date)}T00:00:00.000Z`).getUTCDay();
    return t("when.day", { weekday: t(`when.weekday.${weekday}`), date: formatDate(date) });
  };
}

/** Day and hours of a meeting or a session. */
export function WhenText({ startsAt, endsAt, stacked }: { startsAt: Date; endsAt: Date; stacked?: boolean }) {
  const dayName = useDayName();
  return (
    <time dateTime={startsAt.toISOString()}>
      <span className={stacked ? "block md:whitespace-nowrap" : "whitespace-nowrap"}>{dayName(startsAt)}</span>
      {stacked ? null : ", "}
      <span className="whitespace-nowrap tabular-nums">{spanOf(startsAt, endsAt)}</span>
    </time>
  );
}
