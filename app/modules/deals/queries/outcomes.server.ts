import type { AnswerChannel, ChaseAnswer, ChaseSubject, Side } from "~/generated/prisma/enums";
import { memberIdsOf } from "~/modules/accounts/index.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { type QuestionState, questionState, WAITS_DAYS } from "../domain/chase";
import { mayResolveOutcomes, maySeeOutcomes } from "../outcome-policy";
import { describeSubjects, type QuestionRow, subjectKey } from "./outcome-subjects.server";
import { readOutcomeToken } from "./outcome-token.server";
import { casesWithTellingDeal } from "./telling-deals.server";

/** A question as a member of the asked organisation sees it. What the other side said is never in it. */
export type OutcomeView = {
  id: string;
  state: QuestionState;
  subjectKind: ChaseSubject;
  subjectId: string;
  /** the meeting's day, or the day both sides agreed to the introduction */
  on: Date;
  days: number;
  askedAt: Date;
  /** what it is about: a listing's title; null when neither side has one */
  title: { text: string; lang: "vi" | "en" } | null;
  mine: { side: Side; organisation: string };
  /** both agreed to be introduced: the name is known; null on the page behind a link */
  other: string | null;
  answer: ChaseAnswer | null;
  note: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  channel: AnswerChannel | null;
  broker: { fullName: string; phone: string | null; email: string };
};

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
  note: true,
  channel: true,
  answeredAt: true,
  answeredById: true,
} as const;

/** Which of these questions are still to be answered: neither answered, nor replaced by a newer one, nor told by a deal. */
async function statesOf(ctx: Ctx, rows: QuestionRow[]): Promise<Map<string, QuestionState>> {
  const caseIds = [...new Set(rows.map((row) => row.caseId))];
  const [told, all] = await Promise.all([
    casesWithTellingDeal(ctx.db, caseIds),
    ctx.db.outcomeQuestion.findMany({
      where: { caseId: { in: caseIds } },
      select: { caseId: true, side: true, askedAt: true },
    }),
  ]);
  return new Map(
    rows.map((row) => [
      row.id,
      questionState({
        answered: row.answer !== null,
        newer: all.some((one) => one.caseId === row.caseId && one.side === row.side && one.askedAt > row.askedAt),
        dealTells: told.has(row.caseId),
      }),
    ]),
  );
}

async function viewFor(
  ctx: Ctx,
  row: QuestionRow & { note: string | null; channel: AnswerChannel | null; answeredAt: Date | null },
  named: boolean,
): Promise<OutcomeView | null> {
  const [subjects, states, person, found] = await Promise.all([
    describeSubjects(ctx, [row]),
    statesOf(ctx, [row]),
    row.answeredById ? ctx.db.person.findUnique({ where: { id: row.answeredById }, select: { fullName: true } }) : null,
    ctx.db.brokerCase.findUnique({
      where: { id: row.caseId },
      select: { broker: { select: { fullName: true, phone: true, email: true } } },
    }),
  ]);
  const subject = subjects.get(subjectKey(row));
  if (!subject || !found) return null;
  return {
    id: row.id,
    state: states.get(row.id) ?? "over",
    subjectKind: row.subjectKind,
    subjectId: row.subjectId,
    on: subject.on,
    days: row.days,
    askedAt: row.askedAt,
    title: subject.titleFor(row.side),
    mine: { side: row.side, organisation: subject.organisation[row.side] },
    other: named ? subject.organisation[row.side === "need" ? "offering" : "need"] : null,
    answer: row.answer,
    note: row.note,
    answeredAt: row.answeredAt,
    answeredBy: person?.fullName ?? null,
    channel: row.channel,
    broker: found.broker,
  };
}

/** The question for a member of the asked organisation. Null when it is absent or not theirs. */
export async function viewOutcome(ctx: Ctx, id: string): Promise<OutcomeView | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await ctx.db.outcomeQuestion.findUnique({ where: { id }, select: QUESTION });
  return row && isMemberOf(actor, row.organisationId) ? viewFor(ctx, row, true) : null;
}

/** Case of a question, for a broker or leader who opens the party's address. */
export async function caseOfOutcome(ctx: Ctx, id: string): Promise<string | null> {
  const { actor } = ctx;
  if (!maySeeOutcomes(actor) || !isId(id)) return null;
  const row = await ctx.db.outcomeQuestion.findFirst({
    where: { id, officeId: actor.officeId },
    select: { caseId: true },
  });
  return row?.caseId ?? null;
}

