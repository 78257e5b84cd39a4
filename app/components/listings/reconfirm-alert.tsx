import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { Alert, Button } from "~/components/ui";

/** Asks an owner whether the listing still holds; a hidden one comes back by the same press. */
export function ReconfirmAlert({ hiddenSince, phone }: { hiddenSince: Date | null; phone?: boolean }) {
  const { t } = useTranslation("listings");
  return (
    <Alert tone="warning" title={t(hiddenSince ? "reconfirm.hiddenTitle" : "reconfirm.title")}>
      <p>{hiddenSince ? t("reconfirm.hiddenText", { date: formatDate(hiddenSince) }) : t("reconfirm.askText")}</p>
      <Form method="post" className="mt-3">
        <Button name="intent" value="reconfirm">
          {t(phone ? "reconfirm.phone" : hiddenSince ? "reconfirm.bringBack" : "reconfirm.confirm")}
        </Button>
      </Form>
    </Alert>
  );
}
