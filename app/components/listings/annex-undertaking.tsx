import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { CheckboxField, FormErrors, SubmitRow, TextField } from "~/components/forms";
import { Button, Card } from "~/components/ui";
import type { AnnexPage } from "~/modules/listings/index.server";
import type { Failure } from "~/platform/result";

type Text = NonNullable<AnnexPage["undertaking"]>;

/** The whole text with its version and first day. */
export function UndertakingWords({ text }: { text: Text }) {
  const { t } = useTranslation("annexes");
  return (
    <div lang={text.lang}>
      <p className="text-lg font-semibold">{text.title}</p>
      <p className="mb-4 text-sm text-muted">
        {t("page.textVersion", { version: text.version, date: formatDate(text.effectiveFrom) })}
      </p>
      {text.paragraphs.map((paragraph) => (
        <p key={paragraph} className="mb-3 max-w-text">
          {paragraph}
        </p>
      ))}
    </div>
  );
}

/** The text in full, then name, position and a box that nobody ticked beforehand. */
export function UndertakingForm({
  page,
  text,
  typed,
  failure,
}: {
  page: Pick<AnnexPage, "pending" | "reader">;
  text: Text;
  typed: Record<string, string>;
  failure: Failure | null;
}) {
  const { t } = useTranslation("annexes");
  const fields = failure?.fields ?? {};
  return (
    <>
      <Card title={t("page.readTitle")} className="mb-6">
        <UndertakingWords text={text} />
      </Card>
      <Card title={t("page.acceptTitle")} className="mb-6">
        <FormErrors
          failure={failure}
          labels={{ agreed: t("page.agree"), name: t("page.name"), position: t("page.position") }}
        />
        <Form method="post" noValidate className="max-w-text">
          <input type="hidden" name="textHash" value={text.hash} />
          <input type="hidden" name="lang" value={text.lang} />
          <input type="hidden" name="annexIds" value={page.pending.join(",")} />
          <TextField
            label={t("page.name")}
            name="name"
            required
            maxLength={200}
            autoComplete="name"
            defaultValue={typed.name ?? page.reader}
            error={fields.name}
          />
          <TextField
            label={t("page.position")}
            hint={t("page.positionHint")}
            name="position"
            required
            maxLength={200}
            autoComplete="organization-title"
            defaultValue={typed.position ?? ""}
            error={fields.position}
          />
          <CheckboxField label={t("page.agree")} name="agreed" value="yes" required error={fields.agreed} />
          <SubmitRow>
            <Button name="intent" value="accept">
              {t("page.accept")}
            </Button>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
