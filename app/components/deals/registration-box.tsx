import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, Card, DateText, DefinitionList, type Tone } from "~/components/ui";
import type { DealView, RegistrationView } from "~/modules/deals/index.server";
import { RegisterBadge } from "./badges";

const TONES: Record<string, Tone> = { mandatory: "warning", voluntary: "info", licence: "neutral" };

type VerdictProps = Pick<RegistrationView, "duty" | "reason" | "source" | "ruleVersion"> & { plain: boolean };

function Verdict({ duty, reason, source, ruleVersion, plain }: VerdictProps) {
  const { t } = useTranslation("deals");
  const law = (
    <p className="max-w-text text-sm text-muted">
      <span lang="vi">{source}</span> ({t("registration.version", { version: ruleVersion })})
    </p>
  );
  return (
    <>
      <p>
        <Badge tone={TONES[duty] ?? "neutral"}>{t(`duty.${duty}`)}</Badge>
      </p>
      <p className="mt-3 max-w-text">{t(`dutyReason.${reason}`)}</p>
      {plain ? (
        law
      ) : (
        <details className="mt-1 mb-2">
          <summary className="link inline-flex min-h-11 items-center text-sm">{t("law.article31")}</summary>
          {law}
        </details>
      )}
    </>
  );
}

function Preview({ deal, plain }: { deal: DealView; plain: boolean }) {
  const { t } = useTranslation("deals");
  if (!deal.duty) return <p>{t("registration.atSigning")}</p>;
  if ("answer" in deal.duty) {
    return (
      <>
        <p className="mb-2 text-sm text-muted">{t("registration.expected")}</p>
        <Verdict {...deal.duty.answer} plain={plain} />
        {deal.duty.answer.filedBy ? (
          <p className="mt-2">{t("registration.willFile", { side: t(`party.${deal.duty.answer.filedBy}`) })}</p>
        ) : null}
      </>
    );
  }
  return (
    <>
      <p className="max-w-text">{t("registration.missing")}</p>
      <ul className="mt-2 list-disc pl-5">
        {deal.duty.missing.map((code) => (
          <li key={code} className="py-0.5">
            {deal.may.editTerms ? (
              <Link
                className="link"
                to={`/deals/${deal.id}/terms#${code === "countries" ? "transferorCountry" : code}`}
              >
                {t(`guard.${code}`)}
              </Link>
            ) : (
              t(`guard.${code}`)
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

type DecidedProps = { deal: DealView; registration: RegistrationView; plain: boolean };

function Decided({ deal, registration, plain }: DecidedProps) {
  const { t } = useTranslation("deals");
  const { deadline } = registration;
  const facts = [
    { key: "signed", term: t("field.signedOn"), description: <DateText date={deal.signedOn} /> },
    ...(deadline
      ? [
          {
            key: "deadline",
            term: t("registration.deadline"),
            description: (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <strong>
                  <DateText date={deadline.dueOn} />
                </strong>
                {deadline.state === "open" ? <RegisterBadge days={deadline.daysLeft} /> : null}
                <span className="basis-full text-sm text-muted">
                  {t("registration.counted", { days: deadline.days })}
                  {deadline.moved ? (
                    <>
                      {" "}
                      {t("registration.moved")} (<DateText date={deadline.lastDay} />)
                    </>
                  ) : null}
                </span>
              </span>
            ),
          },
        ]
      : []),
    ...(registration.filedBy && (deadline || registration.filedOn)
      ? [
          {
            key: "filedBy",
            term: t("registration.filedBy"),
            description: `${t(`party.${registration.filedBy}`)}${deal.parties[registration.filedBy] ? `: ${deal.parties[registration.filedBy]?.name}` : ""}`,
          },
        ]
      : []),
    ...(registration.filedOn
      ? [
          {
            key: "filed",
            term: t("field.filedOn"),
            description: (
              <span className="flex flex-wrap items-center gap-3">
                <DateText date={registration.filedOn} />
                {registration.late ? <Badge tone="danger">{t("registration.late")}</Badge> : null}
              </span>
            ),
          },
        ]
      : []),
    ...(registration.processBy && !registration.certificateNumber
      ? [{ key: "process", term: t("registration.processBy"), description: <DateText date={registration.processBy} /> }]
      : []),
    ...(registration.certificateNumber
      ? [
          {
            key: "certificate",
            term: t("registration.certificate"),
            description: (
              <>
                <strong>{registration.certificateNumber}</strong>, {t("registration.of")}{" "}
                <DateText date={registration.certificateOn} />
                {registration.certificateDocumentId && !plain ? (
                  <Link
                    reloadDocument
                    className="link ml-3 inline-flex min-h-11 items-center sm:min-h-0"
                    to={`/deals/${deal.id}/documents/${registration.certificateDocumentId}`}
                  >
                    {t("document.open")}
                  </Link>
                ) : null}
              </>
            ),
          },
        ]
      : []),
    {
      key: "effective",
      term: t("field.effectiveOn"),
      description: deal.effectiveOn ? (
        <DateText date={deal.effectiveOn} />
      ) : (
        <span className="font-medium text-warning">{t("registration.notEffective")}</span>
      ),
    },
  ];
  return (
    <>
      <Verdict {...registration} plain={plain} />
      {registration.returned && !registration.filedOn ? (
        <div className="my-3 rounded-lg border border-warning-line bg-warning-soft p-3">
          <p className="font-medium">
            {t("registration.returned")} <DateText date={registration.returned.at} />:{" "}
            {t(`returnReason.${registration.returned.reasonCode}`)}
          </p>
          {registration.returned.note ? <p className="whitespace-pre-line">{registration.returned.note}</p> : null}
        </div>
      ) : null}
      <DefinitionList items={facts} />
      {registration.wish && registration.duty === "voluntary" ? (
        <p className="mt-2 text-sm text-muted">{t("registration.wish")}</p>
      ) : null}
    </>
  );
}

/** Whether and why the contract must be registered, by when, and how far that is (Luật 07/2017/QH14 Điều 31). */
export function RegistrationBox({ deal, plain = false }: { deal: DealView; plain?: boolean }) {
  const { t } = useTranslation("deals");
  return (
    <Card title={t("registration.title")} id="registration">
      {deal.registration ? (
        <Decided deal={deal} registration={deal.registration} plain={plain} />
      ) : (
        <Preview deal={deal} plain={plain} />
      )}
    </Card>
  );
}
