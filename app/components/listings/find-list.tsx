import { useTranslation } from "react-i18next";
import type { ReviewWarning } from "~/modules/listings/index.server";
import { VisuallyHidden } from "../ui";
import { WarningList } from "./warning-list";

/** Contacts and names found in the words readers will read, each marked where it stands. */
function FindList({ finds, kind }: { finds: readonly ReviewWarning[]; kind: "need" | "offering" }) {
  const { t } = useTranslation(["review", "listings", "versions"]);
  const fieldName = (field: string) => {
    const name = field.replace(/Other$/, "");
    if (name === "lines") return t("lines");
    if (name === "description" && kind === "need") return t("listings:field.problem.label");
    return t([`listings:field.${name}.label`, `versions:field.${name}`, "versions:field.unnamed"]);
  };
  return (
    <ul className="flex flex-col gap-3">
      {finds.map((find) => (
        <li key={`${find.code}.${find.field}.${find.found}`} className="min-w-0">
          <p className="text-sm text-muted">
            <strong className="text-ink">{t(`found.${find.code}`)}</strong>{" "}
            {t("inField", { field: fieldName(find.field) })}
          </p>
          {find.excerpt ? (
            <p className="break-words">
              {find.excerpt.before}
              <mark className="rounded border border-warning-line bg-warning-soft px-0.5 font-medium text-ink underline decoration-wavy">
                <VisuallyHidden>{t("markStart")} </VisuallyHidden>
                {find.excerpt.match}
                <VisuallyHidden> {t("markEnd")}</VisuallyHidden>
              </mark>
              {find.excerpt.after}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What a broker should look at before approving: finds in the words, then oddities of the facts. */
export function ReviewFindings({ warnings, kind }: { warnings: readonly ReviewWarning[]; kind: "need" | "offering" }) {
  const { t } = useTranslation("review");
  const finds = warnings.filter((warning) => warning.excerpt);
  const oddities = warnings.filter((warning) => !warning.excerpt);
  if (finds.length === 0) return <WarningList warnings={oddities} kind={kind} />;
  return (
    <>
      <h3 className="font-semibold">{t("findsTitle")}</h3>
      <p className="mb-3 text-sm text-muted">{t("findsLead")}</p>
      <FindList finds={finds} kind={kind} />
      {oddities.length > 0 ? (
        <>
          <hr className="my-4 border-line" />
          <WarningList warnings={oddities} kind={kind} />
        </>
      ) : null}
    </>
  );
}
