import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChecklistCard } from "~/components/deals/checklist-card";
import { countryName } from "~/components/deals/countries";
import { DealStory } from "~/components/deals/deal-story";
import { useTermItems } from "~/components/deals/deal-terms";
import { DocumentCard } from "~/components/deals/document-list";
import { MilestoneCard } from "~/components/deals/milestone-table";
import { RegistrationBox } from "~/components/deals/registration-box";
import { plainTitle } from "~/components/meta";
import { useOffice } from "~/components/site/office";
import { Card, DateText, DefinitionList, PageHeader } from "~/components/ui";
import { viewDeal } from "~/modules/deals/index.server";
import { PARTY_SIDES } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => plainTitle(args.data?.deal.reference ?? "");

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const deal = await viewDeal(ctx, params.id ?? "");
  if (!deal) throw new Response(null, { status: 404 });
  const { transferorCountry, transfereeCountry } = deal.terms;
  return {
    deal,
    countries: {
      transferor: transferorCountry && countryName(transferorCountry, ctx.locale),
      transferee: transfereeCountry && countryName(transfereeCountry, ctx.locale),
    },
  };
}

/** The file on paper: facts, papers, check-list and the whole history, oldest first. Printed with the browser's own command. */
export default function PrintDealPage() {
  const { deal, countries } = useLoaderData<typeof loader>();
  const { t } = useTranslation("deals");
  const office = useOffice();
  const terms = useTermItems(deal, countries);
  return (
    <>
      <PageHeader
        back={{ to: `/deals/${deal.id}`, label: t("print.back") }}
        above={<span className="font-medium tabular-nums">{deal.reference}</span>}
        title={t("print.title")}
        lead={deal.title}
      />
      <p className="no-print mb-6 max-w-text text-muted">{t("print.how")}</p>
      <p className="mb-6">
        {office?.name} · {t("print.asOf")} <DateText date={deal.today} />
      </p>
      <div className="flex flex-col gap-6">
        <Card title={t("parties.title")}>
          <DefinitionList
            items={[
              ...PARTY_SIDES.map((side) => ({
                key: side,
                term: t(`party.${side}`),
                description: deal.parties[side]?.name ?? null,
              })),
              { key: "broker", term: t("party.broker"), description: deal.broker.name },
              {
                key: "stage",
                term: t("list.column.stage"),
                description: `${t(`stage.${deal.stage}`)} (${t(`status.${deal.status}`).toLowerCase()})`,
              },
              ...PARTY_SIDES.flatMap((side) => {
                const at = deal.parties[side]?.acceptedAt;
                return at
                  ? [
                      {
                        key: `${side}-accepted`,
                        term: t("print.acceptedBy", { side: t(`party.${side}`).toLowerCase() }),
                        description: <DateText key={side} date={at} time />,
                      },
                    ]
                  : [];
              }),
            ]}
          />
        </Card>
        <Card title={t("terms.title")}>
          <DefinitionList items={terms} />
        </Card>
        <RegistrationBox deal={deal} plain />
        <MilestoneCard deal={deal} plain />
        <ChecklistCard deal={deal} plain />
        <DocumentCard deal={deal} plain />
        <Card title={t("story.title")}>
          <DealStory deal={deal} oldestFirst />
        </Card>
      </div>
    </>
  );
}
