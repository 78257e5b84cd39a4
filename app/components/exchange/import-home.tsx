import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { KeptMapping, UploadRow } from "~/modules/exchange/index.server";
import { MOST_ENTERED } from "~/modules/exchange/schemas";
import type { Failure } from "~/platform/result";
import { FileField, FormErrors, RadioGroup, SelectField, SubmitRow } from "../forms";
import { useLocale } from "../locale";
import { Badge, Button, buttonClass, Card, type Column, DataTable, DateText, PageHeader } from "../ui";
import { roomOf } from "./room";

const TONES = { columns: "warning", checked: "info", done: "success" } as const;

function Uploads({ uploads, base }: { uploads: UploadRow[]; base: string }) {
  const { t } = useTranslation("exchange");
  const columns: Column<UploadRow>[] = [
    {
      key: "file",
      header: t("many.file_"),
      cell: ({ id, fileName, state }) => (
        <Link className="link break-all" to={`${base}/${id}${state === "columns" ? "/columns" : ""}`}>
          {fileName}
        </Link>
      ),
    },
    { key: "when", header: t("many.when"), cell: ({ createdAt }) => <DateText date={createdAt} /> },
    {
      key: "state",
      header: t("many.stateColumn"),
      cell: ({ state, entered }) => <Badge tone={TONES[state]}>{t(`many.state.${state}`, { count: entered })}</Badge>,
    },
  ];
  return uploads.length === 0 ? (
    <p className="text-muted">{t("many.none")}</p>
  ) : (
    <DataTable columns={columns} rows={uploads} caption={t("many.uploads")} />
  );
}

function Templates({ forOffice }: { forOffice: boolean }) {
  const { t } = useTranslation(["exchange", "imports"]);
  const { base } = roomOf(forOffice);
  const locale = useLocale();
  const other = locale === "vi" ? "en" : "vi";
  return (
    <Card title={t("many.step.template")}>
      <p className="mb-3">{t(forOffice ? "imports:templateText" : "many.templateText", { most: MOST_ENTERED })}</p>
      <ul className="flex flex-wrap gap-3">
        {(["offering", "need"] as const).map((kind) => (
          <li key={kind}>
            <a className={buttonClass("secondary")} href={`${base}/template/${kind}?lang=${locale}`}>
              {t(`many.templateOf.${kind}`)}
            </a>
            <a
              className="link ml-3 inline-flex min-h-11 items-center text-sm"
              href={`${base}/template/${kind}?lang=${other}`}
              aria-label={`${t(`many.templateOf.${kind}`)} – ${t(`many.templateIn.${other}`)}`}
            >
              {t(`many.templateIn.${other}`)}
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-muted">{t(forOffice ? "imports:ownSheet" : "many.ownSheet")}</p>
    </Card>
  );
}

type Props = {
  /** a broker's room, for many organisations */
  forOffice: boolean;
  kind: "need" | "offering";
  organisations: { value: string; label: string }[];
  uploads: UploadRow[];
  mappings: KeptMapping[];
  answer: { failure: Failure; kind: "need" | "offering" | null; organisationId: string | null } | undefined;
};

/** Where spreadsheets are sent: templates, the file, what was sent before and the mappings that are kept. */
export function ImportHome({ forOffice, kind, organisations, uploads, mappings, answer }: Props) {
  const { t } = useTranslation(["exchange", "imports", "listings", "matching", "common"]);
  const { base, back, words } = roomOf(forOffice);
  const fields = answer?.failure.fields;
  return (
    <>
      <PageHeader title={t(words.title)} lead={t(words.lead)} back={{ to: back.to, label: t(back.words) }} />
      <FormErrors failure={answer?.failure} />
      <div className="flex max-w-4xl flex-col gap-6">
        <Templates forOffice={forOffice} />
        <Card title={t("many.step.fill")}>
          <Form method="post" encType="multipart/form-data" noValidate>
            <RadioGroup
              legend={t("many.kind")}
              name="kind"
              defaultValue={answer?.kind ?? kind}
              options={[
                { value: "offering", label: t("common:kindLong.offering") },
                { value: "need", label: t("common:kindLong.need") },
              ]}
            />
            {organisations.length > 0 ? (
              <SelectField
                label={t("many.organisation")}
                name="organisationId"
                defaultValue={answer?.organisationId ?? organisations[0]?.value}
                options={[...organisations, { value: "", label: t("many.later") }]}
                error={fields?.organisationId}
              />
            ) : null}
            <FileField
              label={t("many.file")}
              hint={t("many.fileHint")}
              name="file"
              required
              accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              error={fields?.file}
            />
            <SubmitRow>
              <Button name="intent" value="send">
                {t("many.send")}
              </Button>
            </SubmitRow>
          </Form>
        </Card>
        <Card title={t("many.uploads")}>
          <Uploads uploads={uploads} base={base} />
        </Card>
        {mappings.length > 0 ? (
          <Card title={t("many.kept")} id="mappings">
            <p className="mb-3 text-muted">{t("many.keptText")}</p>
            <ul className="divide-y divide-line">
              {mappings.map(({ id, name, columns }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
                  <span>
                    <span className="font-medium">{name}</span>{" "}
                    <span className="text-sm text-muted">{t("many.keptUsed", { count: columns })}</span>
                  </span>
                  <Form method="post">
                    <input type="hidden" name="mapping" value={id} />
                    <Button
                      name="intent"
                      value="forget"
                      variant="quiet"
                      size="small"
                      aria-label={`${t("many.forget")}: ${name}`}
                    >
                      {t("many.forget")}
                    </Button>
                  </Form>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </>
  );
}
