import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ListingElementsView } from "~/components/matching/listing-elements";
import { MatchCard } from "~/components/matching/match-card";
import { NoMatches } from "~/components/matching/no-matches";
import { metaTitle } from "~/components/meta";
import { DateText, LinkButton, PageHeader, PrintButton } from "~/components/ui";
import { matchesOf } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "matching:mine.title");

export async function loader({ context, params }: LoaderFunctionArgs) {
  const view = await matchesOf(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export default function MyMatchesPage() {
  const { listing, elements, run, matches, capped, asBroker } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["matching", "quality"]);
  const shown = matches.filter((match) => match.decision !== "dismissed");
  const ask = `/listings/${listing.reference ?? listing.id}/interest?kind=ask_broker`;
  return (
    <>
      <PageHeader
        back={{ to: `/my/listings/${listing.id}`, label: t("mine.back") }}
        above={<span className="tabular-nums">{listing.reference}</span>}
        title={t(`mine.heading.${listing.kind}`)}
        lead={<span lang={listing.lang}>{listing.title}</span>}
        actions={
          shown.length > 0 ? (
            <>
              <LinkButton to={ask} variant="secondary">
                {t("none.ask")}
              </LinkButton>
              <PrintButton variant="quiet" />
            </>
          ) : null
        }
      />
      {elements ? <ListingElementsView elements={elements} /> : null}
      {shown.length === 0 ? (
        <NoMatches listing={listing} run={run} asBroker={asBroker} />
      ) : (
        <>
          <h2 className="sr-only">{t("mine.title")}</h2>
          <p className="mb-4 max-w-text text-muted">
            {t("mine.lead")}{" "}
            <Link className="link no-print" to="/how-well">
              {t("quality:link")}
            </Link>
          </p>
          <ol className="flex flex-col gap-5">
            {shown.map((match) => (
              <li key={match.id} className="may-break">
                <MatchCard match={match}>
                  <p className="no-print">
                    <LinkButton
                      variant="secondary"
                      size="small"
                      to={`${ask}&match=${match.id}`}
                      aria-label={t("mine.askAboutOf", { name: match.other.title })}
                    >
                      {t("mine.askAbout")}
                    </LinkButton>
                  </p>
                </MatchCard>
              </li>
            ))}
          </ol>
          {capped > 0 ? <p className="mt-4 text-sm text-muted">{t("capped", { count: capped })}</p> : null}
        </>
      )}
      {run ? (
        <p className="mt-6 text-sm text-muted">
          {t("computed")} <DateText date={run.computedAt} time />
        </p>
      ) : null}
    </>
  );
}
