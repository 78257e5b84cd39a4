import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { FunnelChart } from "~/components/reports/funnel-chart";
import { funnelHref } from "~/components/reports/funnel-links";
import { Card, DataTable, DateText, EmptyState, PageHeader, Pagination, TabLinks } from "~/components/ui";
import { funnelPage, isFunnelStep, readYear } from "~/modules/reports/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "reports:funnel.title");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const step = params.step ?? "";
  const view = isFunnelStep(step)
    ? await funnelPage(ctxOf(context), {
        step,
        year: readYear(searchParams.get("year")),
        mine: searchParams.get("mine") === "1",
        page: Number.parseInt(searchParams.get("page") ?? "1", 10) || 1,
      })
    : null;
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export default function FunnelPage() {
  const { funnel, records, mayOwn } = useLoaderData<typeof loader>();
  const { t } = useTranslation("reports");
  const { step, year, mine } = records;
  return (
    <>
      <PageHeader title={t("funnel.title")} lead={t("funnel.lead")} />
      <TabLinks
        label={t("funnel.years")}
        items={[null, ...records.years].map((one) => ({
          to: funnelHref(step, { year: one, mine }),
          label: one === null ? t("funnel.allYears") : t("funnel.year", { year: one }),
          current: one === year,
        }))}
      />
      {mayOwn ? (
        <TabLinks
          label={t("funnel.who")}
          items={[false, true].map((own) => ({
            to: funnelHref(step, { year, mine: own }),
            label: t(own ? "funnel.mine" : "funnel.office"),
            current: own === mine,
          }))}
        />
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title={t("funnel.home")}>
          <FunnelChart steps={funnel.steps} current={step} hrefFor={(one) => funnelHref(one, { year, mine })} />
          <p className="mt-3 max-w-text text-sm text-muted">{t("funnel.definition")}</p>
        </Card>
        <Card title={`${t(`funnel.steps.${step}`)}: ${t("funnel.records", { count: records.total })}`}>
          <DataTable
            caption={t(`funnel.steps.${step}`)}
            rows={records.rows}
            empty={<EmptyState title={t("funnel.empty")}>{t("funnel.emptyText")}</EmptyState>}
            columns={[
              {
                key: "record",
                header: t("funnel.record"),
                cell: (row) => {
                  const title = row.title ?? t("funnel.gone");
                  return (
                    <>
                      {row.to ? (
                        <Link className="link font-medium break-words" to={row.to}>
                          {title}
                        </Link>
                      ) : (
                        <span className="font-medium break-words">{title}</span>
                      )}
                      {row.reference ? (
                        <span className="block text-sm text-muted tabular-nums">{row.reference}</span>
                      ) : null}
                    </>
                  );
                },
              },
              { key: "at", header: t("funnel.reachedOn"), cell: (row) => <DateText date={row.at} /> },
            ]}
          />
          <Pagination
            page={records.page}
            pages={records.pages}
            hrefFor={(page) => funnelHref(step, { year, mine }, page)}
          />
        </Card>
      </div>
    </>
  );
}
