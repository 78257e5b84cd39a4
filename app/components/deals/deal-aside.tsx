import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { ContactLines } from "~/components/brokering/states";
import { FormErrors, TextAreaField, TextField } from "~/components/forms";
import { Badge, Button, Card, DateText } from "~/components/ui";
import type { DealView } from "~/modules/deals/index.server";
import { PARTY_SIDES } from "~/modules/deals/schemas";
import type { Countries } from "./deal-terms";

/** Who gives, who receives, who looks after it, and where it came from. */
export function PartiesCard({ deal, countries }: { deal: DealView; countries: Countries }) {
  const { t } = useTranslation("deals");
  const { source } = deal;
  const staff = !["transferor", "transferee"].includes(deal.role);
  return (
    <Card
      title={t("parties.title")}
      id="parties"
      actions={
        deal.may.editTerms ? (
          <Link className="link inline-flex min-h-11 items-center" to={`/deals/${deal.id}/terms#parties`}>
            {t("common:edit")}
          </Link>
        ) : null
      }
    >
      <dl className="flex flex-col gap-4">
        {PARTY_SIDES.map((side) => {
          const party = deal.parties[side];
          const listing = side === "transferor" ? source.offering : source.need;
          return (
            <div key={side}>
              <dt className="text-sm text-muted">{t(`party.${side}`)}</dt>
              <dd className="break-words">
                {party ? (
                  <>
                    <strong>{party.name}</strong>
                    {party.mine ? <Badge tone="success">{t("parties.mine")}</Badge> : null}
                  </>
                ) : (
                  <span className="font-medium text-warning">{t("party.missing")}</span>
                )}
                {countries[side] ? <span className="block text-sm text-muted">{countries[side]}</span> : null}
                {staff && party && !party.hasMembers ? (
                  <span className="mt-1 block">
                    <Badge tone="warning">{t("party.noMembers")}</Badge>
                  </span>
                ) : null}
                {listing ? (
                  <Link
                    className="link mt-1 block text-sm break-words"
                    to={`/listings/${listing.reference ?? listing.id}`}
                  >
                    {listing.reference ? <span className="block tabular-nums">{listing.reference}</span> : null}
                    {listing.title}
                  </Link>
                ) : null}
              </dd>
            </div>
          );
        })}
        <div>
          <dt className="text-sm text-muted">{t("party.broker")}</dt>
          <dd className="break-words">
            <ContactLines
              contact={{
                name: deal.broker.mine ? t("parties.you", { name: deal.broker.name }) : deal.broker.name,
                phone: deal.broker.mine ? null : deal.broker.phone,
                email: deal.broker.mine ? null : deal.broker.email,
              }}
            />
          </dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t("parties.openedFrom")}</dt>
          <dd>
            {t(`origin.${deal.origin}`)}, <DateText date={deal.createdAt} />
            {source.caseId ? (
              <Link className="link block min-h-11 sm:min-h-0" to={`/broker/cases/${source.caseId}`}>
                {t("parties.toCase")}
              </Link>
            ) : null}
          </dd>
        </div>
      </dl>
    </Card>
  );
}

/** The broker's own next action: what and when. */
export function PlanCard({ deal, form }: { deal: DealView; form: FormValues }) {
  const { t } = useTranslation("deals");
  if (!deal.may.plan) return null;
  return (
    <Card title={t("plan.title")}>
      <Form method="post" noValidate key={deal.revision}>
        <FormErrors
          failure={form.failure}
          labels={{ nextAction: t("field.nextAction"), nextActionOn: t("field.nextActionOn") }}
        />
        <input type="hidden" name="revision" value={deal.revision} />
        <TextAreaField
          name="nextAction"
          label={t("field.nextAction")}
          error={form.error("nextAction")}
          defaultValue={form.text("nextAction")}
          required
          maxLength={300}
          rows={3}
        />
        <TextField
          name="nextActionOn"
          type="date"
          label={t("field.nextActionOn")}
          error={form.error("nextActionOn")}
          defaultValue={form.text("nextActionOn")}
          required
        />
        <Button variant="secondary" name="intent" value="plan">
          {t("plan.save")}
        </Button>
      </Form>
    </Card>
  );
}

/** Ways out that are no success: there, and quiet. */
export function ExitsCard({ deal }: { deal: DealView }) {
  const { t } = useTranslation("deals");
  const kinds = (["pause", "lose", "terminate"] as const).filter((kind) => deal.may[kind]);
  if (kinds.length === 0) return null;
  return (
    <details className="no-print px-1">
      <summary className="link inline-flex min-h-11 items-center text-sm">{t("end.label")}</summary>
      <ul className="flex flex-col">
        {kinds.map((kind) => (
          <li key={kind}>
            <Link className="link inline-flex min-h-11 items-center" to={`/deals/${deal.id}/end/${kind}`}>
              {t(`end.${kind}.title`)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
