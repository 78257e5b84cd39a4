import { useTranslation } from "react-i18next";
import { Alert, LinkButton } from "~/components/ui";

/** What an administrator should do now, the most urgent first, each with its next step. */
export function AttentionList({ attention }: { attention: readonly string[] }) {
  const { t } = useTranslation("operate");
  if (attention.length === 0)
    return (
      <Alert tone="success" title={t("allWell")}>
        <p>{t("allWellText")}</p>
      </Alert>
    );
  return (
    <section aria-label={t("toDo")}>
      {attention.map((key) => (
        <Alert
          key={key}
          tone={key === "no-worker" || key === "events-late" ? "danger" : "warning"}
          title={t(`attention.${key}.title`)}
        >
          <p>{t(`attention.${key}.text`)}</p>
          {key === "unattended" ? (
            <p className="mt-3">
              <LinkButton to="/operator/hand-over">{t("openHandOver")}</LinkButton>
            </p>
          ) : null}
          {key === "dead-letters" ? (
            <p className="mt-3">
              <LinkButton to="/broker/dead-letters" variant="secondary">
                {t("openDead")}
              </LinkButton>
            </p>
          ) : null}
        </Alert>
      ))}
    </section>
  );
}
