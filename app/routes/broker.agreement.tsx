import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { AgreementCard, agreementHref } from "~/components/quality/agreement-card";
import {
  Badge,
  Card,
  DataTable,
  DateText,
  EmptyState,
  LinkButton,
  type ListingCardData,
  PageHeader,
  Pagination,
} from "~/components/ui";
import { engineNow, precisionByEngine, precisionRecords } from "~/modules/matching/index.server";
import { hasGrant } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "quality:agreement.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const { searchParams } = new URL(request.url);
  const decision = searchParams.get("decision");
  const choice = {
    engine: searchParams.get("engine") || undefined,
    decision: decision === "shortlisted" || decision === "dismissed" ? decision : undefined,
    reason: searchParams.get("reason") || undefined,
  } as const;
  const [engines, records] = await Promise.all([
    precisionByEngine(ctx),
    precisionRecords(ctx, { ...choice, page: Number(searchParams.get("page")) || 1 }),
  ]);
  if (!engines || !records) throw new Response(null, { status: 404 });
  return { engines, records, choice, engine: engineNow(ctx), asBroker: hasGrant(ctx.actor, "broker") };
}

/** A listing by its title; brokers come to its suggestions, others to its page. */
function ListingLink({ card, to }: { card: ListingCardData | null; to: string | null }) {
  const { t } = useTranslation("quality");
  if (!card) return <span className="text-muted italic">{t("agreement.gone")}</span>;
  return (
    <>
      {to ? (
        <Link className="link font-medium break-words" lang={card.lang} to={to}>
          {card.title}
        </Link>
      ) : (
        <span lang={card.lang}>{card.title}</span>
      )}
      <span className="block text-sm text-muted tabular-nums">{card.reference}</span>
    </>
  );
}

export default function AgreementPage() {
  const { engines, records, choice, engine, asBroker } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["quality", "matching"]);
  const publicPage = (card: ListingCardData | null) => (card?.reference ? `/listings/${card.reference}` : null);
  const chosen = [
    choice.engine ? t("agreement.of", { version: choice.engine }) : null,
    choice.decision ? t(`matching:decision.${choice.decision}`) : null,
    choice.reason ? t(`matching:reason.${choice.reason}`, choice.reason) : null,
  ].filter((one) => one !== null);
  return (
    <>
      <PageHeader
        title={t("agreement.title")}
        lead={t("agreement.lead")}
        actions={
          <LinkButton variant="secondary" to="/how-well">
            {t("link")}
          </LinkButton>
        }
      />
      {engines.length === 0 ? (
        <EmptyState title={t("agreement.empty")}>{t("agreement.emptyText")}</EmptyState>
      ) : (
        <div className="flex flex-col gap-6">
          {engines.map((one) => (
            <AgreementCard key={one.engineVersion} data={one} current={one.engineVersion === engine} />
          ))}
          <Card
            id="decisions"
            title={t("agreement.records", { count: records.total })}
            actions={
              chosen.length > 0 ? (
                <LinkButton variant="secondary" size="small" to={agreementHref({})}>
                  {t("agreement.allRecords")}
                </LinkButton>
              ) : null
            }
          >
            {chosen.length > 0 ? <p className="mb-3 text-muted">{chosen.join(" · ")}</p> : null}
            <DataTable
              caption={t("agreement.records", { count: records.total })}
              rows={records.rows}
              rowKey={(_, index) => String(index)}
              columns={[
                {
                  key: "need",
                  header: t("agreement.need"),
                  cell: ({ need }) => (
                    <ListingLink card={need} to={asBroker && need ? `/broker/listings/${need.id}` : publicPage(need)} />
                  ),
                },
                {
                  key: "offering",
                  header: t("agreement.offering"),
                  cell: ({ offering }) => <ListingLink card={offering} to={publicPage(offering)} />,
                },
                { key: "place", header: t("agreement.place"), numeric: true, cell: ({ place }) => place },
                {
                  key: "decision",
                  header: t("agreement.decision"),
                  cell: ({ shortlisted, reason }) => (
                    <>
                      <Badge tone={shortlisted ? "success" : "neutral"}>
                        {t(shortlisted ? "matching:decision.shortlisted" : "matching:decision.dismissed")}
                      </Badge>
                      {reason ? <span className="mt-1 block text-sm">{t(`matching:reason.${reason}`)}</span> : null}
                    </>
                  ),
                },
                { key: "at", header: t("agreement.at"), cell: ({ at }) => <DateText date={at} /> },
              ]}
            />
            <Pagination
              page={records.page}
              pages={records.pages}
              hrefFor={(page) => agreementHref({ ...choice, page })}
            />
          </Card>
        </div>
      )}
    </>
  );
}
