import { useTranslation } from "react-i18next";
import type { SectionProps } from "./form-data";

/** A good listing of the same field, folded away. */
export function Example({ example, kind }: Pick<SectionProps, "example" | "kind">) {
  const { t } = useTranslation(["posting", "sectors"]);
  if (!example) return null;
  const parts = [
    [t("example.title"), example.title],
    [t(`example.text.${kind}`), example.text],
    [t(`example.line.${kind}`), example.line],
  ] as const;
  return (
    <details className="card px-4 py-1 sm:px-6">
      <summary className="link flex min-h-11 cursor-pointer items-center font-medium">
        {t("example.open", { field: t(`sectors:${example.field}`) })}
      </summary>
      <dl className="pb-4" lang={example.lang}>
        {parts.map(([term, words]) => (
          <div key={term} className="mb-3">
            <dt className="text-sm text-muted">{term}</dt>
            <dd className="max-w-text">{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
