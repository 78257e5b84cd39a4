import { useTranslation } from "react-i18next";
import { FileField, RadioGroup, SelectField, TextField } from "~/components/forms";
import { Button, Card } from "~/components/ui";
import { AnnexCard } from "./annex-card";
import { FormText } from "./fields";
import type { SectionProps } from "./form-data";

const PICTURES = "image/jpeg,image/png,image/webp,image/avif,image/gif";

/** Pictures, from the telephone's camera or from its album, in order and described; one PDF. */
export function Files({ draft, errors, files, annexes }: SectionProps) {
  const { t } = useTranslation(["posting", "listings"]);
  const pdf = files.find((one) => one.kind === "pdf");
  return (
    <>
      <Card title={t("card.pictures")}>
        <p className="mb-4 text-muted">{t("pictures.hint")}</p>
        {draft.pictures.length > 0 ? (
          <>
            <input type="hidden" name="has" value="pictures" />
            <ol className="mb-6 flex flex-col gap-4">
              {draft.pictures.map((picture, at) => (
                <li key={picture.id} className="flex flex-wrap gap-4 rounded-md border border-line p-3">
                  <img
                    src={`/files/${picture.id}?size=thumbnail`}
                    alt={picture.alt}
                    className="h-24 w-32 rounded-md bg-sunken object-cover"
                  />
                  <div className="min-w-48 flex-1">
                    <input type="hidden" name={`pictures[${at}].id`} value={picture.id} />
                    <TextField
                      label={t("pictures.alt", { number: at + 1 })}
                      hint={at === 0 ? t("pictures.altHint") : undefined}
                      name={`pictures[${at}].alt`}
                      defaultValue={picture.alt}
                      autoComplete="off"
                    />
                    <div className="-mt-3 flex flex-wrap gap-2">
                      {at > 0 ? (
                        <Button
                          variant="quiet"
                          size="small"
                          name="intent"
                          value={`up.pictures.${at}`}
                          aria-label={t("pictures.upName", { number: at + 1 })}
                        >
                          {t("pictures.up")}
                        </Button>
                      ) : null}
                      <Button
                        variant="quiet"
                        size="small"
                        name="intent"
                        value={`remove.pictures.${at}`}
                        aria-label={t("pictures.removeName", { number: at + 1 })}
                      >
                        {t("pictures.remove")}
                      </Button>
                    </div>
                  </div>
                </li>
              ))}
            </ol>
          </>
        ) : null}
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FileField
            label={t("pictures.camera")}
            hint={t("pictures.cameraHint")}
            name="picture"
            id="camera"
            accept="image/*"
            capture="environment"
          />
          <FileField
            label={t("pictures.album")}
            hint={t("pictures.albumHint")}
            name="picture"
            accept={PICTURES}
            multiple
            error={errors.picture}
          />
        </div>
        <Button name="intent" value="save" variant="secondary">
          {t("pictures.upload")}
        </Button>
      </Card>
      <Card title={t("card.pdf")}>
        <FileField
          label={t("listings:field.pdf.label")}
          hint={t("listings:field.pdf.hint")}
          name="pdf"
          accept="application/pdf"
          error={errors.pdf}
        />
        {pdf ? (
          <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="min-w-0 break-words">
              {t("listings:files.current", { name: pdf.name, size: Math.ceil(pdf.bytes / 1024) })}
            </span>
            <Button variant="quiet" size="small" name="intent" value="remove-pdf" formNoValidate>
              {t("listings:files.remove")}
            </Button>
          </div>
        ) : null}
      </Card>
      <AnnexCard annexes={annexes} error={errors.annex} />
    </>
  );
}

/** Who may see it, who answers, until when. */
export function Publish({ draft, errors, choices, organisations, organisationId }: SectionProps) {
  const { t } = useTranslation(["posting", "listings", "common"]);
  const own = { draft, errors };
  return (
    <>
      {organisations.length > 0 ? (
        <Card>
          <SelectField
            label={t("listings:field.organisation.label")}
            name="organisationId"
            options={organisations}
            defaultValue={organisationId}
            placeholder={t("listings:placeholder.choose")}
          />
        </Card>
      ) : null}
      <Card title={t("listings:field.visibility.label")}>
        <RadioGroup
          legend={<span className="sr-only">{t("listings:field.visibility.label")}</span>}
          name="visibility"
          defaultValue={draft.visibility}
          error={errors.visibility}
          required
          options={choices.lists.visibilities.map((value) => ({
            value,
            label: t(`common:visibility.${value}`),
            hint: t(`listings:field.visibility.option.${value}`),
          }))}
        />
      </Card>
      <Card title={t("card.contact")}>
        <FormText {...own} name="contactName" required autoComplete="name" />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormText {...own} name="contactPhone" required type="tel" autoComplete="tel" />
          <FormText {...own} name="contactEmail" required type="email" autoComplete="email" />
        </div>
        <FormText {...own} name="expiresOn" required />
      </Card>
    </>
  );
}
