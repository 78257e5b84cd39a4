import { useTranslation } from "react-i18next";
import { Button, Card } from "~/components/ui";
import { FormSelect, FormText } from "./fields";
import type { SectionProps } from "./form-data";
import { RowEditor } from "./row-editor";

const TRL = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** One main sector and up to two more, with suggestions from what is typed. */
function SectorFields({ draft, errors, choices, suggestions, onUseSector }: SectionProps) {
  const { t } = useTranslation(["listings", "sectors"]);
  const shown = suggestions.filter((code) => code !== draft.sectorMain);
  const own = { draft, errors, options: choices.sectors };
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
                    onUseSector(code);
                  }}
                >
                  {t(`sectors:${code}`)}
                </Button>
              ))}
            </div>
          </div>
        ) : null}
      </div>
      <FormSelect {...own} name="sectorMain" required />
      <div className="grid gap-x-6 sm:grid-cols-2">
        <FormSelect {...own} name="sectorSecond" none />
        <FormSelect {...own} name="sectorThird" none />
      </div>
    </Card>
  );
}

/** Rows of chỉ tiêu – so sánh – giá trị – đơn vị, and the capacity beside them. */
function LinesCard(props: SectionProps) {
  const { kind, draft, errors, choices, onChange } = props;
  const { t } = useTranslation(["listings", "posting"]);
  const need = kind === "need";
  const own = { draft, errors };
  return (
    <Card title={t(need ? "section.requirements" : "section.parameters")}>
      <datalist id="known-units">
        {choices.units.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <RowEditor
        list="lines"
        draft={draft}
        errors={errors}
        onChange={onChange}
        open
        legend={t(need ? "posting:lines.legendNeed" : "posting:lines.legendOffering")}
        hint={t(need ? "lines.hintNeed" : "lines.hintOffering")}
        rowName={(number) => t("lines.row", { number })}
        removeName={(number) => t("lines.remove", { number })}
        add={t("lines.add")}
        columns="sm:grid-cols-2 lg:grid-cols-3"
        cells={[
          { name: "name", label: t("lines.name") },
          {
            name: "comparison",
            label: t("lines.comparison"),
            options: choices.lists.comparisons.map((value) => ({ value, label: t(`comparison.${value}`) })),
          },
          { name: "value", label: t("lines.value") },
          { name: "unit", label: t("lines.unit"), list: "known-units" },
          need
            ? {
                name: "must",
                label: t("lines.must"),
                options: [
                  { value: "must", label: t("lines.mustOption") },
                  { value: "nice", label: t("lines.niceOption") },
                ],
              }
            : { name: "condition", label: t("lines.condition") },
        ]}
      />
      <div className="grid gap-x-6 sm:grid-cols-3">
        <FormText {...own} name="scaleMin" words={need ? "scaleNeed" : "scaleMin"} inputMode="decimal" />
        <FormText {...own} name="scaleMax" inputMode="decimal" />
        <FormText {...own} name="scaleUnit" list="known-units" />
      </div>
      {need ? null : <FormText {...own} name="operatingConditions" max={choices.length.text} rows={4} />}
      <FormText {...own} name="standards" max={choices.length.text} rows={2} />
      {need ? (
        <FormSelect
          {...own}
          name="trl"
          words="trlNeed"
          none
          options={TRL.map((value) => ({ value, label: `TRL ${value} – ${t(`posting:trl.${value}.plain`)}` }))}
        />
      ) : null}
    </Card>
  );
}

/** Sector, measurable lines, capacity, standards. */
export function Technical(props: SectionProps) {
  return (
    <>
      <SectorFields {...props} />
      <LinesCard {...props} />
    </>
  );
}
