import type { Prisma } from "~/generated/prisma/client";
import type { ChaseAnswer, Locale } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { RelayedEvent } from "~/platform/subscriptions";
import { conditions, dayOf, type Facts, NO_FACTS } from "../domain/facts";
import { answerLabel } from "../domain/labels";

const ORGANISATION = { select: { nameVi: true, nameEn: true, anonymous: true } } as const;
/** Notes of a side are its own and are not read. */
const QUESTION = {
  id: true,
  subjectKind: true,
  subjectId: true,
  caseId: true,
  days: true,
  side: true,
  organisationId: true,
  askedAt: true,
  answer: true,
  conflict: true,
  resolvedAt: true,
  organisation: ORGANISATION,
} satisfies Prisma.OutcomeQuestionSelect;
type QuestionRow = Prisma.OutcomeQuestionGetPayload<{ select: typeof QUESTION }>;

const ABOUT: Record<QuestionRow["subjectKind"], Record<Locale, (day: string) => string>> = {
  meeting: { vi: (day) => `cuộc gặp ngày ${day}`, en: (day) => `the meeting of ${day}` },
  introduction: { vi: (day) => `việc kết nối ngày ${day}`, en: (day) => `the introduction of ${day}` },
};

/** The day the question is about and the organisation on the other side; both sides know each other since they accepted. */
async function subjectOf(ctx: Ctx, row: QuestionRow) {
  const sides = { select: { side: true, organisationId: true } } as const;
  if (row.subjectKind === "meeting") {
    const meeting = await ctx.db.meeting.findUnique({
      where: { id: row.subjectId },
      select: { startsAt: true, participants: sides },
    });
    return meeting && { at: meeting.startsAt, sides: meeting.participants };
  }
  const introduction = await ctx.db.introduction.findUnique({
    where: { id: row.subjectId },
    select: { settledAt: true, proposedAt: true, sides },
  });
  return introduction && { at: introduction.settledAt ?? introduction.proposedAt, sides: introduction.sides };
}

/**
 * A question "what came of it?", for the side that is asked, or for the broker (payload brokerId) who reads what was
 * answered. What one side answered is never told to the other.
 */
export async function ofOutcomeQuestion(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const row = await ctx.db.outcomeQuestion.findUnique({ where: { id: event.subjectId }, select: QUESTION });
  const subject = row && (await subjectOf(ctx, row));
  if (!row || !subject) return null;
  const otherSide = subject.sides.find((one) => one.side !== row.side);
  const [other, caseRow, otherAnswer, newer] = await Promise.all([
    otherSide
      ? ctx.db.organisation.findUnique({ where: { id: otherSide.organisationId }, ...ORGANISATION })
      : Promise.resolve(null),
    ctx.db.brokerCase.findUnique({ where: { id: row.caseId }, select: { title: true, brokerId: true } }),
    ctx.db.outcomeQuestion.findFirst({
      where: { subjectKind: row.subjectKind, subjectId: row.subjectId, days: row.days, side: { not: row.side } },
      select: { answer: true },
    }),
    ctx.db.outcomeQuestion.count({
      where: { caseId: row.caseId, side: row.side, askedAt: { gt: row.askedAt } },
    }),
  ]);
  const { brokerId } = event.payload;
  const facts: Facts = {
    ...NO_FACTS,
    questionId: row.id,
    caseId: row.caseId,
    brokerId: brokerId ?? caseRow?.brokerId ?? null,
  };
  const day = dayOf(dateOnly(localDay(subject.at)));
  const names = (locale: Locale) => ({
    organisation: displayName(row.organisation, locale),
    other: displayName(other, locale),
    about: ABOUT[row.subjectKind][locale](day),
  });
  if (event.type === "outcome.asked") {
    // answered, settled by the broker, or followed by a newer question: no news
    if (row.answer || row.resolvedAt || newer > 0) return null;
    const linked = { ...facts, organisationId: row.organisationId, linkId: row.id };
    return { ...linked, conditions: conditions("to-side"), words: names };
  }
  // settled by the broker since: no news
  if (!brokerId || row.resolvedAt || !row.answer) return null;
  if (event.type === "outcome.conflict" && !row.conflict) return null;
  const said = (answer: ChaseAnswer | null | undefined, locale: Locale) => (answer ? answerLabel(locale, answer) : "");
  return {
    ...facts,
    conditions: conditions("to-broker"),
    words: (locale) => ({
      ...names(locale),
      title: caseRow?.title ?? "",
      answer: said(row.answer, locale),
      otherAnswer: said(otherAnswer?.answer, locale),
    }),
  };
}
