import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SelectField } from "~/components/forms";
import { Button } from "~/components/ui";

/** Narrows the notices by a plain GET form. */
export function NoticeFilter({
  show,
  topic,
  topics,
}: {
  show: string;
  topic: string | null;
  topics: readonly string[];
}) {
  const { t } = useTranslation("mailing");
  if (topics.length === 0) return null;
  return (
    <Form method="get" className="no-print mb-6 flex flex-wrap items-end gap-x-4">
      <SelectField
        name="show"
        label={t("filter.show")}
        defaultValue={show}
        options={[
          { value: "all", label: t("filter.showAll") },
          { value: "unread", label: t("filter.showUnread") },
        ]}
      />
      <SelectField
        name="topic"
        label={t("filter.topic")}
        placeholder={t("filter.everything")}
        defaultValue={topic ?? ""}
        options={topics.map((one) => ({ value: one, label: t(`topic.${one}`) }))}
      />
      <div className="mb-5">
        <Button variant="secondary">{t("filter.apply")}</Button>
      </div>
    </Form>
  );
}
