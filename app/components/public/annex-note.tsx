import { Link } from "@remix-run/react";
import Lock from "lucide-react/icons/lock";
import { useTranslation } from "react-i18next";
import type { ListingView } from "~/modules/listings/index.server";
import { Card } from "../ui";

/** That there is a confidential annex, and what opens it: all that everybody may know. */
export function AnnexNote({ listing, level }: { listing: ListingView; level: 2 | 3 }) {
  const { t } = useTranslation("annexes");
  return (
    <Card level={level} title={t("public.title")}>
      <p>{t("public.text")}</p>
      {listing.reference ? (
        <p className="no-print mt-2">
          <Link
            to={`/listings/${listing.reference}/annex`}
            className="link inline-flex min-h-11 items-center gap-2"
            rel="nofollow"
          >
            <Lock size={20} aria-hidden="true" className="shrink-0" />
            {t("public.open")}
          </Link>
        </p>
      ) : null}
    </Card>
  );
}
