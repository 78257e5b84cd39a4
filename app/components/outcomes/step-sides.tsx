import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DateText } from "~/components/ui";
import { OutcomeBadge } from "./answer-badge";

export type StepSide = {
  questionId: string;
  side: string;
  organisation: { name: string };
  answer: string | null;
  note: string | null;
  channel: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  /** an answer given by phone may be written down */
  phone: boolean;
};

/** Both sides' words about one step, beside each other. */
export function StepSides({ sides }: { sides: readonly StepSide[] }) {
  const { t } = useTranslation("outcomes");
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {sides.map((side) => (
        <div key={side.questionId} className="min-w-0 rounded-lg border border-line p-4">
          <p className="text-sm text-muted">{t(`brokering:side.${side.side}`)}</p>
          <p className="font-semibold break-words">{side.organisation.name}</p>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <OutcomeBadge answer={side.answer} />
            {side.answeredAt ? (
              <span className="text-sm text-muted">
                <DateText date={side.answeredAt} time />
                {side.channel ? ` · ${t(`channel.${side.channel}`)}` : ""}
                {side.answeredBy ? ` · ${side.answeredBy}` : ""}
              </span>
            ) : null}
          </p>
          {side.note ? <p className="mt-2 max-w-text break-words whitespace-pre-line">{side.note}</p> : null}
          {side.phone ? (
            <Link
              className="link no-print inline-flex min-h-11 items-center"
              to={`/broker/outcomes/${side.questionId}/phone`}
            >
              {t("phone.title")}
            </Link>
          ) : null}
        </div>
      ))}
    </div>
  );
}
