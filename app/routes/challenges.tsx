import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { metaTitle } from "~/components/meta";
import { DateText, EmptyState, LinkButton, ListingCardView, PageHeader } from "~/components/ui";
import { challenges } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "challenges:title");

export async function loader({ context }: LoaderFunctionArgs) {
  return challenges(ctxOf(context));
}

export default function ChallengesPage() {
  const list = useLoaderData<typeof loader>();
  const { t } = useTranslation("challenges");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {list.length === 0 ? (
        <EmptyState title={t("none")}>
          <Link className="link" to="/search?kind=need">
            {t("allNeeds")}
          </Link>
        </EmptyState>
      ) : null}
      <ul className="flex flex-col gap-5">
        {list.map(({ card, since, neededBy, answers, answeredBy }) => (
          <li key={card.id}>
            <ListingCardView card={card} level={2}>
              <p className="mb-3 flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
                <span>
                  {t("since")} <DateText date={since} />
                </span>
                {neededBy ? (
                  <span>
                    {t("neededBy")} <DateText date={neededBy} />
                  </span>
                ) : null}
                <strong className="text-ink">{t("answers", { count: answers })}</strong>
              </p>
              {answeredBy && answeredBy.length > 0 ? (
                <ul className="mb-3 list-disc pl-5 text-sm" aria-label={t("answeredBy")}>
                  {answeredBy.map(({ interestId, name, at }) => (
                    <li key={interestId}>
                      <Link className="link" to={`/interests/${interestId}`}>
                        {name ?? t("somebody")}
                      </Link>{" "}
                      · <DateText date={at} />
                    </li>
                  ))}
                </ul>
              ) : null}
              {answeredBy ? null : (
                <LinkButton to={`/listings/${card.reference ?? card.id}/interest?kind=can_solve`}>
                  {t("canSolve")}
                </LinkButton>
              )}
            </ListingCardView>
          </li>
        ))}
      </ul>
    </>
  );
}
