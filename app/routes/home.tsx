import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { Badge, Card, EmptyState, LinkButton, PageHeader, StatTile } from "~/components/ui";
import { WaitingList } from "~/components/waiting-list";
import { memberHome } from "~/modules/reports/index.server";
import { hasGrant, isPerson } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { dateOnly, localDay } from "~/platform/ports/clock";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "home:member.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const member = isPerson(ctx.actor) && ctx.actor.memberships.length > 0;
  if (hasGrant(ctx.actor, "broker")) throw redirect("/broker");
  // the Department's other people have a desk; who also belongs to an organisation has both
  if (!member && hasGrant(ctx.actor, "registrar", "leader")) throw redirect("/desk");
  const home = await memberHome(ctx);
  if (!home) throw new Response(null, { status: 404 });
  return { ...home, today: dateOnly(localDay(ctx.clock.now())) };
}

export default function MemberHomePage() {
  const { broker, organisations, waiting, figures, today } = useLoaderData<typeof loader>();
  const { t } = useTranslation("home");
  return (
    <>
      <PageHeader
        title={t("member.title")}
        lead={t("member.lead")}
        actions={
          <>
            <LinkButton to="/my/listings/new?kind=need">{t("common:nav.postNeed")}</LinkButton>
            <LinkButton to="/my/listings/new?kind=offering" variant="secondary">
              {t("common:nav.postOffering")}
            </LinkButton>
          </>
        }
      />
      <div className="grid gap-6 lg:grid-cols-[2fr_1fr]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("member.waitingTitle")}>
            {waiting.length > 0 ? (
              <WaitingList items={waiting} today={today} />
            ) : (
              <EmptyState title={t("member.nothingTitle")}>{t("member.nothingText")}</EmptyState>
            )}
          </Card>
          <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
            <StatTile label={t("figures.published")} value={figures.published} to="/my/listings" />
            <StatTile label={t("figures.drafts")} value={figures.drafts} to="/my/listings" />
            <StatTile label={t("figures.matches")} value={figures.matches} to="/my/listings" />
            <StatTile label={t("figures.interests")} value={figures.interests} to="/my/listings" />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("member.brokerTitle")}>
            {broker ? (
              <address className="flex flex-col gap-1 not-italic">
                <strong>{broker.fullName}</strong>
                {broker.phone ? (
                  <a className="link" href={`tel:${broker.phone.replace(/\s/g, "")}`}>
                    {broker.phone}
                  </a>
                ) : null}
                <a className="link break-all" href={`mailto:${broker.email}`}>
                  {broker.email}
                </a>
                <p className="mt-2 text-muted">{t("member.brokerText")}</p>
              </address>
            ) : (
              <p>{t("member.brokerNone")}</p>
            )}
          </Card>
          {organisations.length > 0 ? (
            <Card title={t("member.organisationsTitle")}>
              <ul className="flex flex-col gap-2">
                {organisations.map((organisation) => (
                  <li key={organisation.id} className="flex flex-wrap items-center gap-2">
                    <Link className="link" to={`/organisations/${organisation.id}`}>
                      {organisation.name}
                    </Link>
                    <Badge tone={organisation.state === "verified" ? "success" : "warning"}>
                      {t(`accounts:organisationState.${organisation.state}`)}
                    </Badge>
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
        </div>
      </div>
    </>
  );
}
