import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { Alert, LinkButton } from "~/components/ui";
import type { OwnListingView } from "~/modules/listings/index.server";

/** Where a draft stands with the organisation's own office: waiting for it, or given back with its words. */
export function OfficeAlert({ listing }: { listing: Pick<OwnListingView, "id" | "office"> }) {
  const { t } = useTranslation("office");
  const { asked, note, decides } = listing.office;
  if (asked)
    return (
      <Alert tone="warning" title={t("own.askedTitle")}>
        <p>{t("own.asked", { name: asked.by, at: formatDateTime(asked.at) })}</p>
        {decides ? (
          <p className="mt-3">
            <LinkButton to={`/my/listings/${listing.id}/approval`}>{t("own.decide")}</LinkButton>
          </p>
        ) : null}
      </Alert>
    );
  return note ? (
    <Alert tone="warning" title={t("own.backTitle")}>
      <p className="whitespace-pre-line">{note}</p>
    </Alert>
  ) : null;
}
