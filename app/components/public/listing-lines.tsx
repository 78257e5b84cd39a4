import { useTranslation } from "react-i18next";
import type { AppLocale } from "~/locales";
import { formatNumber } from "../format";
import { useLocale } from "../locale";
import { Badge, type Column, DataTable, NotStated } from "../ui";

/** A requirement of a need or a parameter of an offering, values in the unit as typed. */
export type LineData = {
  name: string;
  comparison: "eq" | "gte" | "lte" | "between" | "text";
  minValue: number | null;
  maxValue: number | null;
  textValue: string | null;
  unit: string | null;
  must: boolean | null;
  condition: string | null;
};

/** "≥ 500 m³/ngày", "20–35 °C", or the words; null when nothing is stated. */
export function lineValue(line: LineData, locale: AppLocale): string | null {
  const number = (value: number | null) => (value === null ? null : formatNumber(value, locale));
  const low = number(line.minValue);
  const high = number(line.maxValue);
  const unit = line.unit ? ` ${line.unit}` : "";
  switch (line.comparison) {
    case "gte":
      return low && `≥ ${low}${unit}`;
    case "lte":
      return high && `≤ ${high}${unit}`;
    case "between":
      return low && high && `${low} – ${high}${unit}`;
    case "eq":
      return (low ?? high) && `${low ?? high}${unit}`;
    case "text":
      return line.textValue;
  }
}

/** Requirement or parameter lines as a table. */
export function ListingLines({ lines, kind }: { lines: readonly LineData[]; kind: "need" | "offering" }) {
  const { t } = useTranslation("public");
  const locale = useLocale();
  const columns: Column<LineData>[] = [
    { key: "name", header: t("listing.line.name"), cell: (line) => line.name },
    {
      key: "value",
      header: t("listing.line.value"),
      cell: (line) => <span className="font-medium tabular-nums">{lineValue(line, locale) ?? <NotStated />}</span>,
    },
  ];
  if (kind === "need") {
    columns.push({
      key: "must",
      header: t("listing.line.must"),
      cell: (line) =>
        line.must === false ? <Badge>{t("listing.nice")}</Badge> : <Badge tone="info">{t("listing.must")}</Badge>,
    });
  } else if (lines.some((line) => line.condition)) {
    columns.push({
      key: "condition",
      header: t("listing.line.condition"),
      cell: (line) => line.condition ?? <NotStated />,
    });
  }
  return (
    <DataTable
      caption={t(kind === "need" ? "listing.requirements" : "listing.parameters")}
      columns={columns}
      rows={lines}
      rowKey={(_, index) => String(index)}
    />
  );
}
