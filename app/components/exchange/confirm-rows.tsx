import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ImportView } from "~/modules/exchange/index.server";
import { type CheckReport, MOST_ENTERED } from "~/modules/exchange/schemas";
import { CheckboxField } from "../forms";
import { Alert, Button, Card } from "../ui";

type View = Pick<ImportView, "revision" | "organisation">;

/** What pressing the button will do, before it is pressed. */
export function ConfirmOwn({ view, report }: { view: View; report: CheckReport }) {
  const { t } = useTranslation(["exchange", "office", "common"]);
  const { good, complete, like } = report;
  if (good > MOST_ENTERED)
    return <Alert tone="warning">{t("many.error.tooMany500", { count: good, most: MOST_ENTERED })}</Alert>;
  if (good === 0) return null;
  const verified = view.organisation?.verified === true;
  const throughOffice = view.organisation?.throughOffice === true;
  return (
    <Card title={t("result.confirmTitle", { count: good })}>
      <p className="mb-3">{t("result.confirmText", { gaps: good - complete })}</p>
      {verified ? null : <p className="mb-3 text-muted">{t("result.notVerified")}</p>}
      {verified && throughOffice ? <p className="mb-3 text-muted">{t("office:import.text")}</p> : null}
      <Form method="post">
        <input type="hidden" name="revision" value={view.revision} />
        {like > 0 ? <CheckboxField name="skipLike" label={t("result.skipLike", { count: like })} /> : null}
        <div className="flex flex-wrap gap-3">
          <Button name="intent" value="drafts">
            {t("result.confirmDrafts")}
          </Button>
          {verified && complete > 0 ? (
            <Button name="intent" value="send" variant="secondary">
              {t(throughOffice ? "office:import.button" : "result.confirmSend", { count: complete })}
            </Button>
          ) : null}
        </div>
      </Form>
    </Card>
  );
}

/** Organisations that the file names and the exchange does not have: who they are, before somebody makes them. */
function NewOrganisations({ report }: { report: CheckReport }) {
  const { t } = useTranslation("imports");
  const { newOrganisations: shown, newCount } = report;
  return (
    <div className="mb-5">
      <h3 className="font-semibold">{t("imports:result.newTitle", { count: newCount })}</h3>
      <p className="mt-1 mb-2 text-muted">{t("imports:result.newText", { rows: report.missing })}</p>
      <ul className="divide-y divide-line border-y border-line">
        {shown.map(({ name, taxCode, rows, like }) => (
          <li key={`${taxCode} ${name}`} className="py-2">
            <span className="font-medium break-words">{name}</span>{" "}
            <span className="text-sm text-muted">
              {[taxCode, t("imports:result.newRows", { count: rows })].filter(Boolean).join(" · ")}
            </span>
            {like.length > 0 ? (
              <span className="block text-sm">{t("imports:result.like", { names: like.join("; ") })}</span>
            ) : null}
          </li>
        ))}
        {newCount > shown.length ? (
          <li className="py-2 text-muted">{t("imports:result.more", { count: newCount - shown.length })}</li>
        ) : null}
      </ul>
    </div>
  );
}

/** The same for a file for many: also who would be made. */
export function ConfirmMany({ view, report }: { view: View; report: CheckReport }) {
  const { t } = useTranslation(["exchange", "imports"]);
  const { good, complete, like, missing } = report;
  if (good > MOST_ENTERED)
    return <Alert tone="warning">{t("many.error.tooMany500", { count: good, most: MOST_ENTERED })}</Alert>;
  if (good + missing === 0) return null;
  return (
    <Card title={t("result.confirmTitle", { count: good })}>
      <p className="mb-3">{t("imports:result.confirmText", { count: report.organisations, gaps: good - complete })}</p>
      <p className="mb-5 text-muted">{t("imports:result.sendText")}</p>
      <Form method="post">
        <input type="hidden" name="revision" value={view.revision} />
        {missing > 0 ? (
          <>
            <NewOrganisations report={report} />
            <CheckboxField
              name="makeMissing"
              label={t("imports:result.make", { count: report.newCount })}
              hint={t("imports:result.makeHint")}
            />
          </>
        ) : null}
        {like > 0 ? <CheckboxField name="skipLike" label={t("result.skipLike", { count: like })} /> : null}
        <div className="flex flex-wrap gap-3">
          <Button name="intent" value="drafts">
            {t("result.confirmDrafts")}
          </Button>
          {complete + missing > 0 ? (
            <Button name="intent" value="send" variant="secondary">
              {t("imports:result.confirmSend")}
            </Button>
          ) : null}
        </div>
      </Form>
    </Card>
  );
}
