import { Link } from "@remix-run/react";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import { useTranslation } from "react-i18next";
import type { DealStep, DealView } from "~/modules/deals/index.server";
import type { DocumentKind } from "~/modules/deals/schemas";

type Code = DealStep["points"][number]["code"];

/** What the step's own form asks for: never missing beforehand. */
const IN_THE_FORM: readonly Code[] = [
  "contractNumber",
  "signedOn",
  "effectiveOn",
  "filedOn",
  "certificateNumber",
  "certificateOn",
  "liquidatedOn",
];
const TERMS: Partial<Record<Code, string>> = {
  bothParties: "parties",
  technologyName: "technologyName",
  value: "value",
  objects: "objects",
  form: "form",
  methods: "methods",
  right: "right",
  countries: "transferorCountry",
  stateMoney: "stateMoney",
  taskCertificate: "taskCertificate",
  restrictedList: "restrictedList",
  checklist: "checklist",
};
const DOCUMENTS: Partial<Record<Code, DocumentKind>> = {
  mouDocument: "mou",
  signedContract: "signed_contract",
  registrationFile: "registration_file",
  certificateFile: "certificate",
  acceptanceRecord: "acceptance_record",
  liquidationRecord: "liquidation_record",
};

/** Where the reader puts right what is missing; null when it is not theirs to do. */
export function fixFor(deal: Pick<DealView, "id" | "may">, step: DealStep, code: Code): string | null {
  const at = `/deals/${deal.id}`;
  const field = TERMS[code];
  if (field) return deal.may.editTerms ? `${at}/terms#${field}` : null;
  const kind = DOCUMENTS[code];
  if (kind) return deal.may.addDocument.includes(kind) ? `${at}/documents?kind=${kind}&step=${step.command}` : null;
  if (code === "milestonesDone") return deal.may.completeMilestone ? `${at}/milestones` : null;
  return null;
}

/** Points of a step that can be met or not before its form is opened. */
export const openPoints = (step: DealStep) => step.points.filter(({ code }) => !IN_THE_FORM.includes(code));

/** What a step asks for in words: what is missing first, each with the place to put it right. */
export function PointList({ deal, step }: { deal: Pick<DealView, "id" | "may">; step: DealStep }) {
  const { t } = useTranslation("deals");
  const points = openPoints(step);
  const missing = points.filter((point) => !point.met);
  const met = points.filter((point) => point.met);
  if (points.length === 0) return null;
  const line = "flex items-start gap-2 py-1";
  return (
    <div className="mt-4 first:mt-0">
      {missing.length > 0 ? (
        <>
          <p className="font-medium">{t("next.missing", { count: missing.length })}</p>
          <ul>
            {missing.map(({ code }) => {
              const to = fixFor(deal, step, code);
              return (
                <li key={code} className={line}>
                  <CircleDashed size={20} aria-hidden="true" className="mt-1 shrink-0 text-warning" />
                  {to ? (
                    <Link to={to} className="link min-w-0 pointer-coarse:min-h-11">
                      {t(`guard.${code}`)}
                    </Link>
                  ) : (
                    <span className="min-w-0">{t(`guard.${code}`)}</span>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
      {met.length > 0 ? (
        <details className="mt-2" open={met.length <= 3}>
          <summary className="link inline-flex min-h-11 items-center">
            {t("next.met", { count: met.length, all: points.length })}
          </summary>
          <ul>
            {met.map(({ code }) => (
              <li key={code} className={line}>
                <CircleCheck size={20} aria-hidden="true" className="mt-1 shrink-0 text-success" />
                <span className="min-w-0">
                  {t(`guard.${code}`)} <span className="sr-only">({t("next.isMet")})</span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
