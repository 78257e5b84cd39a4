import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { FunnelCard } from "~/components/reports/funnel-card";
import { Card, EmptyState, LinkButton, PageHeader, StatTile } from "~/components/ui";
import { WaitingList } from "~/components/waiting-list";
import { brokerHome } from "~/modules/reports/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { dateOnly, localDay } from "~/platform/ports/clock";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "home:broker.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const home = await brokerHome(ctx);
  if (!home) throw new Response(null, { status: 404 });
  return { ...home, today: dateOnly(localDay(ctx.clock.now())) };
}

export default function BrokerHomePage() {
  const { figures, waiting, funnel, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["home", "imports"]);
  return (
    <>
      <PageHeader
        title={t("broker.title")}
        lead={t("broker.lead")}
        actions={
          <>
            <LinkButton to="/broker/post">{t("broker.postOnBehalf")}</LinkButton>
            <LinkButton to="/broker/listings/import" variant="secondary">
              {t("imports:link")}
            </LinkButton>
          </>
        }
      />
      <div className="mb-6 grid grid-cols-2 gap-4 md:grid-cols-3 xl:grid-cols-6">
        <StatTile label={t("figures.reviews")} value={figures.reviews} to="/broker/reviews" />
        <StatTile label={t("figures.organisations")} value={figures.organisations} to="/broker/organisations" />
        <StatTile label={t("figures.openInterests")} value={figures.interests} to="/broker/interests" />
        <StatTile
          label={t("figures.needsToDecide")}
          value={figures.needsToDecide}
          to="/broker/listings?kind=need&suggestions=undecided"
        />
        <StatTile
          label={t("figures.needsUnanswered")}
          value={figures.needsUnanswered}
          to="/broker/listings?kind=need&suggestions=none"
        />
        <StatTile label={t("figures.outcomes")} value={figures.outcomes} to="/broker/outcomes" />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title={t("broker.waitingTitle")}>
          {waiting.length > 0 ? (
            <WaitingList items={waiting} today={today} own />
          ) : (
            <EmptyState title={t("broker.nothingTitle")}>{t("broker.nothingText")}</EmptyState>
          )}
        </Card>
        {funnel ? <FunnelCard funnel={funnel} /> : null}
      </div>
    </>
  );
}
