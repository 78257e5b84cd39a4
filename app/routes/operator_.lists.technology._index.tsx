import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { ChangeHistory } from "~/components/lists/change-history";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, LinkButton, PageHeader } from "~/components/ui";
import { technologyRoom } from "~/modules/listings/index.server";
import { TECHNOLOGY_LISTS } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:technology.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const room = await technologyRoom(ctxOf(context));
  if (!room) throw new Response(null, { status: 404 });
  return { ...room, saved: new URL(request.url).searchParams.has("done") };
}

export default function TechnologyRoomPage() {
  const { versions, history, saved } = useLoaderData<typeof loader>();
  const { t } = useTranslation("lists");
  const locale = useLocale();
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists", label: t("back") }}
        title={t("technology.title")}
        lead={t("technology.lead")}
        actions={<LinkButton to="/operator/lists/technology/new">{t("technology.new")}</LinkButton>}
      />
      {saved ? (
        <Alert tone="success" role="status">
          <p>{t("technology.saved")}</p>
        </Alert>
      ) : null}
      <div className="flex flex-col gap-6">
        {versions.map(({ version, validFrom, source, standing, entries, reviews }) => (
          <Card
            key={version}
            title={t("technology.version", { version, from: formatDate(validFrom) })}
            actions={
              <Badge tone={standing === "inForce" ? "success" : standing === "coming" ? "info" : "neutral"}>
                {t(`technology.standing.${standing}`)}
              </Badge>
            }
          >
            <p className="max-w-text">{source}</p>
            <p className="mt-1 text-sm text-muted">{t("technology.reviews", { count: reviews })}</p>
            <details className="mt-2" open={standing === "inForce" || undefined}>
              <summary className="link inline-flex min-h-11 cursor-pointer items-center">
                {t("technology.count", { count: entries.length })}
              </summary>
              {TECHNOLOGY_LISTS.map((list) => (
                <section key={list} className="mt-3">
                  <h3 className="font-semibold">{t(`technology.on.${list}`)}</h3>
                  <ul className="list-disc pl-5">
                    {entries
                      .filter((entry) => entry.list === list)
                      .map((entry) => (
                        <li key={entry.code}>
                          {entry[locale]} <span className="text-sm text-muted">({entry.law})</span>
                        </li>
                      ))}
                  </ul>
                </section>
              ))}
            </details>
          </Card>
        ))}
        <Card title={t("history")}>
          <ChangeHistory changes={history} />
        </Card>
      </div>
    </>
  );
}
