import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { Badge, Card, DateText } from "~/components/ui";
import type { CaseOutcomes as Outcomes } from "~/modules/deals/index.server";
import { StepSides } from "./step-sides";

/** What both sides of a case said came of it, step by step, newest first, and when they are asked next. */
export function CaseOutcomes({ outcomes, mayResolve }: { outcomes: Outcomes; mayResolve: boolean }) {
  const { t } = useTranslation("outcomes");
  const { steps, next } = outcomes;
  return (
    <Card title={t("case.title")}>
      {steps.length === 0 ? <p>{t("case.none")}</p> : null}
      <ol className="flex flex-col gap-5">
        {steps.map((step) => (
          <li key={step.questionId}>
            <p className="mb-2 flex flex-wrap items-center gap-2">
              <strong>{t("case.after", { count: step.days })}</strong>
              <span className="text-sm text-muted">
                <DateText date={step.askedAt} />
              </span>
              {step.conflict && !step.resolution ? <Badge tone="danger">{t("case.conflict")}</Badge> : null}
              {step.conflict && !step.resolution && mayResolve ? (
                <Link
                  className="link inline-flex min-h-11 items-center"
                  to={`/broker/outcomes#step-${step.questionId}`}
                >
                  {t("case.toResolve")}
                </Link>
              ) : null}
            </p>
            <StepSides sides={step.sides} />
            {step.resolution ? (
              <p className="mt-2 max-w-text break-words">
                {t("case.resolved", { answer: t(`answer.${step.resolution}`) })}
                {step.resolvedBy ? ` · ${step.resolvedBy}` : ""} · <DateText date={step.resolvedAt} />
                <span className="block whitespace-pre-line text-muted">{step.resolvedNote}</span>
              </p>
            ) : null}
          </li>
        ))}
      </ol>
      {next ? (
        <p className="mt-4 text-muted">{t("case.next", { date: formatDate(next.on), count: next.days })}</p>
      ) : null}
    </Card>
  );
}
