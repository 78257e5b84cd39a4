import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Decision, EvidenceCard } from "~/modules/matching/schemas";
import { Badge, DateText, type ListingCardData, ListingCardView, ScoreBar } from "../ui";
import { EvidenceList } from "./evidence-list";

export type MatchData = {
  id: string;
  score: number;
  fits: boolean;
  crossSector: boolean;
  evidence: EvidenceCard;
  heldBack: boolean;
  decision: Decision;
  decidedAt: Date | null;
  changedSince: "score" | "decision" | null;
  reasonCode: string | null;
  note: string | null;
  other: ListingCardData;
};

/** One suggestion: the other side's listing, its score, the reasons, and what can be done with it. */
export function MatchCard({ match, children, to }: { match: MatchData; children?: ReactNode; to?: string }) {
  const { t } = useTranslation(["matching", "versions"]);
  return (
    <ListingCardView card={match.other} to={to} level={3}>
      <div className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <ScoreBar score={match.score} />
          {match.decision === "shortlisted" ? <Badge tone="success">{t("decision.shortlisted")}</Badge> : null}
          {match.decision === "dismissed" ? <Badge tone="neutral">{t("decision.dismissed")}</Badge> : null}
          {match.fits ? null : <Badge tone="warning">{t("decision.weak")}</Badge>}
          {match.crossSector ? <Badge tone="info">{t("crossSector")}</Badge> : null}
          {match.changedSince ? (
            <Badge tone="warning">
              {t(match.changedSince === "decision" ? "versions:changedSinceDecision" : "versions:changedSinceScore")}
            </Badge>
          ) : null}
          {match.decidedAt ? (
            <span className="text-sm text-muted">
              <DateText date={match.decidedAt} />
            </span>
          ) : null}
        </p>
        {match.reasonCode ? (
          <p className="text-sm">
            {t("decision.because", { reason: t(`reason.${match.reasonCode}`) })}
            {match.note ? ` ${match.note}` : ""}
          </p>
        ) : null}
        {match.fits || match.decision === "shortlisted" ? (
          <EvidenceList evidence={match.evidence} heldBack={match.heldBack} />
        ) : (
          // weak suggestions stay one line long: a broker who looks for more opens them
          <details className="on-paper">
            <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("evidence.open")}</summary>
            <EvidenceList evidence={match.evidence} heldBack={match.heldBack} />
          </details>
        )}
        {children}
      </div>
    </ListingCardView>
  );
}
