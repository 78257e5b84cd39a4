import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, Card } from "~/components/ui";
import { ContactLines, hasContact } from "./states";

type Contact = { name: string | null; phone: string | null; email: string | null };
type PartyCardProps = {
  side: "need" | "offering";
  party: {
    contact: Contact | null;
    organisation: { id: string; name: string; anonymous: boolean; members: number };
  } | null;
  listing: {
    id: string;
    reference: string | null;
    title: string;
    visibility: string;
    state: string;
    contact: Contact | null;
  } | null;
  editTo: string | null;
};

/** Who is on one side, with the listing and whom to call. */
export function PartyCard({ side, party, listing, editTo }: PartyCardProps) {
  const { t } = useTranslation("brokering");
  const call = hasContact(party?.contact ?? null) ? party?.contact : listing?.contact;
  return (
    <Card
      title={t(`side.${side}`)}
      actions={
        editTo ? (
          <Link className="link inline-flex min-h-11 items-center" to={editTo}>
            {t(party ? "common:edit" : "common:add")}
          </Link>
        ) : null
      }
    >
      {party ? (
        <>
          <p className="font-semibold break-words">
            {party.organisation.anonymous || !party.contact ? (
              party.organisation.name
            ) : (
              <Link className="link" to={`/broker/organisations/${party.organisation.id}`}>
                {party.organisation.name}
              </Link>
            )}
          </p>
          {party.organisation.members === 0 ? (
            <p className="mt-1">
              <Badge tone="warning">{t("party.noMembers")}</Badge>
            </p>
          ) : null}
          {hasContact(call ?? null) && call ? (
            <div className="mt-3">
              <ContactLines contact={call} />
            </div>
          ) : null}
        </>
      ) : (
        <p>{t("party.nobody")}</p>
      )}
      {listing ? (
        <p className="mt-3 border-t border-line pt-3 text-sm">
          <Link className="link break-words" to={`/listings/${listing.reference ?? listing.id}`}>
            {listing.reference ? <span className="block tabular-nums">{listing.reference}</span> : null}
            {listing.title}
          </Link>
          {listing.visibility === "public" ? null : (
            <span className="mt-1 block">
              <Badge>{t(`common:visibility.${listing.visibility}`)}</Badge>
            </span>
          )}
          {listing.state === "published" ? null : (
            <span className="mt-1 block">
              <Badge tone="warning">{t(`common:listingState.${listing.state}`)}</Badge>
            </span>
          )}
        </p>
      ) : null}
    </Card>
  );
}
