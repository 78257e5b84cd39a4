import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TextField } from "~/components/forms";
import { Button } from "~/components/ui";
import type { Failure } from "~/platform/result";

/** The note with which one letter, or all of one cause, are dropped. */
export function DropForm({
  id,
  hidden,
  intent,
  label,
  answer,
}: {
  id: string;
  hidden: Record<string, string>;
  intent: "drop" | "drop-all";
  label: string;
  answer?: { failure: Failure; note: string };
}) {
  const { t } = useTranslation("notifications");
  return (
    <Form method="post" className="mt-3 max-w-text">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField
        id={`note-${id}`}
        name="note"
        label={t("dead.note")}
        hint={t("dead.noteHint")}
        required
        maxLength={500}
        defaultValue={answer?.note}
        error={answer?.failure.fields?.note}
      />
      <Button variant="danger" name="intent" value={intent}>
        {label}
      </Button>
    </Form>
  );
}
