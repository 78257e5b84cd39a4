import { Form } from "@remix-run/react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { FormErrors, SubmitRow } from "~/components/forms";
import { Alert, Button } from "~/components/ui";
import type { DraftView, ExampleWords, StepProgress } from "~/modules/listings/index.server";
import type { Draft } from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { useFieldWords } from "./fields";
import type { Choice, FormChoices, SectionProps } from "./form-data";
import { Files, Publish } from "./step-files";
import { StepNav } from "./step-nav";
import { Ownership, Readiness } from "./step-proof";
import { Technical } from "./step-technical";
import { NeedTerms, NeedWishes, OfferingTransfer } from "./step-terms";
import { NeedProblem, OfferingContent, Translation } from "./step-words";
import { useAutosave } from "./use-autosave";

export type DraftFormProps = {
  view: DraftView;
  step: string;
  steps: StepProgress[];
  choices: FormChoices;
  suggestions: string[];
  example: ExampleWords | null;
  organisations: Choice[];
  /** problems to show though nothing was pressed: somebody came from the list of what is missing */
  problems: Record<string, string[]>;
  /** the last answer to a pressed button */
  answer?: { failure: Failure; values: Draft; revision: number };
  /** the last step shows and sends instead of asking */
  review?: ReactNode;
};

const CONFLICT = "listings:error.draftConflict";
const STEP: Record<string, (props: SectionProps) => ReactNode> = {
  problem: NeedProblem,
  requirements: Technical,
  terms: NeedTerms,
  wishes: NeedWishes,
  content: OfferingContent,
  technical: Technical,
  readiness: Readiness,
  ownership: Ownership,
  transfer: OfferingTransfer,
  files: Files,
  publish: Publish,
  translation: Translation,
};

/** One step of the form of a need or an offering. */
export function DraftForm(props: DraftFormProps) {
  const { view, step, steps, answer, review } = props;
  const { t } = useTranslation(["listings", "posting", "common"]);
  const form = useRef<HTMLFormElement>(null);
  const [conflictSeen, setConflictSeen] = useState(false);
  const [auto, setAuto] = useState({ revision: 0 });
  const known = Math.max(view.revision, answer?.revision ?? 0, auto.revision);
  const autosave = useAutosave(form, known, conflictSeen || review !== undefined);
  if (autosave.answer && autosave.answer.revision > auto.revision && !autosave.answer.failure)
    setAuto({ revision: autosave.answer.revision });
  const autoFailure = autosave.answer?.failure ?? null;
  const conflict = [answer?.failure, autoFailure].find((failure) => failure?.code === CONFLICT) ?? null;
  if (conflict && !conflictSeen) setConflictSeen(true);
  const savedAt = autosave.answer?.savedAt ?? view.savedAt;
  const status = autosave.busy
    ? t("edit.saving")
    : autoFailure && autoFailure.code !== CONFLICT
      ? `${t("edit.notSaved")} ${t(autoFailure.code, autoFailure.params ?? {})}`
      : t("edit.savedAt", { time: formatDateTime(savedAt).slice(0, 5) });
  const labels = useLabels(view.kind);

  const use = (code: string) => {
    const select = form.current?.elements.namedItem("sectorMain");
    if (select instanceof HTMLSelectElement) select.value = code;
    autosave.changed();
  };
  const Step = STEP[step];
  const last = review !== undefined;

  return (
    <Form
      ref={form}
      method="post"
      encType="multipart/form-data"
      noValidate
      onChange={autosave.changed}
      onSubmit={autosave.hold}
      className="grid gap-6 lg:grid-cols-[15rem_minmax(0,48rem)]"
    >
      <div className="min-w-0">
        <input type="hidden" name="revision" value={known} readOnly />
        {/* Enter in a text field presses the first button: it saves, never sends */}
        <Button name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true">
          {t("common:saveDraft")}
        </Button>
        <StepNav kind={view.kind} steps={steps} current={step} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <h2 className="hidden text-xl font-semibold lg:block">{t(`posting:step.${view.kind}.${step}`)}</h2>
        {answer && answer.failure.code !== CONFLICT ? <FormErrors failure={answer.failure} labels={labels} /> : null}
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
              <a className="link" href={`/my/listings/${view.id}/edit/${step}`} target="_blank" rel="noreferrer">
                {t("edit.conflictOpen")}
              </a>
            </p>
          </Alert>
        ) : null}
        {Step ? (
          <Step
            kind={view.kind}
            draft={answer?.values ?? view.draft}
            errors={answer?.failure.fields ?? props.problems}
            choices={props.choices}
            suggestions={autosave.answer?.suggestions ?? props.suggestions}
            files={view.files}
            annexes={view.annexes}
            example={props.example}
            oddNumbers={view.oddNumbers}
            organisations={props.organisations}
            organisationId={view.organisation?.id ?? ""}
            onChange={autosave.changed}
            onUseSector={use}
          />
        ) : null}
        {review}
        {last ? null : (
          <SubmitRow>
            <Button name="intent" value="next">
              {t("posting:nav.next")}
            </Button>
            <Button name="intent" value="save" variant="secondary">
              {t("common:saveDraft")}
            </Button>
            <span role="status" className="text-sm text-muted">
              {status} · {t("edit.complete", { percent: view.completeness })}
            </span>
          </SubmitRow>
        )}
      </div>
    </Form>
  );
}

const WORDS: Record<"need" | "offering", Record<string, string>> = {
  need: {
    description: "problem",
    moneyMin: "budgetMin",
    trl: "trlNeed",
    provinceCode: "provinceNeed",
    scaleMin: "scaleNeed",
    descriptionOther: "problemOther",
  },
  offering: { moneyMin: "priceMin", trl: "trlOffering", provinceCode: "provinceOffering" },
};

const ROW_LISTS = ["lines", "owners", "ipTitles", "sites", "tests"];

/** Names of the fields for lists of errors and of what is missing; cells carry the number of their row. */
export function useLabels(kind: "need" | "offering"): Record<string, string> {
  const { t, i18n } = useTranslation(["listings", "posting", "annexes"]);
  const wordsOf = useFieldWords();
  const legend = (list: string) => t(`posting:${list === "ipTitles" ? "ip" : list}.legend`);
  return new Proxy<Record<string, string>>(
    {},
    {
      get(_, name) {
        if (typeof name !== "string") return undefined;
        const cell = /^([a-zA-Z]+)\[(\d+)\]\.([a-z]+)$/.exec(name);
        if (cell?.[1] && ROW_LISTS.includes(cell[1])) {
          const ns = cell[1] === "lines" ? "listings" : "posting";
          const base = `${ns}:${cell[1] === "ipTitles" ? "ip" : cell[1]}`;
          const row = t(`${base}.row`, { number: Number(cell[2]) + 1 });
          return i18n.exists(`${base}.${cell[3]}`) ? `${row}, ${t(`${base}.${cell[3]}`)}` : row;
        }
        if (name === "lines") return t(kind === "need" ? "section.requirements" : "section.parameters");
        if (ROW_LISTS.includes(name)) return legend(name);
        if (name === "annex") return t("annexes:form.field");
        if (name === "pictures") return t("posting:card.pictures");
        return wordsOf(WORDS[kind][name] ?? name).label;
      },
    },
  );
}
