import { useTranslation } from "react-i18next";
import { StackedFacts } from "~/components/brokering/states";
import { DateText } from "~/components/ui";

type Question = {
  title: { text: string; lang: string } | null;
  mine: { organisation: string };
  other: string | null;
  askedAt: Date;
};

/** What a question is about, for a narrow column. The other side's name is there only behind the sign-in. */
export function QuestionFacts({ question }: { question: Question }) {
  const { t } = useTranslation("outcomes");
  const { title, other } = question;
  return (
    <StackedFacts
      items={[
        ...(title
          ? [{ key: "about", term: t("page.about"), description: <span lang={title.lang}>{title.text}</span> }]
          : []),
        ...(other ? [{ key: "with", term: t("page.with"), description: other }] : []),
        { key: "ours", term: t("page.ours"), description: question.mine.organisation },
        { key: "asked", term: t("page.asked"), description: <DateText date={question.askedAt} /> },
      ]}
    />
  );
}
