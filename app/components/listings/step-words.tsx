import { useTranslation } from "react-i18next";
import { RadioGroup } from "~/components/forms";
import { Card } from "~/components/ui";
import { Example } from "./example";
import { FormText } from "./fields";
import type { SectionProps } from "./form-data";

function LanguageField({ draft }: Pick<SectionProps, "draft">) {
  const { t } = useTranslation(["listings", "common"]);
  return (
    <RadioGroup
      legend={t("field.lang.label")}
      name="lang"
      defaultValue={draft.lang}
      options={[
        { value: "vi", label: t("common:language.vi") },
        { value: "en", label: t("common:language.en") },
      ]}
    />
  );
}

/** Need, first step: what happens today, in plain words. */
export function NeedProblem(props: SectionProps) {
  const { draft, errors, choices } = props;
  const { length } = choices;
  const own = { draft, errors };
  return (
    <>
      <Example {...props} />
      <Card>
        <FormText {...own} name="title" required max={length.title} />
        <FormText {...own} name="description" words="problem" required max={length.description} rows={8} />
        <FormText {...own} name="currentTechnology" required max={length.text} rows={5} />
        <FormText {...own} name="tried" max={length.text} rows={3} />
        <FormText {...own} name="summary" max={length.summary} rows={3} />
        <FormText {...own} name="keywords" />
        <LanguageField draft={draft} />
      </Card>
    </>
  );
}

/** Offering, first step: what it is, how it works, what it is better at. */
export function OfferingContent(props: SectionProps) {
  const { draft, errors, choices } = props;
  const { length } = choices;
  const own = { draft, errors };
  return (
    <>
      <Example {...props} />
      <Card>
        <FormText {...own} name="title" required max={length.title} />
        <FormText {...own} name="summary" required max={length.summary} rows={3} />
        <FormText {...own} name="problemSolved" required max={length.text} rows={4} />
        <FormText {...own} name="description" required max={length.description} rows={8} />
        <FormText {...own} name="principle" max={length.text} rows={4} />
        <FormText {...own} name="advantages" required max={length.text} rows={4} />
        <FormText {...own} name="keywords" />
        <LanguageField draft={draft} />
      </Card>
    </>
  );
}

/** The words once more in the other language; all of it may be left out. */
export function Translation({ kind, draft, errors, choices }: SectionProps) {
  const { t } = useTranslation("posting");
  const { length } = choices;
  const own = { draft, errors };
  return (
    <Card>
      <p className="mb-5 text-muted">{t(draft.lang === "vi" ? "translation.toEnglish" : "translation.toVietnamese")}</p>
      <FormText {...own} name="titleOther" max={length.title} />
      <FormText {...own} name="summaryOther" max={length.summary} rows={3} />
      <FormText
        {...own}
        name="descriptionOther"
        words={kind === "need" ? "problemOther" : "descriptionOther"}
        max={length.description}
        rows={6}
      />
      {kind === "need" ? (
        <FormText {...own} name="currentTechnologyOther" max={length.text} rows={4} />
      ) : (
        <>
          <FormText {...own} name="problemSolvedOther" max={length.text} rows={4} />
          <FormText {...own} name="principleOther" max={length.text} rows={4} />
          <FormText {...own} name="advantagesOther" max={length.text} rows={4} />
        </>
      )}
    </Card>
  );
}
