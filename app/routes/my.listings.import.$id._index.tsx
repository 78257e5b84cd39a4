import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ProblemTable } from "~/components/exchange/problem-table";
import { CheckboxField, FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, buttonClass, Card, LinkButton, PageHeader, StatTile } from "~/components/ui";
import { discardUpload, enterRows, type ImportView, viewImport } from "~/modules/exchange/index.server";
import { type CheckReport, MOST_ENTERED } from "~/modules/exchange/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "exchange:result.title");

/** Problems on the page; the report has all of them. */
const MOST_SHOWN = 100;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const view = await viewImport(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  if (view.state === "columns") throw redirect(`/my/listings/import/${view.id}/columns`);
  const { report, ...rest } = view;
  return { view: rest, report: report && { ...report, problems: report.problems.slice(0, MOST_SHOWN) } };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const uploadId = params.id ?? "";
  const form = await request.formData();
  const intent = form.get("intent");
  if (intent === "discard") {
    const gone = await discardUpload(ctx, uploadId);
    if (gone.ok) return redirect("/my/listings/import");
    if (gone.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ failure: gone }, { status: 400 });
  }
  const result = await enterRows(ctx, {
    uploadId,
    revision: Number(form.get("revision")) || 0,
    send: intent === "send",
    skipLike: form.has("skipLike"),
  });
  if (result.ok) return redirect(`/my/listings/import/${uploadId}`);
  if (result.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ failure: result }, { status: 400 });
}

type View = Pick<ImportView, "id" | "revision" | "organisation">;

/** What pressing the button will do, before it is pressed. */
function Confirm({ view, report }: { view: View; report: CheckReport }) {
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

function Report({ id }: { id: string }) {
  const { t } = useTranslation("exchange");
  return (
    <div>
      <a className={buttonClass("secondary")} href={`/my/listings/import/${id}/report`}>
        {t("result.report")}
      </a>
      <p className="mt-2 max-w-text text-muted">{t("result.reportText")}</p>
    </div>
  );
}

export default function ImportResult() {
  const { view, report } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["exchange", "listings", "office"]);
  const done = view.state === "done";
  const found = report ? report.errors + report.notes : 0;
  const left = report ? report.bad : 0;
  return (
    <>
      <PageHeader
        title={done ? t("result.doneTitle", { count: view.entered }) : t("result.title")}
        lead={view.fileName}
        back={{ to: "/my/listings/import", label: t("many.title") }}
      />
      <FormErrors failure={answer?.failure} />
      {done ? (
        <Alert tone="success" role="status">
          <p>{t("result.doneText", { sent: view.sent, drafts: view.entered - view.sent })}</p>
          {view.asked > 0 ? <p className="mt-1">{t("office:import.done", { count: view.asked })}</p> : null}
          {left > 0 ? <p className="mt-1">{t("result.doneRest", { count: left })}</p> : null}
          <p className="mt-3 flex flex-wrap gap-3">
            <LinkButton to="/my/listings">{t("result.toMine")}</LinkButton>
            <LinkButton to="/my/listings/import" variant="secondary">
              {t("result.again")}
            </LinkButton>
          </p>
        </Alert>
      ) : (
        <Alert>
          <p>{t("result.nothingYet")}</p>
          <p>
            {view.mappingName ? `${t("result.usedMapping", { name: view.mappingName })} ` : null}
            <Link className="link" to={`/my/listings/import/${view.id}/columns`}>
              {t("result.columnsAgain")}
            </Link>
          </p>
        </Alert>
      )}
      {report ? (
        <div className="flex flex-col gap-6">
          {done ? null : (
            <>
              <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
                {(["good", "complete", "bad", "known"] as const).map((name) => (
                  <li key={name}>
                    <StatTile label={t(`result.${name}`)} value={report[name]} />
                  </li>
                ))}
              </ul>
              <Confirm view={view} report={report} />
            </>
          )}
          {found > 0 && view.hasFile ? <Report id={view.id} /> : null}
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
