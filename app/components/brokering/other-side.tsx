import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Card, KindBadge } from "~/components/ui";
import { ContactLines, hasContact } from "./states";

type Listing = {
  kind: "need" | "offering";
  title: string;
  summary: string | null;
  description: string | null;
  lang: string;
  reference: string | null;
};
type OtherSideProps = {
  other: {
    side: string;
    organisation: string | null;
    listing: Listing | null;
    contactsOpen: boolean;
    contact: { name: string | null; phone: string | null; email: string | null } | null;
    answers: { cooperation: string | null; unclear: string | null; about: string | null } | null;
  };
  message: string | null;
};

/** What this side may know of the other one: the listing it was shown; name and contacts once both said yes. */
export function OtherSide({ other, message }: OtherSideProps) {
  const { t } = useTranslation("brokering");
  const { listing } = other;
  const answers = other.answers
    ? (["cooperation", "unclear", "about"] as const).filter((key) => other.answers?.[key])
    : [];
  return (
    <Card title={t("introduction.other")}>
      {listing ? (
        <>
          <p className="mb-2 flex flex-wrap items-center gap-3 text-sm text-muted">
            <KindBadge kind={listing.kind} />
            {listing.reference ? <span className="tabular-nums">{listing.reference}</span> : null}
          </p>
          <h3 className="text-lg font-semibold" lang={listing.lang}>
            {listing.title}
          </h3>
          {listing.summary ? (
            <p className="mt-2 max-w-text whitespace-pre-line" lang={listing.lang}>
              {listing.summary}
            </p>
          ) : null}
          {listing.description ? (
            <p className="mt-2 max-w-text whitespace-pre-line" lang={listing.lang}>
              {listing.description}
            </p>
          ) : null}
          {listing.reference ? (
            <p className="mt-2">
              <Link className="link inline-flex min-h-11 items-center" to={`/listings/${listing.reference}`}>
                {t("introduction.openListing")}
              </Link>
            </p>
          ) : null}
        </>
      ) : (
        <p>{t("introduction.noListing")}</p>
      )}
      {message ? (
        <div className="mt-4 border-t border-line pt-4">
          <p className="text-sm text-muted">{t("introduction.message")}</p>
          <p className="max-w-text break-words whitespace-pre-line">{message}</p>
        </div>
      ) : null}
      <div className="mt-4 border-t border-line pt-4">
        <p className="text-sm text-muted">{t("common:organisation")}</p>
        <p className="font-semibold">{other.organisation ?? t("introduction.hidden")}</p>
        {other.contactsOpen ? (
          <div className="mt-3">
            <p className="text-sm text-muted">{t("introduction.contact")}</p>
            {hasContact(other.contact) ? (
              <ContactLines contact={other.contact} />
            ) : (
              <p>{t("introduction.noContact")}</p>
            )}
          </div>
        ) : (
          <p className="mt-1 text-muted">{t("introduction.contactsLater")}</p>
        )}
        {answers.map((key) => (
          <p key={key} className="mt-3 max-w-text break-words whitespace-pre-line">
            <span className="block text-sm text-muted">{t(`question.${key}`)}</span>
            {other.answers?.[key]}
          </p>
        ))}
      </div>
    </Card>
  );
}
