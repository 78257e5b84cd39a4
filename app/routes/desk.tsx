import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { FunnelCard } from "~/components/reports/funnel-card";
import { Card, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { WaitingList } from "~/components/waiting-list";
import { desk } from "~/modules/reports/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { dateOnly, localDay } from "~/platform/ports/clock";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "reports:desk.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const view = await desk(ctx);
  if (!view) throw new Response(null, { status: 404 });
  return { ...view, today: dateOnly(localDay(ctx.clock.now())) };
}

export default function DeskPage() {
  const { registrations, unattended, funnel, mayReadCases, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["reports", "quality"]);
  return (
    <>
      <PageHeader
        title={t("desk.title")}
        lead={t(registrations ? "desk.registrar" : "desk.leader")}
        actions={
          <>
            {registrations ? (
              <LinkButton to="/deals?view=list&status=to-register">{t("desk.toRegister")}</LinkButton>
            ) : null}
            <LinkButton variant="secondary" to="/deals">
              {t("desk.toDeals")}
            </LinkButton>
            {mayReadCases ? (
              <LinkButton variant="secondary" to="/broker/cases">
                {t("desk.toCases")}
              </LinkButton>
            ) : null}
            {mayReadCases ? (
              <LinkButton variant="secondary" to="/broker/agreement">
                {t("quality:agreement.link")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <div className="flex flex-col gap-6">
        {registrations ? (
          <Card title={t("desk.waitingTitle")}>
            {registrations.length > 0 ? (
              <WaitingList items={registrations} today={today} own />
            ) : (
              <EmptyState title={t("desk.nothingTitle")}>{t("desk.nothingText")}</EmptyState>
            )}
          </Card>
        ) : null}
        {unattended.length > 0 ? (
          <Card title={t("desk.unattended")}>
            <WaitingList items={unattended} today={today} own />
          </Card>
        ) : null}
        {funnel ? <FunnelCard funnel={funnel} /> : null}
      </div>
    </>
  );
}
