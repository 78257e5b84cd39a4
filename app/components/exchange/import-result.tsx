import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ImportView } from "~/modules/exchange/index.server";
import type { CheckReport } from "~/modules/exchange/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors } from "../forms";
import { Alert, Button, buttonClass, Card, LinkButton, PageHeader, StatTile } from "../ui";
import { ConfirmMany, ConfirmOwn } from "./confirm-rows";
import { ProblemTable } from "./problem-table";
import { roomOf } from "./room";

function Report({ id, base }: { id: string; base: string }) {
  const { t } = useTranslation("exchange");
  return (
    <div>
      <a className={buttonClass("secondary")} href={`${base}/${id}/report`}>
        {t("result.report")}
      </a>
      <p className="mt-2 max-w-text text-muted">{t("result.reportText")}</p>
    </div>
  );
}

/** What was done with a file that was entered, and what comes next. */
function Done({ view, left }: { view: Props["view"]; left: number }) {
  const { t } = useTranslation(["exchange", "imports", "office"]);
  const { base } = roomOf(view.forOffice);
  return (
    <Alert tone="success" role="status">
      <p>{t("result.doneText", { sent: view.sent, drafts: view.entered - view.sent })}</p>
      {view.made > 0 ? <p className="mt-1">{t("imports:result.made", { count: view.made })}</p> : null}
      {view.asked > 0 ? <p className="mt-1">{t("office:import.done", { count: view.asked })}</p> : null}
      {left > 0 ? <p className="mt-1">{t("result.doneRest", { count: left })}</p> : null}
      {view.forOffice ? <p className="mt-1">{t("imports:result.doneNext")}</p> : null}
      <p className="mt-3 flex flex-wrap gap-3">
        <LinkButton to="/my/listings">{t(view.forOffice ? "imports:result.toMine" : "result.toMine")}</LinkButton>
        <LinkButton to={base} variant="secondary">
          {t("result.again")}
        </LinkButton>
        {view.made > 0 ? (
          <LinkButton to="/broker/organisations" variant="secondary">
            {t("imports:result.toOrganisations")}
          </LinkButton>
        ) : null}
      </p>
    </Alert>
  );
}

type Props = {
  view: Omit<ImportView, "report">;
  report: CheckReport | null;
  failure: Failure | undefined;
};

/** What a check found and what confirming will do; or what was entered. */
export function ImportResult({ view, report, failure }: Props) {
  const { t } = useTranslation(["exchange", "imports", "listings", "office"]);
  const { base, words } = roomOf(view.forOffice);
  const done = view.state === "done";
  const found = report ? report.errors + report.notes : 0;
  // of the good rows some may have been left out too
  const left = report ? Math.max(report.bad, report.rows - report.known - view.entered) : 0;
  return (
    <>
      <PageHeader
        title={done ? t("result.doneTitle", { count: view.entered }) : t("result.title")}
        lead={view.fileName}
        back={{ to: base, label: t(words.title) }}
      />
      <FormErrors failure={failure} />
      {done ? (
        <Done view={view} left={left} />
      ) : (
        <Alert>
          <p>{t("result.nothingYet")}</p>
          <p>
            {view.mappingName ? `${t("result.usedMapping", { name: view.mappingName })} ` : null}
            <Link className="link" to={`${base}/${view.id}/columns`}>
              {t("result.columnsAgain")}
            </Link>
          </p>
        </Alert>
      )}
      {report ? (
        <div className="flex flex-col gap-6">
          {done ? null : (
            <>
              <ul className={`grid gap-4 sm:grid-cols-2 ${report.missing > 0 ? "lg:grid-cols-5" : "lg:grid-cols-4"}`}>
                {(["good", "complete", "bad", "known"] as const).map((name) => (
                  <li key={name}>
                    <StatTile label={t(`result.${name}`)} value={report[name]} />
                  </li>
                ))}
                {report.missing > 0 ? (
                  <li>
                    <StatTile label={t("imports:result.missing")} value={report.missing} />
                  </li>
                ) : null}
              </ul>
              {view.forOffice ? (
                <ConfirmMany view={view} report={report} />
              ) : (
                <ConfirmOwn view={view} report={report} />
              )}
            </>
          )}
          {(found > 0 || report.missing > 0) && view.hasFile ? <Report id={view.id} base={base} /> : null}
          <Card title={t("result.problems")}>
            {found === 0 ? <p>{t("result.noProblems")}</p> : null}
            {found > report.problems.length ? (
              <p className="mb-3 text-muted">{t("result.shown", { count: report.problems.length, of: found })}</p>
            ) : null}
            {found > 0 ? <ProblemTable problems={report.problems} headings={report.headings} /> : null}
          </Card>
          {report.gaps.length > 0 && !done ? (
            <Card title={t("result.gaps")}>
              <p className="mb-2 text-muted">{t("result.gapsText")}</p>
              <ul className="flex flex-col gap-1">
                {report.gaps.slice(0, 8).map(({ field, rows }) => (
                  <li key={field}>
                    {t(`field.${field}`)} <span className="text-muted">– {t("result.gapCount", { count: rows })}</span>
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
          {done ? null : (
            <Form method="post">
              <Button name="intent" value="discard" variant="danger">
                {t("result.discard")}
              </Button>
            </Form>
          )}
        </div>
      ) : null}
    </>
  );
}
