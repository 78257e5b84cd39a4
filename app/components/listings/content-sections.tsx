import { useTranslation } from "react-i18next";
import { RadioGroup, SelectField, TextAreaField, TextField } from "~/components/forms";
import { Button, Card } from "~/components/ui";
import type { SectionProps } from "./form-data";

/** Words of the listing: what it is about, in the order people tell it. */
export function WordsSection({ kind, draft, errors, choices }: SectionProps) {
  const { t } = useTranslation(["listings", "common"]);
  const { length } = choices;
  const area = (
    name: "description" | "currentTechnology" | "problemSolved" | "advantages" | "referenceSites" | "standards",
    words: string,
    required: boolean,
    max: number,
    rows = 5,
  ) => (
    <TextAreaField
      label={t(`field.${words}.label`)}
      hint={t(`field.${words}.hint`)}
      name={name}
      defaultValue={draft[name]}
      error={errors[name]}
      required={required}
      maxLength={max}
      rows={rows}
    />
  );
  return (
    <Card title={t("section.words")}>
      <RadioGroup
        legend={t("field.lang.label")}
        name="lang"
        defaultValue={draft.lang}
        options={[
          { value: "vi", label: t("common:language.vi") },
          { value: "en", label: t("common:language.en") },
        ]}
      />
      <TextField
        label={t("field.title.label")}
        hint={t("field.title.hint")}
        name="title"
        defaultValue={draft.title}
        error={errors.title}
        required
        maxLength={length.title}
        autoComplete="off"
      />
      {kind === "offering" ? <SummaryField draft={draft} errors={errors} max={length.summary} required /> : null}
      {area("description", kind === "need" ? "problem" : "description", true, length.description, 8)}
      {kind === "need" ? (
        <>
          {area("currentTechnology", "currentTechnology", true, length.text)}
          <SummaryField draft={draft} errors={errors} max={length.summary} />
        </>
      ) : (
        <>
          {area("problemSolved", "problemSolved", true, length.text)}
          {area("advantages", "advantages", true, length.text)}
          {area("referenceSites", "referenceSites", false, length.text, 3)}
        </>
      )}
      {area("standards", "standards", false, length.text, 2)}
      <TextField
        label={t("field.keywords.label")}
        hint={t("field.keywords.hint")}
        name="keywords"
        defaultValue={draft.keywords}
        error={errors.keywords}
      />
    </Card>
  );
}

function SummaryField({
  draft,
  errors,
  max,
  required,
}: Pick<SectionProps, "draft" | "errors"> & { max: number; required?: boolean }) {
  const { t } = useTranslation("listings");
  return (
    <TextAreaField
      label={t("field.summary.label")}
      hint={t("field.summary.hint")}
      name="summary"
      defaultValue={draft.summary}
      error={errors.summary}
      required={required}
      maxLength={max}
      rows={3}
    />
  );
}

/** One main sector and up to two more, with suggestions from what is typed. */
export function SectorSection({
  draft,
  errors,
  choices,
  suggestions,
  onUse,
}: SectionProps & { suggestions: string[]; onUse: (code: string) => void }) {
  const { t } = useTranslation(["listings", "sectors"]);
  const shown = suggestions.filter((code) => code !== draft.sectorMain);
  return (
    <Card title={t("section.sector")}>
      <div role="status">
        {shown.length > 0 ? (
          <div className="mb-4">
            <p className="mb-2 text-muted">{t("suggest.title")}</p>
            <div className="flex flex-wrap gap-2">
              {shown.map((code) => (
                <Button
                  key={code}
                  variant="secondary"
                  size="small"
                  name="intent"
                  value={`sector.${code}`}
                  formNoValidate
                  aria-label={t("suggest.use", { name: t(`sectors:${code}`) })}
                  onClick={(event) => {
                    event.preventDefault();
                    onUse(code);
                  }}
                >
                  {t(`sectors:${code}`)}
                </Button>
              ))}
            </div>
          </div>
        ) : null}
      </div>
      <SelectField
        label={t("field.sectorMain.label")}
        name="sectorMain"
        defaultValue={draft.sectorMain}
        options={choices.sectors}
        placeholder={t("placeholder.choose")}
        error={errors.sectorMain}
        required
      />
      <div className="grid gap-x-6 sm:grid-cols-2">
        <SelectField
          label={t("field.sectorSecond.label")}
          name="sectorSecond"
          defaultValue={draft.sectorSecond}
          options={choices.sectors}
          placeholder={t("placeholder.none")}
          error={errors.sectorSecond}
        />
        <SelectField
          label={t("field.sectorThird.label")}
          name="sectorThird"
          defaultValue={draft.sectorThird}
          options={choices.sectors}
          placeholder={t("placeholder.none")}
          error={errors.sectorThird}
        />
      </div>
    </Card>
  );
}

/** The title and summary once more, for readers of the other language. */
export function OtherLanguageSection({ draft, errors, choices }: SectionProps) {
  const { t } = useTranslation("listings");
  return (
    <Card title={t("section.other")}>
      <p className="mb-4 text-muted">{t("section.otherHint")}</p>
      <TextField
        label={t("field.titleOther.label")}
        name="titleOther"
        defaultValue={draft.titleOther}
        error={errors.titleOther}
        maxLength={choices.length.title}
      />
      <TextAreaField
        label={t("field.summaryOther.label")}
        name="summaryOther"
        defaultValue={draft.summaryOther}
        error={errors.summaryOther}
        maxLength={choices.length.summary}
        rows={3}
      />
    </Card>
  );
}
