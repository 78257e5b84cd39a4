import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "~/components/format";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { CaseChart } from "~/components/quality/case-chart";
import { RobustTable, SilenceTable } from "~/components/quality/check-tables";
import { shareText } from "~/components/quality/figures";
import { ScoreChart } from "~/components/quality/score-chart";
import { Alert, Card, DateText, DefinitionList, LinkButton, PageHeader, StatTile } from "~/components/ui";
import { lastEvaluation } from "~/modules/matching/index.server";
import { hasGrant } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "quality:title");

export function loader({ context }: LoaderFunctionArgs) {
  const seesDecisions = hasGrant(ctxOf(context).actor, "broker", "leader", "administrator");
  return { ...lastEvaluation(), seesDecisions };
}

export default function HowWellPage() {
  const evaluation = useLoaderData<typeof loader>();
  const { t } = useTranslation("quality");
  const locale = useLocale();
  const { heldOut, sizes, targets, baselines, threshold } = evaluation;
  const all = heldOut.cases.find((one) => one.case === "all");
  const number = (value: number) => formatNumber(value, locale);
  const tile = (key: "first" | "firstFive") => {
    if (!all) return null;
    const { value, low, high } = all[key];
    return (
      <StatTile
        value={t("tiles.of", { count: Math.round(value * all.needs), all: all.needs })}
        label={t(`tiles.${key}`)}
        hint={t("tiles.interval", { low: shareText(low, locale), high: shareText(high, locale) })}
      />
    );
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          evaluation.seesDecisions ? (
            <LinkButton variant="secondary" to="/broker/agreement">
              {t("agreement.link")}
            </LinkButton>
          ) : null
        }
        above={
          <>
            {t("how.date")} <DateText date={evaluation.date} />
          </>
        }
      />
      {evaluation.current ? null : (
        <Alert tone="info" title={t("stale.title")}>
          <p>{t("stale.text", { measured: `${evaluation.weights}+${evaluation.dictionary}` })}</p>
        </Alert>
      )}
      <div className="mb-6 grid gap-4 sm:grid-cols-3">
        {tile("first")}
        {tile("firstFive")}
        <StatTile
          value={shareText(heldOut.atThreshold.silentRemoved, locale)}
          label={t("tiles.silent")}
          hint={t("tiles.silentHint")}
        />
      </div>
      <div className="flex flex-col gap-6">
        <Card title={t("cases.title")}>
          <CaseChart
            rows={heldOut.cases.map((one) => ({
              ...one,
              target: targets[one.case] ?? null,
              baseline: baselines[one.case] ?? null,
            }))}
          />
          <section className="mt-5 border-t border-line pt-4">
            <h3 className="mb-2 font-semibold">{t("read.title")}</h3>
            <ul className="flex max-w-text list-disc flex-col gap-1.5 pl-5 text-muted">
              <li>{t("read.order")}</li>
              <li>{t("read.interval")}</li>
              <li>{t("read.target")}</li>
              <li>{t("read.heldOut", { folds: sizes.folds })}</li>
            </ul>
          </section>
        </Card>
        <Card title={t("score.title")}>
          <p className="mb-4 max-w-text text-muted">{t("score.text", { threshold })}</p>
          <ScoreChart bands={heldOut.byScore} threshold={threshold} />
        </Card>
        <Card title={t("silence.title")}>
          <SilenceTable evaluation={evaluation} />
        </Card>
        <Card title={t("robust.title")}>
          <RobustTable evaluation={evaluation} />
        </Card>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title={t("cautions.title")}>
            <ul className="flex list-disc flex-col gap-2 pl-5">
              <li>{t("cautions.one")}</li>
              <li>{t("cautions.small", { needs: number(sizes.needs) })}</li>
              <li>{t("cautions.structure")}</li>
              <li>{t("cautions.sector")}</li>
              <li>{t("cautions.few", { count: sizes.unanswerable })}</li>
            </ul>
          </Card>
          <Card title={t("not.title")}>
            <ul className="flex list-disc flex-col gap-2 pl-5">
              <li>{t("not.facts")}</li>
              <li>{t("not.brokers")}</li>
              <li>{t("not.deals")}</li>
              <li>{t("not.speed")}</li>
            </ul>
          </Card>
        </div>
        <Card title={t("how.title")}>
          <DefinitionList
            items={[
              { term: t("how.date"), description: <DateText date={evaluation.date} /> },
              {
                term: t("how.sizes"),
                description: t("how.sizesText", {
                  offerings: number(sizes.offerings),
                  needs: number(sizes.needs),
                  answerable: number(sizes.answerable),
                  judgements: number(sizes.judgements),
                }),
              },
              {
                term: t("how.engine"),
                description: t("how.engineText", {
                  weights: evaluation.weights,
                  dictionary: evaluation.dictionary,
                  concepts: number(evaluation.concepts),
                }),
              },
              { term: t("how.again"), description: <code className="text-sm">npm run eval -- --publish</code> },
            ]}
          />
          <p className="mt-3 text-sm text-muted">{t("how.guard")}</p>
        </Card>
      </div>
    </>
  );
}
