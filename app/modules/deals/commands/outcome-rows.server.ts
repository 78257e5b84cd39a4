import type { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/platform/db/client.server";

/** The day by which a broker has looked into a contradiction; hangs on the step's need-side question. */
export const RESOLVE_DUE = "outcome.resolve";

const STEP_SELECT = {
  id: true,
  officeId: true,
  subjectKind: true,
  subjectId: true,
  caseId: true,
  days: true,
  side: true,
  organisationId: true,
  askedAt: true,
  answer: true,
  answeredById: true,
  conflict: true,
  resolution: true,
  resolvedById: true,
} satisfies Prisma.OutcomeQuestionSelect;

/**
 * Takes both questions of a step for this transaction: two sides that answer at once, and the broker, pass here one after
 * the other, so that each sees what the one before said. Empty when there is no such question.
 */
export async function lockStep(tx: Tx, questionId: string) {
  const own = await tx.outcomeQuestion.findUnique({
    where: { id: questionId },
    select: { subjectKind: true, subjectId: true, days: true },
  });
  if (!own) return [];
  await tx.$queryRaw`
    SELECT id FROM outcome_question
     WHERE subject_kind = ${own.subjectKind}::"ChaseSubject" AND subject_id = ${own.subjectId}::uuid AND days = ${own.days}
     ORDER BY side FOR UPDATE`;
  return tx.outcomeQuestion.findMany({ where: own, orderBy: { side: "asc" }, select: STEP_SELECT });
}
export type LockedQuestion = Awaited<ReturnType<typeof lockStep>>[number];
