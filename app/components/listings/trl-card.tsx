import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { FormErrors, SelectField, TextAreaField } from "~/components/forms";
import { Button, Card } from "~/components/ui";
import type { TrlRoom } from "~/modules/listings/index.server";
import type { Failure } from "~/platform/result";

type TrlCardProps = { room: TrlRoom; failure?: Failure | null; typed?: { trl: string; note: string } | null };

/** A broker reads what an offering's level rests on, and confirms or corrects it. */
export function TrlCard({ room, failure, typed }: TrlCardProps) {
  const { t } = useTranslation(["readiness", "common"]);
  const { confirmed, declared } = room;
  return (
    <Card title={t("title")} id="trl" className="mb-6">
      <FormErrors failure={failure ?? undefined} labels={{ trl: t("level"), note: t("note") }} />
      <p>
        {t("declared", { trl: declared, basis: t(`common:trlBasis.${room.basis}`) })} – {t(`common:trl.${declared}`)}
      </p>
      <p className="mt-1 whitespace-pre-line text-muted">{room.evidence ?? t("noEvidence")}</p>
      {confirmed ? (
        <p className="mt-3">
          <strong>
            {t("confirmed", { trl: confirmed.trl, name: confirmed.by ?? "", date: formatDate(confirmed.at) })}
          </strong>
          {confirmed.note ? <span className="block whitespace-pre-line text-muted">{confirmed.note}</span> : null}
        </p>
      ) : null}
      {room.mayConfirm ? (
        <details className="mt-3" open={Boolean(failure)}>
          <summary className="link min-h-11 cursor-pointer py-2">{t(confirmed ? "again" : "open")}</summary>
          <Form method="post" action="#trl" noValidate className="max-w-text">
            <input type="hidden" name="versionId" value={room.versionId} />
            <SelectField
              label={t("level")}
              hint={t("levelHint")}
              name="trl"
              defaultValue={typed?.trl ?? String(confirmed?.trl ?? declared)}
              options={Array.from({ length: 9 }, (_, at) => ({
                value: String(at + 1),
                label: `TRL ${at + 1} – ${t(`common:trl.${at + 1}`)}`,
              }))}
              error={failure?.fields?.trl}
            />
            <TextAreaField
              label={t("note")}
              hint={t("noteHint")}
              name="note"
              rows={3}
              maxLength={2000}
              required
              defaultValue={typed?.note}
              error={failure?.fields?.note}
            />
            <Button name="intent" value="trl">
              {t("confirm")}
            </Button>
          </Form>
        </details>
      ) : null}
    </Card>
  );
}
