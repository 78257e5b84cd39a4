import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, Button, Card, DateText } from "~/components/ui";
import type { DealView } from "~/modules/deals/index.server";
import { PARTY_SIDES } from "~/modules/deals/schemas";

/** Whether each side has confirmed the acceptance, and the button of who may. */
export function AcceptanceCard({ deal }: { deal: DealView }) {
  const { t } = useTranslation("deals");
  const reached = ["performing", "accepted", "liquidated"].includes(deal.stage);
  if (!reached) return null;
  return (
    <Card title={t("acceptance.title")} id="acceptance">
      <ul className="flex flex-col gap-4">
        {PARTY_SIDES.map((side) => {
          const party = deal.parties[side];
          if (!party) return null;
          // the Department records it from a paper only
          const paper = party.mine || deal.documents.some((row) => row.kind === "acceptance_record");
          const mayAccept = deal.may.accept.includes(side) && paper;
          return (
            <li key={side}>
              <p className="text-sm text-muted">{t(`party.${side}`)}</p>
              <p className="font-medium break-words">{party.name}</p>
              <p className="mt-1">
                {party.acceptedAt ? (
                  <Badge tone="success">
                    {t("acceptance.given")} <DateText date={party.acceptedAt} />
                  </Badge>
                ) : (
                  <Badge tone="warning">{t("acceptance.waiting")}</Badge>
                )}
              </p>
              {mayAccept ? (
                <Form method="post" className="mt-2">
                  <input type="hidden" name="side" value={side} />
                  <Button name="intent" value="accept" variant="secondary" size="small">
                    {t(party.mine ? "acceptance.confirm" : "acceptance.record")}
                  </Button>
                </Form>
              ) : !party.acceptedAt && !party.hasMembers && deal.may.addDocument.includes("acceptance_record") ? (
                <p className="mt-1 text-sm">
                  {t("acceptance.byRecord")}{" "}
                  <Link className="link" to={`/deals/${deal.id}/documents?kind=acceptance_record`}>
                    {t("document.add")}
                  </Link>
                </p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
