import { Link } from "@remix-run/react";
import FileText from "lucide-react/icons/file-text";
import ImageIcon from "lucide-react/icons/image";
import { useTranslation } from "react-i18next";
import { formatBytes } from "~/components/format";
import { useLocale } from "~/components/locale";
import { Card, DateText, EmptyState, LinkButton } from "~/components/ui";
import type { DealDocumentView, DealView } from "~/modules/deals/index.server";
import { DEAL_STAGES } from "~/modules/deals/schemas";

function DocumentLine({ dealId, row }: { dealId: string; row: DealDocumentView }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const Icon = row.file === "pdf" ? FileText : ImageIcon;
  return (
    <li className="flex items-start gap-3 py-2">
      <Icon size={22} aria-hidden="true" className="mt-0.5 shrink-0 text-primary" />
      <div className="min-w-0">
        <Link
          reloadDocument
          to={`/deals/${dealId}/documents/${row.id}`}
          className="link inline-block font-medium break-words pointer-coarse:min-h-11"
        >
          {t(`documentKind.${row.kind}`)}
          {row.title ? `: ${row.title}` : ""}
        </Link>
        <span className="block text-sm break-words text-muted">
          {row.name} · {row.file === "pdf" ? "PDF" : t("document.picture")}, {formatBytes(row.bytes, locale)} ·{" "}
          <DateText date={row.at} />
          {row.by ? ` · ${row.by}` : ""}
        </span>
      </div>
    </li>
  );
}

/** Documents under the stage they were added in, the order of the way. */
export function DocumentCard({ deal, plain = false }: { deal: DealView; plain?: boolean }) {
  const { t } = useTranslation("deals");
  const to = `/deals/${deal.id}/documents`;
  const adds = !plain && deal.may.addDocument.length > 0;
  const stages = DEAL_STAGES.filter((stage) => deal.documents.some((row) => row.stage === stage));
  return (
    <Card
      title={t("document.title")}
      id="documents"
      actions={
        adds && stages.length > 0 ? (
          <Link className="link inline-flex min-h-11 items-center" to={to}>
            {t("document.add")}
          </Link>
        ) : null
      }
    >
      {stages.length === 0 ? (
        plain ? (
          <p>{t("document.none")}</p>
        ) : (
          <EmptyState
            title={t("document.none")}
            action={
              adds ? (
                <LinkButton to={to} variant="secondary">
                  {t("document.add")}
                </LinkButton>
              ) : null
            }
          >
            {t("document.noneText")}
          </EmptyState>
        )
      ) : (
        <div className="flex flex-col gap-4">
          {stages.map((stage) => (
            <section key={stage}>
              <h3 className="text-sm font-semibold text-muted">{t(`stage.${stage}`)}</h3>
              <ul className="divide-y divide-line">
                {deal.documents
                  .filter((row) => row.stage === stage)
                  .map((row) => (
                    <DocumentLine key={row.id} dealId={deal.id} row={row} />
                  ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Card>
  );
}
