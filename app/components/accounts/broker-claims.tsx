import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { Badge, Card, DateText } from "~/components/ui";
import { CLAIM_REASONS } from "~/modules/accounts/schemas";
import { DecisionForm } from "./decision-form";
import { type FormValues, formValues } from "./form-values";

type Person = { id: string; fullName: string; email: string; phone: string | null; position: string | null };
export type ClaimRow = {
  id: string;
  state: string;
  evidence: string;
  reasonCode: string | null;
  note: string | null;
  createdAt: Date;
  decidedAt: Date | null;
  person: Person;
};

const TONES: Record<string, "warning" | "success" | "danger"> = {
  pending: "warning",
  approved: "success",
  rejected: "danger",
};

/** Who says the organisation is theirs, with what evidence; waiting claims are decided here, unless with the organisation. */
export function ClaimsCard({
  claims,
  founderId,
  decidedWithOrganisation,
  failed,
}: {
  claims: ClaimRow[];
  founderId: string | null;
  /** the founder's claim is decided together with a waiting organisation */
  decidedWithOrganisation: boolean;
  failed: { claimId: string; form: FormValues } | null;
}) {
  const { t } = useTranslation("accounts");
  const empty = formValues(undefined);
  return (
    <Card title={t("broker.claims")} id="claims">
      {claims.length === 0 ? <p className="text-muted">{t("broker.noClaims")}</p> : null}
      <ul className="divide-y divide-line">
        {claims.map((claim) => {
          const founder = claim.person.id === founderId;
          const others = claims.some((other) => other.state === "pending" && other.id !== claim.id);
          const withOrganisation = founder && decidedWithOrganisation && !others;
          return (
            <li key={claim.id} className="py-4 first:pt-0 last:pb-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{claim.person.fullName}</span>
                <Badge tone={TONES[claim.state]}>{t(`claimState.${claim.state}`)}</Badge>
                {founder ? <Badge>{t("broker.founder")}</Badge> : null}
              </p>
              <p className="text-sm text-muted">
                {claim.person.position ? `${claim.person.position} · ` : ""}
                <span className="break-all">{claim.person.email}</span>
                {claim.person.phone ? ` · ${claim.person.phone}` : ""} · <DateText date={claim.createdAt} />
              </p>
              <p className="mt-2 text-sm text-muted">{t("broker.evidence")}</p>
              <p className="whitespace-pre-line">{claim.evidence}</p>
              {claim.decidedAt ? (
                <p className="mt-2 text-sm">
                  {t("broker.decidedOn", { date: formatDate(claim.decidedAt) })}
                  {claim.reasonCode ? ` · ${t(`reason.${claim.reasonCode}`)}` : ""}
                  {claim.note ? ` · ${claim.note}` : ""}
                </p>
              ) : null}
              {claim.state === "pending" && !withOrganisation ? (
                <div className="mt-3">
                  <DecisionForm
                    intent="claim"
                    id={claim.id}
                    list="claim.reject"
                    reasons={CLAIM_REASONS}
                    form={failed?.claimId === claim.id ? failed.form : empty}
                    approveLabel={t("broker.approveClaim")}
                    rejectLabel={t("broker.rejectClaim")}
                  />
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
