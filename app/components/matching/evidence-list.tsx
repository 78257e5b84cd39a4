import { useTranslation } from "react-i18next";
import { provinceName } from "~/modules/accounts/schemas";
import {
  type Contribution,
  ELEMENTS,
  type EvidenceCard,
  type Missing,
  type SharedElement,
} from "~/modules/matching/schemas";
import { formatMoney, formatNumber } from "../format";
import { useLocale } from "../locale";
import { lineValue } from "../public/listing-lines";

const MARK = { meets: "✓", near: "≈", fails: "✗" } as const;

/** One reason as a sentence an official reads without a manual. */
function useReason(): (reason: Contribution) => string {
  const { t } = useTranslation("matching");
  const locale = useLocale();
  const unknown = t("common:notStated");
  return (reason) => {
    switch (reason.kind) {
      case "phrase":
        return t(reason.inTitle ? "evidence.phraseTitle" : "evidence.phrase", { phrase: reason.phrase });
      case "concept":
        return t("evidence.concept", { phrase: reason.phrase, other: reason.other });
      case "words":
        return t("evidence.words", { words: reason.words.join(", ") });
      case "meaning":
        return t("evidence.meaning", { model: reason.model });
      case "sector":
        return t(`evidence.sector.${reason.level}`, { name: t(`sectors:${reason.code}`) });
      case "line":
        return t(`evidence.line.${reason.verdict}`, {
          mark: MARK[reason.verdict],
          name: reason.asked.name,
          asked: lineValue(reason.asked, locale) ?? unknown,
          given: lineValue(reason.given, locale) ?? unknown,
        });
      case "trl":
        return t(reason.enough ? "evidence.trl.enough" : "evidence.trl.short", {
          asked: reason.asked,
          given: reason.given,
        });
      case "price":
        return t(`evidence.price.${reason.verdict}`, {
          budget: formatMoney(reason.budget, locale),
          price: formatMoney(reason.price, locale),
        });
      case "form":
        return t(reason.fits ? "evidence.form.fits" : "evidence.form.unlike", {
          type: t(`common:enum.needType.${reason.type}`),
        });
      case "granted":
        return t("evidence.granted");
      case "province":
        return t("evidence.province", { name: provinceName(reason.code, locale) ?? reason.code });
      case "fresh":
        return t("evidence.fresh");
    }
  };
}

function useMissing(): (missing: Missing) => string {
  const { t } = useTranslation("matching");
  const locale = useLocale();
  return (missing) => {
    switch (missing.kind) {
      case "line":
        return t(missing.why === "fails" ? "missing.lineFails" : "missing.line", {
          name: missing.asked.name,
          asked: lineValue(missing.asked, locale) ?? t("common:notStated"),
        });
      case "phrase":
        return t("missing.phrase", { phrase: missing.phrase });
      case "trl":
        return t("missing.trl", { asked: missing.asked });
    }
  };
}

/** What the need and the offering both name, by kind: it explains the match and adds no points. */
function SharedElements({ shared }: { shared: SharedElement[] }) {
  const { t } = useTranslation("matching");
  if (shared.length === 0) return null;
  const say = ({ phrase, other }: SharedElement) => (other === null ? phrase : t("elements.both", { phrase, other }));
  const rows = ELEMENTS.map((element) => ({ element, named: shared.filter((one) => one.element === element) }));
  return (
    <section>
      <h4 className="font-semibold">{t("elements.title")}</h4>
      <dl className="grid gap-x-4 text-sm sm:grid-cols-[auto_1fr]">
        {rows.map(({ element, named }) =>
          named.length === 0 ? null : (
            <div key={element} className="contents">
              <dt className="text-muted">{t(`elements.${element}`)}</dt>
              <dd className="min-w-0 break-words">{named.map(say).join(" · ")}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

/** Why a pair fits, reason by reason with its points, and what is still to be asked. Strongest reasons first; the rest unfolds. */
export function EvidenceList({
  evidence,
  heldBack = false,
  shown = 5,
}: {
  evidence: EvidenceCard;
  /** some reasons rest on what a blind listing tells brokers and its owner only */
  heldBack?: boolean;
  shown?: number;
}) {
  const { t } = useTranslation("matching");
  const locale = useLocale();
  const reason = useReason();
  const missing = useMissing();
  const row = (one: Contribution, index: number) => (
    <li
      key={`${one.kind}-${String(index)}`}
      className="flex items-baseline justify-between gap-4 py-1.5 print:py-0.5 print:text-sm"
    >
      <span className="min-w-0 break-words">{reason(one)}</span>
      <span className="shrink-0 font-medium tabular-nums">
        {one.points > 0 ? "+" : ""}
        {formatNumber(one.points, locale)}
      </span>
    </li>
  );
  const first = evidence.contributions.slice(0, shown);
  const rest = evidence.contributions.slice(shown);
  return (
    <div className="flex flex-col gap-3">
      <section>
        <h4 className="font-semibold">{t("evidence.title")}</h4>
        <ul className="divide-y divide-line">{first.map(row)}</ul>
        {rest.length > 0 ? (
          <details className="on-paper mt-1">
            <summary className="link inline-flex min-h-11 cursor-pointer items-center text-sm">
              {t("evidence.more", { count: rest.length })}
            </summary>
            <ul className="divide-y divide-line">{rest.map(row)}</ul>
          </details>
        ) : null}
        {heldBack ? <p className="py-1.5 text-sm text-muted">{t("evidence.heldBack")}</p> : null}
        <p className="flex items-baseline justify-between gap-4 border-t border-line-strong py-1.5 font-semibold print:py-0.5 print:text-sm">
          <span>{t("evidence.total")}</span>
          <span className="shrink-0 tabular-nums">{formatNumber(evidence.score, locale)}</span>
        </p>
      </section>
      <SharedElements shared={evidence.elements ?? []} />
      {evidence.missing.length > 0 ? (
        <section>
          <h4 className="font-semibold">{t("missing.title")}</h4>
          <ul className="list-disc pl-5 text-sm">
            {evidence.missing.map((one, index) => (
              <li key={`${one.kind}-${String(index)}`}>{missing(one)}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
