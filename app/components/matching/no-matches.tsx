import { useTranslation } from "react-i18next";
import { EmptyState, LinkButton } from "../ui";

type Props = {
  listing: { id: string; kind: "need" | "offering"; reference: string | null; state: string };
  /** null: not computed yet */
  run: { candidates: number } | null;
  asBroker: boolean;
};

/** "Not computed yet" and "nothing fits" are two different things; both say what to do next. */
export function NoMatches({ listing, run, asBroker }: Props) {
  const { t } = useTranslation("matching");
  if (listing.state !== "published")
    return <EmptyState title={t("none.unpublished.title")}>{t("none.unpublished.text")}</EmptyState>;
  if (!run) return <EmptyState title={t("none.waiting.title")}>{t("none.waiting.text")}</EmptyState>;
  const other = listing.kind === "need" ? "offering" : "need";
  return (
    <EmptyState
      title={t(`none.nothing.${listing.kind}`)}
      action={
        asBroker ? (
          <LinkButton to={`/search?kind=${other}`}>{t(`none.search.${other}`)}</LinkButton>
        ) : (
          <LinkButton to={`/listings/${listing.reference ?? listing.id}/interest?kind=ask_broker`}>
            {t("none.ask")}
          </LinkButton>
        )
      }
    >
      {t("none.nothing.text", { count: run.candidates })} {t(asBroker ? "none.nothing.broker" : "none.nothing.owner")}
    </EmptyState>
  );
}
