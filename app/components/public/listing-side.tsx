import ExternalLink from "lucide-react/icons/external-link";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ListingView } from "~/modules/listings/index.server";
import { Card, LinkButton, NotStated } from "../ui";

type Reach = { name: string; phone: string | null };

/** Name and telephone of somebody who answers; what is written goes through the exchange. */
export function ReachCard({ title, reach, note }: { title: string; reach: Reach; note?: ReactNode }) {
  return (
    <Card title={title}>
      <address className="not-italic">
        <p className="font-semibold">{reach.name}</p>
        {reach.phone ? (
          <p>
            <a className="link inline-flex min-h-11 items-center" href={`tel:${reach.phone.replace(/[^+\d]/g, "")}`}>
              {reach.phone}
            </a>
          </p>
        ) : null}
      </address>
      {note ? <p className="mt-2 text-sm text-muted">{note}</p> : null}
    </Card>
  );
}

/** What a reader can do about this listing; its owner manages it instead. */
function ActCard({ listing, days }: { listing: ListingView; days: number }) {
  const { t } = useTranslation("public");
  const interest = `/listings/${listing.reference ?? listing.id}/interest`;
  if (listing.mayEdit) {
    return (
      <Card title={t("listing.own")} className="no-print">
        <LinkButton to={`/my/listings/${listing.id}`} className="w-full">
          {t("listing.manage")}
        </LinkButton>
      </Card>
    );
  }
  return (
    <Card title={t(listing.kind === "need" ? "listing.actNeed" : "listing.actOffering")} className="no-print">
      <div className="flex flex-col gap-3">
        {listing.kind === "need" ? (
          <LinkButton to={`${interest}?kind=can_solve`}>{t("listing.canSolve")}</LinkButton>
        ) : null}
        <LinkButton to={`${interest}?kind=ask_broker`} variant={listing.kind === "need" ? "secondary" : "primary"}>
          {t("listing.askBroker")}
        </LinkButton>
      </div>
      <p className="mt-3 text-sm text-muted">{t("listing.actText", { days })}</p>
    </Card>
  );
}

function OwnerCard({ listing }: { listing: ListingView }) {
  const { t } = useTranslation("public");
  const { contact } = listing;
  return (
    <Card title={t(`listing.owner.${listing.kind}`)}>
      {listing.ownerHidden ? (
        <p>{t("listing.ownerHidden")}</p>
      ) : (
        <p className="font-semibold">{listing.organisation ?? <NotStated />}</p>
      )}
      {contact ? (
        <address className="mt-3 border-t border-line pt-3 not-italic">
          <p className="text-sm text-muted">{t("listing.contact")}</p>
          <p>{contact.name ?? <NotStated />}</p>
          {contact.phone ? <p>{contact.phone}</p> : null}
          {contact.email ? <p className="break-all">{contact.email}</p> : null}
        </address>
      ) : (
        <p className="mt-2 text-sm text-muted">{t("listing.contactHidden")}</p>
      )}
    </Card>
  );
}

/** Host of a web address; null for anything a browser should not be sent to. */
export function webHost(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? hostname : null;
}

function SourceCard({ listing }: { listing: ListingView }) {
  const { t } = useTranslation("public");
  const { sourceUrl, sourceNote } = listing;
  if (!sourceUrl && !sourceNote) return null;
  const host = sourceUrl ? webHost(sourceUrl) : null;
  return (
    <Card title={t("listing.source")}>
      <p className="text-sm">{t("listing.sourceText")}</p>
      {sourceNote ? <p className="mt-2">{sourceNote}</p> : null}
      {sourceUrl && host ? (
        <p className="mt-2">
          <a
            href={sourceUrl}
            rel="noreferrer nofollow"
            className="link inline-flex min-h-11 items-center gap-2 print:inline"
          >
            <ExternalLink size={18} aria-hidden="true" className="shrink-0 print:hidden" />
            <span>
              {t("listing.sourceOpen")} <span className="break-all">({host})</span>
            </span>
          </a>
        </p>
      ) : sourceUrl ? (
        <p className="mt-2 break-all">{sourceUrl}</p>
      ) : null}
    </Card>
  );
}

type ListingSideProps = {
  listing: ListingView;
  days: number;
  office: { name: string; phone: string; email: string } | null;
};

/** Beside the text: what to do, who owns it, whom to ask, where it came from. */
export function ListingSide({ listing, days, office }: ListingSideProps) {
  const { t } = useTranslation("public");
  const reach: Reach | null = listing.broker ? { ...listing.broker, name: listing.broker.fullName } : office;
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <ActCard listing={listing} days={days} />
      <OwnerCard listing={listing} />
      {reach ? (
        <ReachCard
          title={t(listing.broker ? "listing.broker" : "listing.office")}
          reach={reach}
          note={
            <>
              {t("listing.brokerText")} <span className="whitespace-nowrap">{listing.reference}</span>
            </>
          }
        />
      ) : null}
      <SourceCard listing={listing} />
    </div>
  );
}
