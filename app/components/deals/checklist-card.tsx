import { Link } from "@remix-run/react";
import Circle from "lucide-react/icons/circle";
import CircleCheck from "lucide-react/icons/circle-check";
import { useTranslation } from "react-i18next";
import { Card } from "~/components/ui";
import type { DealView } from "~/modules/deals/index.server";
import { CHECKLIST_ITEMS } from "~/modules/deals/schemas";

/** The content a contract must have (Luật 07/2017/QH14 Điều 23) and how much of it was looked at. */
export function ChecklistCard({ deal, plain = false }: { deal: DealView; plain?: boolean }) {
  const { t } = useTranslation("deals");
  const seen = CHECKLIST_ITEMS.filter((item) => deal.terms.checklist.includes(item)).length;
  const all = CHECKLIST_ITEMS.length;
  const items = (
    <ol className="mt-2">
      {CHECKLIST_ITEMS.map((item) => {
        const met = deal.terms.checklist.includes(item);
        const Icon = met ? CircleCheck : Circle;
        return (
          <li key={item} className="flex items-start gap-2 py-1">
            <Icon
              size={20}
              aria-hidden="true"
              className={`mt-1 shrink-0 ${met ? "text-success" : "text-line-strong"}`}
            />
            <span className="min-w-0">
              {item}. {t(`checklistItem.${item}`)}{" "}
              <span className={plain ? "text-muted" : "sr-only"}>
                ({t(met ? "checklist.seen" : "checklist.notSeen")})
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
  return (
    <Card
      title={t("checklist.title")}
      id="checklist"
      actions={
        !plain && deal.may.editTerms ? (
          <Link className="link inline-flex min-h-11 items-center" to={`/deals/${deal.id}/terms#checklist`}>
            {t("checklist.edit")}
          </Link>
        ) : null
      }
    >
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <strong className="tabular-nums">{t("checklist.progress", { count: seen, all })}</strong>
        <span
          aria-hidden="true"
          className="block h-2 w-40 overflow-hidden rounded-full bg-sunken outline-1 outline-line-strong"
        >
          <span
            className="block h-full rounded-full bg-primary"
            style={{ width: `${Math.round((seen / all) * 100)}%` }}
          />
        </span>
      </p>
      {plain ? (
        items
      ) : (
        <details open={seen > 0 && seen < all}>
          <summary className="link inline-flex min-h-11 items-center">{t("checklist.show")}</summary>
          {items}
        </details>
      )}
      <p className="mt-2 text-sm text-muted">{t("law.article23")}</p>
    </Card>
  );
}
