import { useTranslation } from "react-i18next";
import { Alert, Card, LinkButton } from "~/components/ui";
import type { AnnexRoom } from "~/modules/listings/index.server";
import { AnnexReaders } from "./annex-readers";

/** On the owner's page of a listing: its annexes, who waits for an answer, who accepted and opened what. Nothing when there was never one. */
export function AnnexSummary({ room }: { room: AnnexRoom }) {
  const { t } = useTranslation("annexes");
  const { files, readers, requests } = room;
  if (files.length === 0 && readers.length === 0) return null;
  return (
    <Card title={t("room.title")} className="mb-6">
      <p className="mb-3">{t("room.count", { count: files.length })}</p>
      {requests.length > 0 ? (
        <Alert tone="warning">
          <p>{t("room.waiting", { count: requests.length })}</p>
        </Alert>
      ) : null}
      <h3 className="mb-2 font-semibold">{t("room.readers")}</h3>
      <AnnexReaders readers={readers} />
      <p className="mt-4">
        <LinkButton to={`/my/listings/${room.listingId}/annex`} variant="secondary">
          {t("room.manage")}
        </LinkButton>
      </p>
    </Card>
  );
}
