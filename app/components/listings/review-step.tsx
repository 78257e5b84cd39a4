import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ListingArticle } from "~/components/public/listing-article";
import { Alert, Badge, Button, Card, TabLinks } from "~/components/ui";
import type { DraftView, ListingView, OpenProblem } from "~/modules/listings/index.server";
import type { BestMissing } from "~/modules/listings/schemas";
import { useLabels } from "./draft-form";

type ReviewStepProps = {
  view: DraftView;
  problems: OpenProblem[];
  best: BestMissing[];
  preview: ListingView | null;
  reader: "public" | "partner";
};

/** The last step: what is missing, what would help most, how readers will see it, and the button that sends it. */
export function ReviewStep({ view, problems, best, preview, reader }: ReviewStepProps) {
  const { t } = useTranslation(["posting", "listings", "blind", "common"]);
  const labels = useLabels(view.kind);
  const here = `/my/listings/${view.id}/edit`;
  return (
    <>
      <Card title={t("review.progress", { percent: view.completeness })}>
        <div
          aria-hidden="true"
          className="mb-4 h-2 overflow-hidden rounded-full bg-sunken outline-1 outline-line-strong"
        >
          <span className="block h-full rounded-full bg-primary" style={{ width: `${view.completeness}%` }} />
        </div>
        {problems.length > 0 ? (
          <>
            <p className="mb-2 font-medium">{t("review.missing", { count: problems.length })}</p>
            <ul className="mb-4 list-disc pl-5">
              {problems.map(({ name, step, messages }) => (
                <li key={name}>
                  <Link className="link" to={`${here}/${step}?check=1#${name}`}>
                    {labels[name]}: {messages.map((key) => t(key)).join(" ")}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="mb-4">{t("review.whole")}</p>
        )}
        {best.length > 0 ? (
          <>
            <p className="mb-1 font-medium">{t("review.best")}</p>
            <ul className="list-disc pl-5">
              {best.map(({ field, step, points }) => (
                <li key={field}>
                  <Link className="link" to={`${here}/${step}#${field}`}>
                    {labels[field]}
                  </Link>{" "}
                  <Badge tone="info">{t("review.points", { points: Math.max(1, Math.round(points)) })}</Badge>
                </li>
              ))}
            </ul>
            <p className="mt-2 text-sm text-muted">{t("review.bestWhy")}</p>
          </>
        ) : null}
      </Card>
      <SendCard view={view} ready={problems.length === 0} />
      <section aria-labelledby="preview-title" className="min-w-0">
        <h2 id="preview-title" className="mb-2 text-xl font-semibold">
          {t("preview.title")}
        </h2>
        <TabLinks
          label={t("preview.title")}
          items={(["public", "partner"] as const).map((one) => ({
            to: `${here}/review?as=${one}#preview-title`,
            label: t(`preview.as.${one}`),
            current: one === reader,
          }))}
        />
        {preview && (preview.visibility === "brokers" || preview.visibility === "invited") && reader === "public" ? (
          <Alert>{t(`preview.unseen.${preview.visibility}`)}</Alert>
        ) : null}
        {preview?.visibility === "blind" && reader === "public" ? <Alert>{t("blind:preview")}</Alert> : null}
        {preview ? (
          <div className="rounded-lg border-2 border-dashed border-line-strong p-3 sm:p-5">
            <ListingArticle listing={preview} level={3} />
          </div>
        ) : (
          <Alert>{t("preview.empty")}</Alert>
        )}
      </section>
    </>
  );
}

/** The button, or why it is not there. */
function SendCard({ view, ready }: { view: DraftView; ready: boolean }) {
  const { t } = useTranslation(["posting", "listings", "office", "common"]);
  if (!view.maySubmit) return null;
  return (
    <Card title={t("review.sendTitle")}>
      <p className="mb-4">
        {t(ready ? (view.throughOffice ? "office:send.ready" : "review.sendReady") : "review.sendNotYet")}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button name="intent" value="submit">
          {t(view.throughOffice ? "office:send.button" : "listings:edit.submit")}
        </Button>
        <Button name="intent" value="save" variant="secondary">
          {t("common:saveDraft")}
        </Button>
      </div>
    </Card>
  );
}
