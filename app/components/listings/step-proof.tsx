import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RadioGroup } from "~/components/forms";
import { Alert, Card } from "~/components/ui";
import { FormSelect, FormText, useOptions } from "./fields";
import type { SectionProps } from "./form-data";
import { RowEditor } from "./row-editor";

const LEVELS = ["9", "8", "7", "6", "5", "4", "3", "2", "1"];

/** How far the technology is, asked in plain questions from the highest level down, with the evidence each asks for. */
export function Readiness(props: SectionProps) {
  const { draft, errors, choices, onChange } = props;
  const { t } = useTranslation(["posting", "listings"]);
  const own = { draft, errors };
  const rows = { draft, errors, onChange };
  return (
    <>
      <Card title={t("card.readiness")}>
        <RadioGroup
          legend={t("trl.legend")}
          hint={t("trl.hint")}
          name="trl"
          required
          defaultValue={draft.trl}
          error={errors.trl}
          options={LEVELS.map((level) => ({
            value: level,
            label: t(`trl.${level}.question`),
            hint: `TRL ${level} · ${t("trl.evidence", { words: t(`trl.${level}.evidence`) })}`,
          }))}
        />
        <FormText {...own} name="trlEvidence" max={choices.length.text} rows={4} />
      </Card>
      <Card title={t("card.sites")}>
        <RowEditor
          {...rows}
          list="sites"
          legend={t("sites.legend")}
          hint={t("sites.hint")}
          rowName={(number) => t("sites.row", { number })}
          removeName={(number) => t("sites.remove", { number })}
          add={t("sites.add")}
          columns="sm:grid-cols-2"
          cells={[
            { name: "name", label: t("sites.name") },
            {
              name: "province",
              label: t("sites.province"),
              options: choices.provinces,
              placeholder: t("listings:placeholder.none"),
            },
            { name: "year", label: t("sites.year"), inputMode: "numeric" },
            { name: "contact", label: t("sites.contact") },
          ]}
        />
        <FormText {...own} name="referenceSites" words="sitesMore" max={choices.length.text} rows={3} />
      </Card>
      <Card title={t("card.tests")}>
        <RowEditor
          {...rows}
          list="tests"
          legend={t("tests.legend")}
          hint={t("tests.hint")}
          rowName={(number) => t("tests.row", { number })}
          removeName={(number) => t("tests.remove", { number })}
          add={t("tests.add")}
          columns="sm:grid-cols-2"
          cells={[
            { name: "body", label: t("tests.body") },
            { name: "number", label: t("tests.number") },
            { name: "date", label: t("tests.date") },
            { name: "result", label: t("tests.result") },
          ]}
        />
      </Card>
    </>
  );
}

/** Whose it is, how it is protected, whose money made it. */
export function Ownership(props: SectionProps) {
  const { draft, errors, choices, onChange } = props;
  const { t } = useTranslation(["posting", "listings"]);
  const options = useOptions();
  const own = { draft, errors };
  const rows = { draft, errors, onChange };
  const [funding, setFunding] = useState(draft.originFunding);
  const stateTask = funding === "state_task" || funding === "other_state";
  const statuses = options("ipStatus", choices.lists.ipStatuses);
  const types = options("ipType", choices.lists.ipTypes);
  return (
    <>
      <Card title={t("card.owners")}>
        <RowEditor
          {...rows}
          list="owners"
          open
          legend={t("owners.legend")}
          hint={t("owners.hint")}
          rowName={(number) => t("owners.row", { number })}
          removeName={(number) => t("owners.remove", { number })}
          add={t("owners.add")}
          columns="sm:grid-cols-[12rem_minmax(0,1fr)_8rem]"
          cells={[
            { name: "type", label: t("owners.type"), options: options("ownerType", choices.lists.ownerTypes) },
            { name: "name", label: t("owners.name") },
            { name: "share", label: t("owners.share"), inputMode: "decimal" },
          ]}
        />
      </Card>
      <Card title={t("card.ip")}>
        {/* remarked on, never refused */}
        {props.oddNumbers.length > 0 ? (
          <Alert tone="warning">{t("ip.odd", { numbers: props.oddNumbers.join("; ") })}</Alert>
        ) : null}
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormSelect {...own} name="ipType" required options={types} />
          <FormSelect {...own} name="ipStatus" none options={statuses} />
        </div>
        <FormText {...own} name="ipNumber" max={choices.length.line} />
        <RowEditor
          {...rows}
          list="ipTitles"
          legend={t("ip.legend")}
          rowName={(number) => t("ip.row", { number })}
          removeName={(number) => t("ip.remove", { number })}
          add={t("ip.add")}
          columns="sm:grid-cols-3"
          cells={[
            {
              name: "type",
              label: t("listings:field.ipType.label"),
              options: types.filter(({ value }) => value !== "none"),
            },
            {
              name: "status",
              label: t("listings:field.ipStatus.label"),
              options: statuses,
              placeholder: t("listings:placeholder.none"),
            },
            { name: "number", label: t("listings:field.ipNumber.label") },
          ]}
        />
      </Card>
      <Card title={t("card.origin")}>
        <p className="mb-5 text-muted">{t("origin.lead")}</p>
        {/* a change stresses the fields below; without scripts they are simply there */}
        <div onChange={(event) => event.target instanceof HTMLSelectElement && setFunding(event.target.value)}>
          <FormSelect
            {...own}
            name="originFunding"
            none
            options={options("originFunding", choices.lists.originFundings)}
          />
        </div>
        {stateTask ? <Alert>{t("origin.duty")}</Alert> : null}
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormText {...own} name="originTaskCode" required={funding === "state_task"} />
          <FormText {...own} name="originAcceptedYear" inputMode="numeric" />
          <FormText {...own} name="ownershipDecision" />
          <FormText {...own} name="resultCertificate" />
        </div>
      </Card>
    </>
  );
}
