import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button, Card, DateText, LinkButton } from "~/components/ui";
import type { DealStep, DealView } from "~/modules/deals/index.server";
import { PARTY_SIDES } from "~/modules/deals/schemas";
import { fixFor, openPoints, PointList } from "./points";

/** Steps that carry a deal on, in the order in which one of them is named the next. */
const FORWARD: readonly DealStep["command"][] = [
  "agree_mou",
  "start_drafting",
  "sign",
  "file_registration",
  "register",
  "start_performing",
  "confirm_acceptance",
  "liquidate",
];

/** The one step the page speaks of, and what else can be done instead. */
export function chooseStep({ steps, registration }: Pick<DealView, "steps" | "registration">): {
  main: DealStep | null;
  others: DealStep[];
} {
  const forward = FORWARD.flatMap((command) => steps.find((step) => step.command === command) ?? []);
  const rank = (step: DealStep): number => {
    // a memorandum is worth a step only when there is one
    if (step.command === "agree_mou") return step.ready ? 0 : 2;
    // nothing to hand in: the contract is simply performed
    if (step.command === "file_registration") return registration?.deadline ? 0 : 2;
    return 1;
  };
  const [main = null, ...rest] = forward.sort((one, other) => rank(one) - rank(other));
  const sentBack = steps.find((step) => step.command === "return_registration");
  // another way is offered when it is open; a memorandum can always be added
  const others = [...rest, ...(sentBack ? [sentBack] : [])].filter(
    (step) => step.mine && (step.ready || step.command === "agree_mou"),
  );
  return { main, others };
}

function AcceptForms({ deal }: { deal: DealView }) {
  const { t } = useTranslation("deals");
  return (
    <>
      {deal.may.accept
        .filter((side) => deal.parties[side]?.mine)
        .map((side) => (
          <Form key={side} method="post">
            <input type="hidden" name="side" value={side} />
            <Button name="intent" value="accept">
              {t("acceptance.confirmFor", { name: deal.parties[side]?.name ?? t(`party.${side}`) })}
            </Button>
          </Form>
        ))}
    </>
  );
}

/** Whose confirmation is awaited. */
const unaccepted = (deal: DealView): string =>
  PARTY_SIDES.flatMap((side) => {
    const party = deal.parties[side];
    return party && !party.acceptedAt ? [party.name] : [];
  }).join(", ");

/** The next step as one action, with what it still needs and where that is put right; whose move it is for everybody else. */
export function NextStep({ deal }: { deal: DealView }) {
  const { t } = useTranslation("deals");
  const { main, others } = chooseStep(deal);
  if (deal.status !== "active") {
    return (
      <Card title={t(`over.${deal.status}.title`)}>
        <p className="max-w-text">{t(`over.${deal.status}.text`)}</p>
        {deal.reason ? (
          <p className="mt-2">
            {t("common:reason")}: <strong>{t(`reason.${deal.reason.code}`)}</strong>
            {deal.reason.note ? <span className="block max-w-text whitespace-pre-line">{deal.reason.note}</span> : null}
          </p>
        ) : null}
        {deal.may.resume ? (
          <p className="mt-4">
            <LinkButton to={`/deals/${deal.id}/end/resume`}>{t("end.resume.submit")}</LinkButton>
          </p>
        ) : null}
      </Card>
    );
  }
  if (!main) return null;
  const to = (command: string) => `/deals/${deal.id}/move/${command}`;
  const accepts = main.command === "confirm_acceptance";
  const firstFix = openPoints(main)
    .filter((point) => !point.met)
    .map((point) => ({ code: point.code, to: fixFor(deal, main, point.code) }))
    .find((fix) => fix.to !== null);
  const waitsFor = accepts
    ? deal.may.accept.some((side) => deal.parties[side]?.mine)
      ? null
      : "parties"
    : main.mine
      ? null
      : main.command;
  return (
    <Card
      className="border-l-4 border-l-accent"
      title={
        <>
          <span className="block text-sm font-medium text-accent-ink">{t("next.label")}</span>
          <span className="text-xl">{t(`command.${main.command}.title`)}</span>
        </>
      }
    >
      <p className="max-w-text">{t(`command.${main.command}.lead`)}</p>
      {deal.next ? (
        <p className="mt-3">
          {t("next.planned")}: <strong>{deal.next.action}</strong> · <DateText date={deal.next.on} />
          {deal.next.overdue ? <span className="font-medium text-danger"> · {t("card.overdue")}</span> : null}
        </p>
      ) : null}
      {waitsFor ? (
        <p className="mt-3 font-medium">
          {t(`waits.${waitsFor}`, { broker: deal.broker.name, names: unaccepted(deal) })}
        </p>
      ) : null}
      <PointList deal={deal} step={main} />
      <div className="no-print mt-5 flex flex-wrap gap-3 empty:hidden">
        {accepts ? <AcceptForms deal={deal} /> : null}
        {!accepts && main.mine && main.ready ? (
          <LinkButton to={to(main.command)}>{t(`command.${main.command}.submit`)}</LinkButton>
        ) : firstFix?.to && main.mine ? (
          <LinkButton to={firstFix.to}>{t("next.fix", { what: t(`guard.${firstFix.code}`) })}</LinkButton>
        ) : null}
        {accepts && deal.may.completeMilestone && deal.milestones.some((row) => !row.doneOn && !row.waivedOn) ? (
          <LinkButton to={`/deals/${deal.id}/milestones`} variant="secondary">
            {t("milestone.settle")}
          </LinkButton>
        ) : null}
        {others.map((step) => (
          <LinkButton key={step.command} to={to(step.command)} variant="secondary">
            {t(`command.${step.command}.submit`)}
          </LinkButton>
        ))}
      </div>
    </Card>
  );
}
