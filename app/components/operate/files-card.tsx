import { useTranslation } from "react-i18next";
import { formatBytes, formatDateTime } from "~/components/format";
import { useLocale } from "~/components/locale";
import { Card, StatTile } from "~/components/ui";
import type { FilesView } from "~/modules/operations/index.server";

/** What the store of files held when it was last counted, and what was taken away because nothing uses it. */
export function FilesCard({ files }: { files: FilesView | null }) {
  const { t } = useTranslation("operate");
  const locale = useLocale();
  if (!files)
    return (
      <Card title={t("files.title")}>
        <p className="text-muted">{t("files.none")}</p>
      </Card>
    );
  return (
    <Card title={t("files.title")} id="files">
      <p className="mb-3 break-words text-sm text-muted">
        {t("files.asOf", { at: formatDateTime(files.countedAt), place: files.place })}
      </p>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <StatTile label={t("files.objects")} value={files.objects} />
        <StatTile label={t("files.size")} value={formatBytes(files.bytes, locale)} />
        <StatTile label={t("files.missing")} value={files.missing} />
        <StatTile label={t("files.orphans")} value={files.orphans} />
      </div>
      <p className="mt-4">
        {t("files.line", { orphans: files.orphans, pruned: files.pruned, ever: files.prunedEver })}
      </p>
    </Card>
  );
}
