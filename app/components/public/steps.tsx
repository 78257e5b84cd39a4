import { useTranslation } from "react-i18next";

/** Working days the house promises; from the rules in force. */
export type PromisedDays = { review: number; answer: number };

/** What happens after posting: who does it and when. */
export function Steps({ days }: { days: PromisedDays }) {
  const { t } = useTranslation("public");
  const steps = [
    { key: "post", days: 0 },
    { key: "review", days: days.review },
    { key: "match", days: 0 },
    { key: "connect", days: days.answer },
  ];
  return (
    <ol className="grid gap-x-8 gap-y-8 sm:grid-cols-2 lg:grid-cols-4">
      {steps.map((step, index) => (
        <li key={step.key} className="min-w-0 border-t-3 border-accent pt-4">
          <h3 className="text-lg font-semibold">
            <span className="mr-2 text-accent-ink tabular-nums">{index + 1}.</span>
            {t(`front.steps.${step.key}.title`)}
          </h3>
          <p className="mt-1">{t(`front.steps.${step.key}.text`)}</p>
          <dl className="mt-3 text-sm">
            <div className="flex gap-2">
              <dt className="shrink-0 text-muted">{t("front.who")}:</dt>
              <dd className="font-medium">{t(`front.steps.${step.key}.who`)}</dd>
            </div>
            <div className="flex gap-2">
              <dt className="shrink-0 text-muted">{t("front.whenLabel")}:</dt>
              <dd className="font-medium">{t(`front.steps.${step.key}.when`, { days: step.days })}</dd>
            </div>
          </dl>
        </li>
      ))}
    </ol>
  );
}
