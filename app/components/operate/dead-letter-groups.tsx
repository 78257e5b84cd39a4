import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button, Card } from "~/components/ui";
import type { Failure } from "~/platform/result";
import { DropForm } from "./drop-form";

type GroupData = { jobName: string; errorCode: string; reason: string; count: number };
type Answer = { failure: Failure; note: string; cause: { jobName: string; errorCode: string } | null };

/** Open letters by cause: what has one cause is settled together. */
export function DeadLetterGroups({ groups, answer }: { groups: readonly GroupData[]; answer?: Answer }) {
  const { t } = useTranslation("operate");
  if (groups.length === 0) return null;
  return (
    <Card title={t("dead.groups")} className="mb-6">
      <ul className="divide-y divide-line">
        {groups.map(({ jobName, errorCode, reason, count }) => {
          const key = `${jobName}.${errorCode}`;
          const mine = answer?.cause?.jobName === jobName && answer.cause.errorCode === errorCode ? answer : undefined;
          return (
            <li key={key} className="py-4 first:pt-0 last:pb-0">
              <p className="font-medium">
                {t(`reason.${reason}.title`)} · {t(`jobName.${jobName}`, jobName)} · {t("dead.groupCount", { count })}
              </p>
              <p className="max-w-text text-muted">{t(`reason.${reason}.text`)}</p>
              <div className="no-print mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
                <Form method="post">
                  <input type="hidden" name="jobName" value={jobName} />
                  <input type="hidden" name="errorCode" value={errorCode} />
                  <Button size="small" variant="secondary" name="intent" value="replay-all">
                    {t("dead.replayAll", { count })}
                  </Button>
                </Form>
                <Link
                  className="link inline-flex min-h-11 items-center"
                  to={`/broker/dead-letters?${new URLSearchParams({ job: jobName, code: errorCode })}`}
                >
                  {t("dead.only")}
                </Link>
              </div>
              <details open={mine !== undefined}>
                <summary className="link inline-flex min-h-11 cursor-pointer items-center">
                  {t("dead.dropAllTitle")}
                </summary>
                <DropForm
                  id={key.replaceAll(".", "-")}
                  hidden={{ jobName, errorCode }}
                  intent="drop-all"
                  label={t("dead.dropAll", { count })}
                  answer={mine}
                />
              </details>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
