import { useTranslation } from "react-i18next";
import { FileField, RadioGroup, TextField } from "~/components/forms";
import { Button, Card } from "~/components/ui";
import type { SectionProps } from "./form-data";

export type FileInfo = { id: string; kind: "picture" | "pdf"; name: string; bytes: number };

/** One picture and one PDF. */
export function FilesSection({ errors, files }: { errors: SectionProps["errors"]; files: FileInfo[] }) {
  const { t } = useTranslation("listings");
  const current = (kind: "picture" | "pdf") => {
    const file = files.find((one) => one.kind === kind);
    if (!file) return null;
    return (
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
        {kind === "picture" ? (
          <img src={`/files/${file.id}?size=thumbnail`} alt="" className="max-h-24 rounded-md" />
        ) : null}
        <span className="min-w-0 break-words">
          {t("files.current", { name: file.name, size: Math.ceil(file.bytes / 1024) })}
        </span>
        <Button variant="quiet" size="small" name="intent" value={`remove-${kind}`} formNoValidate>
          {t("files.remove")}
        </Button>
      </div>
    );
  };
  return (
    <Card title={t("section.files")}>
      <FileField
        label={t("field.picture.label")}
        hint={t("field.picture.hint")}
        name="picture"
        accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
        error={errors.picture}
      />
      {current("picture")}
      <FileField
        label={t("field.pdf.label")}
        hint={t("field.pdf.hint")}
        name="pdf"
        accept="application/pdf"
        error={errors.pdf}
      />
      {current("pdf")}
    </Card>
  );
}

/** Who may see it, who answers, until when. */
export function PublicitySection({ draft, errors, choices }: SectionProps) {
  const { t } = useTranslation(["listings", "common"]);
  return (
    <Card title={t("section.publicity")}>
      <RadioGroup
        legend={t("field.visibility.label")}
        name="visibility"
        defaultValue={draft.visibility}
        error={errors.visibility}
        required
        options={choices.lists.visibilities.map((value) => ({
          value,
          label: t(`common:visibility.${value}`),
          hint: t(`field.visibility.option.${value}`),
        }))}
      />
      <TextField
        label={t("field.contactName.label")}
        hint={t("field.contactName.hint")}
        name="contactName"
        defaultValue={draft.contactName}
        error={errors.contactName}
        required
        autoComplete="name"
      />
      <div className="grid gap-x-6 sm:grid-cols-2">
        <TextField
          label={t("field.contactPhone.label")}
          name="contactPhone"
          defaultValue={draft.contactPhone}
          error={errors.contactPhone}
          required
          type="tel"
          autoComplete="tel"
        />
        <TextField
          label={t("field.contactEmail.label")}
          name="contactEmail"
          defaultValue={draft.contactEmail}
          error={errors.contactEmail}
          required
          type="email"
          autoComplete="email"
        />
      </div>
      <TextField
        label={t("field.expiresOn.label")}
        hint={t("field.expiresOn.hint")}
        name="expiresOn"
        defaultValue={draft.expiresOn}
        error={errors.expiresOn}
        required
        autoComplete="off"
      />
    </Card>
  );
}
