import EyeOff from "lucide-react/icons/eye-off";
import { useTranslation } from "react-i18next";
import type { ListingView } from "~/modules/listings/index.server";
import { Card, LinkButton } from "../ui";

/** What a blind listing keeps from this reader, and how to come to it. */
export function HeldBack({ listing, level }: { listing: ListingView; level: 2 | 3 }) {
  const { t } = useTranslation(["blind", "public"]);
  const { kind, reference } = listing;
  const interest = `/listings/${reference ?? ""}/interest`;
  return (
    <Card
      level={level}
      title={
        <span className="flex items-start gap-2">
          <EyeOff size={22} aria-hidden="true" className="mt-0.5 shrink-0 text-muted" />
          {t("held.title")}
        </span>
      }
    >
      <p className="max-w-text">{t(`held.${kind}`)}</p>
      <p className="mt-2 max-w-text">{t("held.next")}</p>
      {/* a draft that is looked at before it is sent leads nowhere yet */}
      {reference && listing.publishedAt ? (
        <p className="no-print mt-4 flex flex-wrap gap-3">
          {kind === "need" ? (
            <LinkButton to={`${interest}?kind=can_solve`}>{t("public:listing.canSolve")}</LinkButton>
          ) : null}
          <LinkButton to={`${interest}?kind=ask_broker`} variant={kind === "need" ? "secondary" : "primary"}>
            {t("public:listing.askBroker")}
          </LinkButton>
        </p>
      ) : null}
    </Card>
  );
}
