import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button, Card, LinkButton } from "~/components/ui";

/** Whether members' drafts go to a manager first: everybody of the organisation reads it, managers switch it. */
export function OfficeApprovalCard({ required, maySet }: { required: boolean; maySet: boolean }) {
  const { t } = useTranslation("office");
  return (
    <Card title={t("setting.title")}>
      <p>{t(required ? "setting.on" : "setting.off")}</p>
      {maySet ? (
        <>
          {required ? null : <p className="mt-1 text-sm text-muted">{t("setting.hint")}</p>}
          <Form method="post" className="mt-3 flex flex-wrap gap-3">
            <input type="hidden" name="required" value={required ? "no" : "yes"} />
            <Button name="intent" value="office-approval" variant="secondary">
              {t(required ? "setting.turnOff" : "setting.turnOn")}
            </Button>
            {required ? (
              <LinkButton to="/my/approvals" variant="quiet">
                {t("setting.queue")}
              </LinkButton>
            ) : null}
          </Form>
        </>
      ) : null}
    </Card>
  );
}
