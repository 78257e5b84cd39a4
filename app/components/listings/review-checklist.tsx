import { useTranslation } from "react-i18next";
import { CheckboxField, RadioGroup } from "~/components/forms";
import { Badge } from "~/components/ui";
import type { ReviewView } from "~/modules/listings/index.server";
import { LIST_STATUSES, OWNER_ANSWERS, QUESTION_ANSWERS, type TypedChecklist } from "~/modules/listings/schemas";
import { useLocale } from "../locale";

type ChecklistProps = {
  review: Pick<ReviewView, "asked" | "hints" | "lists">;
  typed: TypedChecklist;
  errors: Record<string, string[]>;
};

/** The questions a broker answers before approving: only those this listing needs. */
export function ReviewChecklist({ review, typed, errors }: ChecklistProps) {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const { asked, hints, lists } = review;
  return (
    <>
      <p className="mb-4 text-sm text-muted">{t("lead")}</p>
      <RadioGroup
        legend={t("listStatus.label")}
        hint={t("listStatus.hint", { version: lists.version, source: lists.source })}
        name="listStatus"
        required
        defaultValue={typed.listStatus ?? null}
        error={errors.listStatus}
        options={LIST_STATUSES.map((value) => ({ value, label: t(`listStatus.${value}`) }))}
      />
      {hints.length > 0 ? (
        <div className="mb-5 text-sm">
          <p>{t("hints")}</p>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
            {hints.map((entry) => (
              <li key={entry.code}>
                <Badge tone={entry.list === "encouraged" ? "info" : "warning"}>{t(`hintList.${entry.list}`)}</Badge>{" "}
                {entry[locale]} ({entry.law})
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <details className="mb-5 text-sm">
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("allLists")}</summary>
        <ul className="flex flex-col gap-1.5">
          {lists.entries.map((entry) => (
            <li key={entry.code}>
              <strong>{t(`hintList.${entry.list}`)}</strong> ({entry.law}): {entry[locale]}
            </li>
          ))}
        </ul>
      </details>
      {asked.questions.length > 0 ? (
        <fieldset className="min-w-0">
          <legend className="mb-2 font-semibold">{t("obsolete")}</legend>
          {asked.questions.map((question) => (
            <RadioGroup
              key={question.code}
              legend={question[locale]}
              hint={question.law}
              name={`obsolete.${question.code}`}
              required
              defaultValue={typed.obsolete?.[question.code] ?? null}
              error={errors[`obsolete.${question.code}`]}
              options={QUESTION_ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
            />
          ))}
        </fieldset>
      ) : null}
      {asked.owner ? (
        <RadioGroup
          legend={t("owner.label")}
          hint={t("owner.hint")}
          name="owner"
          required
          defaultValue={typed.owner ?? null}
          error={errors.owner}
          options={OWNER_ANSWERS.map((value) => ({ value, label: t(`owner.${value}`) }))}
        />
      ) : null}
      {asked.contacts ? (
        <CheckboxField
          label={t("contactsSeen")}
          name="contactsSeen"
          value="yes"
          required
          defaultChecked={typed.contactsSeen === true}
          error={errors.contactsSeen}
        />
      ) : null}
    </>
  );
}

/** The answers as they were kept with a decided review. */
export function StoredChecklist({ review }: { review: Pick<ReviewView, "checklist" | "asked" | "lists"> }) {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const { checklist, asked, lists } = review;
  if (!checklist) return null;
  const rows: [string, string][] = [
    [
      t("listStatus.label"),
      `${t(`listStatus.${checklist.listStatus}`)} (${t("listStatus.judged", { version: lists.version })})`,
    ],
  ];
  for (const [code, answer] of Object.entries(checklist.obsolete)) {
    const question = asked.questions.find((one) => one.code === code);
    rows.push([question ? question[locale] : code, t(`answer.${answer}`)]);
  }
  if (checklist.owner) rows.push([t("owner.label"), t(`owner.${checklist.owner}`)]);
  if (checklist.contactsSeen) rows.push([t("findsTitle"), t("contactsSeen")]);
  return (
    <dl className="flex flex-col gap-2">
      {rows.map(([question, answer]) => (
        <div key={question}>
          <dt className="text-sm text-muted">{question}</dt>
          <dd>{answer}</dd>
        </div>
      ))}
    </dl>
  );
}
