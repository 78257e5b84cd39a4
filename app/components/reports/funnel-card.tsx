import { useTranslation } from "react-i18next";
import { Card, LinkButton } from "~/components/ui";
import { FunnelChart } from "./funnel-chart";
import { funnelHref } from "./funnel-links";

/** The funnel of a year on a home page. */
export function FunnelCard({
  funnel,
}: {
  funnel: { year: number | null; mine: boolean; steps: { step: string; count: number }[] };
}) {
  const { t } = useTranslation("reports");
  return (
    <Card
      title={`${t("funnel.home")} · ${funnel.year === null ? t("funnel.allYears") : t("funnel.year", { year: funnel.year })}`}
      actions={
        <LinkButton variant="secondary" size="small" to={funnelHref("shortlisted", funnel)}>
          {t("funnel.all")}
        </LinkButton>
      }
    >
      <FunnelChart steps={funnel.steps} hrefFor={(step) => funnelHref(step, funnel)} />
    </Card>
  );
}
