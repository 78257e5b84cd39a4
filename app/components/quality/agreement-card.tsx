import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../locale";
import { Badge, Card, DataTable, StatTile } from "../ui";
import { shareText } from "./figures";

export type AgreementData = {
  engineVersion: string;
  decided: number;
  shortlisted: number;
  needs: number;
  precisionAt5: number;
  reasons: { code: string; count: number }[];
};

/** Below this many decisions a share says little. */
const FEW = 30;

/** Address of the decisions behind a figure. */
export function agreementHref(choice: { engine?: string; decision?: string; reason?: string; page?: number }): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) params.set(name, String(value));
  return `/broker/agreement?${params.toString()}#decisions`;
}

/** How one engine version fared with the brokers; every figure opens its decisions. */
export function AgreementCard({ data, current }: { data: AgreementData; current: boolean }) {
  const { t } = useTranslation(["quality", "matching"]);
  const locale = useLocale();
  const engine = data.engineVersion;
  const dismissed = data.decided - data.shortlisted;
  return (
    <Card
      title={t("agreement.engine", { version: engine })}
      actions={current ? <Badge tone="info">{t("agreement.current")}</Badge> : null}
    >
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <StatTile
          to={agreementHref({ engine })}
          value={shareText(data.precisionAt5, locale)}
          label={t("agreement.precision")}
          hint={t("agreement.needs", { count: data.needs })}
        />
        <StatTile to={agreementHref({ engine })} value={data.decided} label={t("agreement.decided")} />
        <StatTile
          to={agreementHref({ engine, decision: "shortlisted" })}
          value={data.shortlisted}
          label={t("agreement.shortlisted")}
        />
        <StatTile
          to={agreementHref({ engine, decision: "dismissed" })}
          value={dismissed}
          label={t("agreement.dismissed")}
        />
      </div>
      {data.decided < FEW ? <p className="mt-3 text-sm text-muted">{t("agreement.few")}</p> : null}
      {data.reasons.length > 0 ? (
        <div className="mt-5 max-w-text">
          <DataTable
            caption={t("agreement.reasons")}
            showCaption
            rows={data.reasons}
            rowKey={(row) => row.code}
            columns={[
              {
                key: "reason",
                header: t("agreement.reason"),
                cell: ({ code }) => (
                  <Link className="link" to={agreementHref({ engine, decision: "dismissed", reason: code })}>
                    {t(`matching:reason.${code}`)}
                  </Link>
                ),
              },
              { key: "count", header: t("agreement.count"), numeric: true, cell: ({ count }) => count },
            ]}
          />
        </div>
      ) : null}
    </Card>
  );
}
