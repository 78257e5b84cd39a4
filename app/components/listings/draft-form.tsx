import { Form } from "@remix-run/react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { FormErrors, SelectField, SubmitRow } from "~/components/forms";
import { Alert, Button, Card } from "~/components/ui";
import type { DraftView } from "~/modules/listings/index.server";
import type { Draft } from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { OtherLanguageSection, SectorSection, WordsSection } from "./content-sections";
import { NeedSections, OfferingSections } from "./fact-sections";
import type { FormChoices } from "./form-data";
import { LineEditor } from "./line-editor";
import { FilesSection, PublicitySection } from "./publicity-sections";
import { useAutosave } from "./use-autosave";

type DraftFormProps = {
  view: DraftView;
  choices: FormChoices;
  suggestions: string[];
  /** organisations the writer may post for, while that can still be chosen */
  organisations: { value: string; label: string }[];
  /** the last answer to a pressed button */
  answer?: { failure: Failure; values: Draft; revision: number };
};

const CONFLICT = "listings:error.draftConflict";

/** The whole form of a need or an offering. */
export function DraftForm({ view, choices, suggestions, organisations, answer }: DraftFormProps) {
  const { t } = useTranslation(["listings", "common"]);
  const form = useRef<HTMLFormElement>(null);
  const draft = answer?.values ?? view.draft;
  const [conflictSeen, setConflictSeen] = useState(false);
  const [auto, setAuto] = useState({ revision: 0 });
  const known = Math.max(view.revision, answer?.revision ?? 0, auto.revision);
  const autosave = useAutosave(form, known, conflictSeen || !view.mayEdit);
  if (autosave.answer && autosave.answer.revision > auto.revision && !autosave.answer.failure)
    setAuto({ revision: autosave.answer.revision });
  const autoFailure = autosave.answer?.failure ?? null;
  const conflict = [answer?.failure, autoFailure].find((failure) => failure?.code === CONFLICT) ?? null;
  if (conflict && !conflictSeen) setConflictSeen(true);
  const errors = answer?.failure.fields ?? {};
  const props = { kind: view.kind, draft, errors, choices };
  const savedAt = autosave.answer?.savedAt ?? view.savedAt;
  const status = autosave.busy
    ? t("edit.saving")
    : autoFailure
      ? t("edit.notSaved")
      : t("edit.savedAt", { time: formatDateTime(savedAt).slice(0, 5) });

  const use = (code: string) => {
    const select = form.current?.elements.namedItem("sectorMain");
    if (select instanceof HTMLSelectElement) select.value = code;
    autosave.changed();
  };

  return (
    <Form
      ref={form}
      method="post"
      encType="multipart/form-data"
      noValidate
      onChange={autosave.changed}
      onSubmit={autosave.hold}
      className="flex max-w-4xl flex-col gap-6"
    >
      <input type="hidden" name="whole" value="yes" />
      <input type="hidden" name="revision" value={known} readOnly />
      {/* Enter in a text field presses the first button: it saves, never sends */}
      <Button name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true">
        {t("common:saveDraft")}
      </Button>
      {answer && answer.failure.code !== CONFLICT ? (
        <FormErrors failure={answer.failure} labels={fieldLabels(view.kind, t)} />
      ) : null}
      {conflict ? (
        <Alert tone="warning" role="alert" title={t("edit.conflictTitle")}>
          <p>{t(conflict.code)}</p>
          {conflict.params?.at ? (
            <p>{t("edit.conflictAt", { time: formatDateTime(String(conflict.params.at)) })}</p>
          ) : null}
          <input type="hidden" name="newRevision" value={conflict.params?.revision ?? known} readOnly />
          <p className="mt-3 flex flex-wrap items-center gap-4">
            <Button name="intent" value="overwrite">
              {t("edit.conflictKeep")}
            </Button>
            <a className="link" href={`/my/listings/${view.id}/edit`} target="_blank" rel="noreferrer">
              {t("edit.conflictOpen")}
            </a>
          </p>
        </Alert>
      ) : null}
      {organisations.length > 0 ? (
        <Card>
          <SelectField
            label={t("field.organisation.label")}
            name="organisationId"
            options={organisations}
            defaultValue={view.organisation?.id ?? ""}
            placeholder={t("placeholder.choose")}
          />
        </Card>
      ) : null}
      <WordsSection {...props} />
      <SectorSection {...props} suggestions={autosave.answer?.suggestions ?? suggestions} onUse={use} />
      <Card title={t(view.kind === "need" ? "section.requirements" : "section.parameters")}>
        <LineEditor {...props} onChange={autosave.changed} />
      </Card>
      {view.kind === "need" ? <NeedSections {...props} /> : <OfferingSections {...props} />}
      <OtherLanguageSection {...props} />
      <FilesSection errors={errors} files={view.files} />
      <PublicitySection {...props} />
      <SubmitRow>
        {view.maySubmit ? (
          <Button name="intent" value="submit">
            {t("edit.submit")}
          </Button>
        ) : null}
        <Button name="intent" value="save" variant={view.maySubmit ? "secondary" : "primary"}>
          {t("common:saveDraft")}
        </Button>
        <span role="status" className="text-sm text-muted">
          {status} · {t("edit.complete", { percent: view.completeness })}
        </span>
      </SubmitRow>
    </Form>
  );
}

const SAME_LABEL = [
  "title",
  "summary",
  "currentTechnology",
  "problemSolved",
  "advantages",
  "referenceSites",
  "standards",
  "keywords",
  "sectorMain",
  "sectorSecond",
  "sectorThird",
  "needTypes",
  "funding",
  "neededBy",
  "communeCode",
  "priceModel",
  "objects",
  "forms",
  "methods",
  "rights",
  "ipType",
  "ipStatus",
  "ipNumber",
  "originTaskCode",
  "titleOther",
  "summaryOther",
  "picture",
  "pdf",
  "visibility",
  "contactName",
  "contactPhone",
  "contactEmail",
  "expiresOn",
  "moneyMax",
];

/** Names of the fields for the list of errors on top. */
function fieldLabels(
  kind: "need" | "offering",
  t: (key: string, params?: Record<string, number>) => string,
): Record<string, string> {
  const need = kind === "need";
  const labels = Object.fromEntries(SAME_LABEL.map((name) => [name, t(`field.${name}.label`)]));
  labels.description = t(need ? "field.problem.label" : "field.description.label");
  labels.moneyMin = t(need ? "field.budgetMin.label" : "field.priceMin.label");
  labels.trl = t(need ? "field.trlNeed.label" : "field.trlOffering.label");
  labels.provinceCode = t(need ? "field.provinceNeed.label" : "field.provinceOffering.label");
  labels.lines = t(need ? "section.requirements" : "section.parameters");
  for (let at = 0; at < 60; at++)
    for (const cell of ["name", "value"])
      labels[`lines[${at}].${cell}`] = `${t("lines.row", { number: at + 1 })}, ${t(`lines.${cell}`)}`;
  return labels;
}
