import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { communeName, provinceName } from "~/modules/accounts/schemas";
import type { LineChange, VersionChange, WordPart } from "~/modules/listings/index.server";
import { formatDate, formatMoney } from "../format";
import { useLocale } from "../locale";
import { type LineData, lineValue } from "../public/listing-lines";
import { Badge, VisuallyHidden } from "../ui";

/** Words that came and went: signs and underlining say it as well as colour, and a screen reader hears it. */
function Mark({ kind, children }: { kind: WordPart["kind"]; children: ReactNode }) {
  const { t } = useTranslation("versions");
  if (kind === "same") return <>{children}</>;
  const added = kind === "added";
  const Tag = added ? "ins" : "del";
  return (
    <Tag
      className={
        added
          ? "rounded bg-success-soft px-0.5 font-medium text-ink underline decoration-2 underline-offset-2"
          : "rounded bg-danger-soft px-0.5 text-ink line-through decoration-2"
      }
    >
      <VisuallyHidden>{t(added ? "mark.added" : "mark.removed")} </VisuallyHidden>
      {children}
      <VisuallyHidden> {t("mark.end")}</VisuallyHidden>
    </Tag>
  );
}

const ENUMS: Record<string, string> = {
  needTypes: "needType",
  funding: "funding",
  objects: "object",
  forms: "form",
  methods: "method",
  rights: "right",
  ipType: "ipType",
  ipStatus: "ipStatus",
  priceModel: "priceModel",
};

/** A stored value in the reader's words. */
function useValueText() {
  const { t, i18n } = useTranslation(["versions", "common", "posting", "sectors"]);
  const locale = useLocale();
  return (field: string, value: string | number | boolean | null): string => {
    if (value === null || value === "") return t("none");
    if (typeof value === "boolean") return t(value ? "common:yes" : "common:no");
    const text = String(value);
    if (field === "moneyMin" || field === "moneyMax" || field === "unitCost") return formatMoney(value, locale);
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return formatDate(text);
    if (field === "provinceCode") return provinceName(text, locale) ?? text;
    if (field === "communeCode") return communeName(text) ?? text;
    if (field === "pictureId" || field === "pdfId") return t("file");
    // a picture is its description; its id says nothing to anybody
    if (field === "pictures") return text.replace(/^[0-9a-f-]{36}( · )?/, "") || t("file");
    if (field === "sectorCodes") return t(`sectors:${text}`);
    const key = field === "visibility" ? `common:visibility.${text}` : `common:enum.${ENUMS[field] ?? field}.${text}`;
    const later = `posting:enum.${field}.${text}`;
    return i18n.exists(key) ? t(key) : i18n.exists(later) ? t(later) : text;
  };
}

function LineRows({ lines }: { lines: readonly LineChange[] }) {
  const { t } = useTranslation("versions");
  const locale = useLocale();
  const write = (line: LineData | null) =>
    line
      ? [
          line.name,
          lineValue(line, locale) ?? t("none"),
          line.must === null ? null : t(line.must ? "must" : "nice"),
          line.condition,
        ]
          .filter(Boolean)
          .join(" · ")
      : "";
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names of their own and never move
        <li key={at}>
          {line.kind === "same" ? <span className="text-muted">{write(line.after)}</span> : null}
          {line.before && line.kind !== "same" ? <Mark kind="removed">{write(line.before)}</Mark> : null}{" "}
          {line.after && line.kind !== "same" ? <Mark kind="added">{write(line.after)}</Mark> : null}
        </li>
      ))}
    </ul>
  );
}

function Change({ change }: { change: VersionChange }) {
  const valueText = useValueText();
  switch (change.as) {
    case "words":
      return (
        <p lang={change.lang} className="max-w-text break-words whitespace-pre-line">
          {change.parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text in their order
            <Mark key={at} kind={part.kind}>
              {part.text}
            </Mark>
          ))}
        </p>
      );
    case "value":
      return (
        <p className="break-words">
          <Mark kind="removed">{valueText(change.field, change.before)}</Mark>{" "}
          <Mark kind="added">{valueText(change.field, change.after)}</Mark>
        </p>
      );
    case "list":
      return (
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {change.removed.map((one) => (
            <li key={`-${one}`}>
              <Mark kind="removed">{valueText(change.field, one)}</Mark>
            </li>
          ))}
          {change.added.map((one) => (
            <li key={`+${one}`}>
              <Mark kind="added">{valueText(change.field, one)}</Mark>
            </li>
          ))}
          {change.kept.map((one) => (
            <li key={one} className="text-muted">
              {valueText(change.field, one)}
            </li>
          ))}
        </ul>
      );
    case "lines":
      return <LineRows lines={change.lines} />;
  }
}

/** What changed from one version to the next, field by field. */
export function VersionChanges({ changes, level = 3 }: { changes: readonly VersionChange[]; level?: 3 | 4 }) {
  const { t } = useTranslation(["versions", "listings", "posting"]);
  const Heading = `h${level}` as const;
  if (changes.length === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        {t("legend")} <Mark kind="removed">{t("legendRemoved")}</Mark> <Mark kind="added">{t("legendAdded")}</Mark>
      </p>
      <div className="flex flex-col divide-y divide-line">
        {changes.map((change) => (
          <section key={`${change.field}.${change.as === "words" ? change.lang : ""}`} className="py-3 first:pt-0">
            <Heading className="mb-1 flex flex-wrap items-center gap-2 font-semibold">
              {t([
                `field.${change.field}`,
                `listings:field.${change.field}.label`,
                `posting:field.${change.field.replace("details.", "")}.label`,
                `posting:${change.field.replace("details.", "").replace("ipTitles", "ip")}.legend`,
                "field.unnamed",
              ])}
              {change.as === "words" && change.lang === "en" ? <Badge>{t("english")}</Badge> : null}
              {change.material ? null : <Badge tone="info">{t("small")}</Badge>}
            </Heading>
            <Change change={change} />
          </section>
        ))}
      </div>
    </>
  );
}
