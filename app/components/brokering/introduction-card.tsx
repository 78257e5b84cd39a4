import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, Button, Card, DateText, LinkButton } from "~/components/ui";
import { AnswerBadge, IntroductionBadge } from "./states";

type SideRow = {
  id: string;
  side: string;
  state: string;
  channel: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  remindedOn: Date | null;
  reasonCode: string | null;
  note: string | null;
  cooperation: string | null;
  unclear: string | null;
  about: string | null;
  organisation: { id: string; name: string; members: number };
};
export type IntroductionRow = {
  id: string;
  state: string;
  replyBy: Date;
  message: string | null;
  proposedAt: Date;
  settledAt: Date | null;
  overdue: boolean;
  sides: SideRow[];
};

function Said({ label, text }: { label: string; text: string | null }) {
  return text ? (
    <p className="mt-2 max-w-text break-words whitespace-pre-line">
      <span className="block text-sm text-muted">{label}</span>
      {text}
    </p>
  ) : null;
}

/** One side's answer as the broker sees it, with what to do while there is none. */
function SideAnswer({ row, phoneTo }: { row: SideRow; phoneTo: string | null }) {
  const { t } = useTranslation("brokering");
  return (
    <section className="min-w-0 rounded-lg border border-line p-4">
      <p className="text-sm text-muted">{t(`side.${row.side}`)}</p>
      <h4 className="font-semibold break-words">{row.organisation.name}</h4>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <AnswerBadge state={row.state} />
        {row.answeredAt ? (
          <span className="text-sm text-muted">
            <DateText date={row.answeredAt} time /> · {t(`channel.${row.channel}`)}
            {row.answeredBy ? ` · ${row.answeredBy}` : ""}
          </span>
        ) : row.remindedOn ? (
          <span className="text-sm text-muted">
            {t("case.reminded")} <DateText date={row.remindedOn} />
          </span>
        ) : null}
      </p>
      {row.reasonCode ? <p className="mt-2 font-medium">{t(`declineReason.${row.reasonCode}`)}</p> : null}
      <Said label={t("question.cooperation")} text={row.cooperation} />
      <Said label={t("question.unclear")} text={row.unclear} />
      <Said label={t("question.about")} text={row.about} />
      <Said label={t("common:note")} text={row.note} />
      {phoneTo ? (
        <div className="mt-3">
          {row.organisation.members === 0 ? <p className="mb-2 text-sm font-medium">{t("case.noMembers")}</p> : null}
          <LinkButton variant="secondary" size="small" to={phoneTo}>
            {t("case.recordPhone")}
          </LinkButton>
        </div>
      ) : null}
    </section>
  );
}

/** An introduction in a case: state, date, both answers, and taking it back. */
export function IntroductionCard({ row, caseId, mayWork }: { row: IntroductionRow; caseId: string; mayWork: boolean }) {
  const { t } = useTranslation("brokering");
  const live = row.state === "proposed";
  return (
    <Card
      level={3}
      title={
        <span className="flex flex-wrap items-center gap-3">
          {t("case.introduction")} <IntroductionBadge state={row.state} />
          {row.overdue ? <Badge tone="danger">{t("case.replyOver")}</Badge> : null}
        </span>
      }
    >
      <p className="mb-3 text-muted">
        {t("case.proposedOn")} <DateText date={row.proposedAt} /> · {t("case.replyBy")} <DateText date={row.replyBy} />
        {row.settledAt ? (
          <>
            {" "}
            · {t("case.settledOn")} <DateText date={row.settledAt} />
          </>
        ) : null}
      </p>
      {row.message ? <p className="mb-3 max-w-text break-words whitespace-pre-line">{row.message}</p> : null}
      <div className="grid gap-4 md:grid-cols-2">
        {row.sides.map((side) => (
          <SideAnswer
            key={side.id}
            row={side}
            phoneTo={
              live && mayWork && side.state === "asked" && !row.overdue
                ? `/broker/cases/${caseId}/phone/${side.side}`
                : null
            }
          />
        ))}
      </div>
      {live && mayWork ? (
        <details className="no-print mt-4">
          <summary className="link flex min-h-11 cursor-pointer items-center">{t("case.withdrawTitle")}</summary>
          <Form method="post" className="mt-2">
            <p className="mb-3 max-w-text">{t("case.withdrawText")}</p>
            <input type="hidden" name="introductionId" value={row.id} />
            <Button variant="danger" name="intent" value="withdraw">
              {t("case.withdraw")}
            </Button>
          </Form>
        </details>
      ) : null}
    </Card>
  );
}