export type PhoneOutcomeView = Pick<OutcomeView, "id" | "state" | "subjectKind" | "on" | "days" | "askedAt"> & {
  caseId: string;
  caseTitle: string;
  side: Side;
  organisation: string;
  /** the acting broker belongs to one side: another broker writes it down */
  ownSide: boolean;
};

/** A question as the broker sees it who has its side on the phone. Null when absent, or not for this actor. */
export async function viewPhoneOutcome(ctx: Ctx, id: string): Promise<PhoneOutcomeView | null> {
  const { actor } = ctx;
  if (!mayResolveOutcomes(actor) || !isId(id)) return null;
  const row = await ctx.db.outcomeQuestion.findFirst({ where: { id, officeId: actor.officeId }, select: QUESTION });
  if (!row) return null;
  const { caseId, subjectKind, subjectId, days, askedAt } = row;
  const [view, found, step] = await Promise.all([
    viewFor(ctx, row, true),
    ctx.db.brokerCase.findUnique({ where: { id: caseId }, select: { title: true } }),
    ctx.db.outcomeQuestion.findMany({ where: { subjectKind, subjectId, days }, select: { organisationId: true } }),
  ]);
  if (!view || !found) return null;
  return {
    ...{ id, state: view.state, subjectKind, on: view.on, days, askedAt },
    ...{ caseId, caseTitle: found.title },
    ...view.mine,
    ownSide: step.some((one) => isMemberOf(actor, one.organisationId)),
  };
}

export type OutcomeLinkView =
  | { state: "wrong" }
  | { state: "answered"; answer: ChaseAnswer; questionId: string }
  /** a newer question took its place, or a deal tells it: nothing is shown any more */
  | { state: "superseded" | "over"; questionId: string }
  | { state: "ready"; question: OutcomeView };

/**
 * What the one-tap link shows: the question while it is open, else only that it is over. No name of the other side and no
 * contact: these are on the page behind the sign-in. Looking uses nothing up.
 */
export async function viewOutcomeLink(ctx: Ctx, token: string): Promise<OutcomeLinkView> {
  const named = readOutcomeToken(ctx.env, token);
  const row = named && (await ctx.db.outcomeQuestion.findUnique({ where: { id: named.questionId }, select: QUESTION }));
  if (!named || !row || !(await memberIdsOf(ctx.db, row.organisationId)).includes(named.personId))
    return { state: "wrong" };
  if (row.answer) return { state: "answered", answer: row.answer, questionId: row.id };
  const question = await viewFor(ctx, row, false);
  if (!question) return { state: "wrong" };
  return question.state === "open"
    ? { state: "ready", question }
    : { state: question.state === "superseded" ? "superseded" : "over", questionId: row.id };
}

export type OpenOutcome = Pick<OutcomeView, "id" | "subjectKind" | "on" | "days" | "askedAt"> & {
  title: string | null;
  other: string;
};

/** Questions that wait for an answer of the organisations this person belongs to, longest waiting first. */
export async function openOutcomesOf(ctx: Ctx): Promise<OpenOutcome[]> {
  const { actor } = ctx;
  if (!isPerson(actor) || actor.memberships.length === 0) return [];
  const rows = await ctx.db.outcomeQuestion.findMany({
    where: {
      organisationId: { in: actor.memberships.map((membership) => membership.organisationId) },
      answer: null,
      askedAt: { gte: new Date(ctx.clock.now().getTime() - WAITS_DAYS * 86_400_000) },
    },
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    take: 50,
    select: QUESTION,
  });
  const [states, subjects] = await Promise.all([statesOf(ctx, rows), describeSubjects(ctx, rows)]);
  return rows.flatMap((row) => {
    const subject = subjects.get(subjectKey(row));
    if (!subject || states.get(row.id) !== "open") return [];
    return {
      id: row.id,
      subjectKind: row.subjectKind,
      on: subject.on,
      days: row.days,
      askedAt: row.askedAt,
      title: subject.titleFor(row.side)?.text ?? null,
      other: subject.organisation[row.side === "need" ? "offering" : "need"],
    };
  });
}
