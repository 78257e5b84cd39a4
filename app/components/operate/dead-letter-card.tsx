import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, Button, Card, DateText, DefinitionList } from "~/components/ui";
import type { Failure } from "~/platform/result";
import { DropForm } from "./drop-form";
import { SubjectLink } from "./subject-link";
import { eventWords } from "./words";

export type LetterData = {
  id: string;
  jobName: string;
  jobId: string;
  errorCode: string;
  error: string;
  reason: string;
  attempts: number | null;
  createdAt: Date;
  event: { type: string; at: Date; requestId: string | null } | null;
  subject: { kind: string; reference: string | null; title: string | null; to: string | null } | null;
  mail: { kind: string; lastError: string | null; attempts: number } | null;
  resolvedAt: Date | null;
  resolution: string | null;
};

/** One job that was given up: what it is about, why, and what to do next. */
export function DeadLetterCard({
  letter,
  answer,
}: {
  letter: LetterData;
  answer?: { failure: Failure; note: string };
}) {
  const { t } = useTranslation("operate");
  const { t: say } = useTranslation("notifications");
  const resolution =
    letter.resolution === "replayed"
      ? say("dead.replayed")
      : say("dead.dropped", { note: letter.resolution?.replace(/^dropped: /, "") ?? "" });
  const said = letter.mail?.lastError;
  return (
    <Card
      title={t(`jobName.${letter.jobName}`, letter.jobName)}
      actions={<Badge tone={letter.resolvedAt ? "neutral" : "danger"}>{t(`reason.${letter.reason}.title`)}</Badge>}
    >
      <DefinitionList
        items={[
          ...(letter.event
            ? [
                {
                  term: t("dead.event"),
                  description: (
                    <>
                      {eventWords(t, letter.event.type)}, <DateText date={letter.event.at} time />
                    </>
                  ),
                },
              ]
            : []),
          {
            term: t("dead.about"),
            description: letter.subject ? <SubjectLink subject={letter.subject} /> : t("dead.unknownSubject"),
          },
          { term: say("dead.created"), description: <DateText date={letter.createdAt} time /> },
          ...(letter.attempts === null ? [] : [{ term: t("dead.attempts"), description: letter.attempts }]),
          ...(said ? [{ term: t("dead.mailSaid"), description: <span className="break-words">{said}</span> }] : []),
          ...(letter.resolvedAt
            ? [{ term: say("dead.resolution"), description: resolution }]
            : [{ term: t("dead.next"), description: t(`reason.${letter.reason}.text`) }]),
        ]}
      />
      <details className="mt-3">
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("dead.technical")}</summary>
        <DefinitionList
          items={[
            { term: say("dead.jobId"), description: <code className="text-sm break-all">{letter.jobId}</code> },
            { term: say("dead.code"), description: <code className="text-sm break-all">{letter.errorCode}</code> },
            ...(letter.event?.requestId
              ? [
                  {
                    term: t("dead.request"),
                    description: <code className="text-sm break-all">{letter.event.requestId}</code>,
                  },
                ]
              : []),
            {
              term: say("dead.error"),
              description: <pre className="text-sm break-words whitespace-pre-wrap">{letter.error}</pre>,
            },
          ]}
        />
      </details>
      {letter.resolvedAt ? null : (
        <div className="no-print mt-4 flex flex-col gap-4 border-t border-line pt-4">
          <Form method="post">
            <input type="hidden" name="id" value={letter.id} />
            <Button name="intent" value="replay">
              {say("dead.replay")}
            </Button>
          </Form>
          <details open={answer !== undefined}>
            <summary className="link inline-flex min-h-11 cursor-pointer items-center">{say("dead.dropTitle")}</summary>
            <DropForm
              id={letter.id}
              hidden={{ id: letter.id }}
              intent="drop"
              label={say("dead.drop")}
              answer={answer}
            />
          </details>
        </div>
      )}
    </Card>
  );
}
