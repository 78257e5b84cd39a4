import { useTranslation } from "react-i18next";
import type { EvalRun, Evaluation } from "~/modules/matching/schemas";
import { useLocale } from "../locale";
import { Badge, DataTable } from "../ui";
import { type Figure, rangeText, scoreText, shareText } from "./figures";

/** How well "there is no answer" is told. */
export function SilenceTable({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation("quality");
  const locale = useLocale();
  const { heldOut, aucTarget, sizes } = evaluation;
  const text = (value: number) => scoreText(value, locale);
  type Row = { key: string; what: string; value: string; range: string; target: number | null; met: boolean };
  const score = (key: string, what: string, figure: Figure, target: number | null): Row => ({
    key,
    what,
    value: text(figure.value),
    range: rangeText(figure, text),
    target,
    met: target !== null && figure.value >= target,
  });
  const share = (key: "kept" | "silentRemoved" | "silentReal"): Row[] => {
    const value = heldOut.atThreshold[key];
    return value === null
      ? []
      : [{ key, what: t(`silence.${key}`), value: shareText(value, locale), range: "–", target: null, met: false }];
  };
  const rows: Row[] = [
    score("removed", t("silence.removed"), heldOut.auc.removed, aucTarget),
    ...(heldOut.auc.real === null
      ? []
      : [score("real", t("silence.real", { count: sizes.unanswerable }), heldOut.auc.real, null)]),
    ...share("kept"),
    ...share("silentRemoved"),
    ...share("silentReal"),
  ];
  return (
    <DataTable
      caption={t("silence.caption")}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: "what", header: t("silence.what"), cell: (row) => row.what },
        { key: "value", header: t("silence.value"), numeric: true, cell: (row) => <strong>{row.value}</strong> },
        { key: "range", header: t("silence.interval"), numeric: true, cell: (row) => row.range },
        {
          key: "target",
          header: t("silence.target"),
          numeric: true,
          cell: (row) =>
            row.target === null ? (
              <span className="text-muted">{t("cases.noTarget")}</span>
            ) : (
              <span className="inline-flex flex-wrap items-center gap-2 md:justify-end">
                ≥ {text(row.target)}
                <Badge tone={row.met ? "success" : "warning"}>{t(row.met ? "cases.met" : "cases.missed")}</Badge>
              </span>
            ),
        },
      ]}
    />
  );
}

/** The same set under other conditions. */
export function RobustTable({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation("quality");
  const locale = useLocale();
  const text = (figure: Figure | undefined) =>
    figure === undefined
      ? "–"
      : `${scoreText(figure.value, locale)} (${rangeText(figure, (value) => scoreText(value, locale))})`;
  const { heldOut, product, withoutDictionary, meilisearch } = evaluation;
  const rows: { key: string; how: string; run: EvalRun }[] = [
    { key: "heldOut", how: t("robust.heldOut"), run: heldOut },
    { key: "product", how: t("robust.product"), run: product },
    {
      key: "without",
      how: t("robust.without", { count: withoutDictionary.concepts }),
      run: withoutDictionary.heldOut,
    },
    ...(meilisearch
      ? [
          {
            key: "meilisearch",
            how: t("robust.meilisearch", { version: meilisearch.version }),
            run: meilisearch.product,
          },
        ]
      : []),
  ];
  return (
    <DataTable
      caption={t("robust.caption")}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: "how", header: t("robust.how"), cell: (row) => row.how },
        {
          key: "all",
          header: t("robust.all"),
          numeric: true,
          cell: ({ run }) => text(run.cases.find((one) => one.case === "all")?.ndcg10),
        },
        { key: "auc", header: t("robust.auc"), numeric: true, cell: ({ run }) => text(run.auc.removed) },
      ]}
    />
  );
}
