import type { Prisma } from "~/generated/prisma/client";
import type { AnswerChannel, ChaseAnswer, ChaseSubject, Side } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { type Ctx, isMemberOf } from "~/platform/context";
import { isId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { RESOLVE_DUE } from "../commands/outcome-rows.server";
import { agreement, bothStopped, nextStep, questionState } from "../domain/chase";
import { mayResolveOutcomes, maySeeOutcomes } from "../outcome-policy";
import { askAfterDays, chaseAnchors } from "./chase-anchors.server";
import { casesWithTellingDeal } from "./telling-deals.server";

/** Both sides' words about one step, as brokers and leaders see them. */
export type OutcomeStep = {
  /** need side's question: what the broker resolves the step by */
  questionId: string;
  subjectKind: ChaseSubject;
  subjectId: string;
  days: number;
  askedAt: Date;
  conflict: boolean;
  resolution: ChaseAnswer | null;
  resolvedNote: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  /** need side first */
  sides: {
    questionId: string;
    side: Side;
    organisation: { id: string; name: string };
    answer: ChaseAnswer | null;
    note: string | null;
    channel: AnswerChannel | null;
    answeredAt: Date | null;
    answeredBy: string | null;
    /** it still takes an answer, and the reader may write down one given by phone */
    phone: boolean;
  }[];
};

async function stepsWhere(ctx: Ctx, where: Prisma.OutcomeQuestionWhereInput) {
  const rows = await ctx.db.outcomeQuestion.findMany({
    where,
    orderBy: [{ askedAt: "desc" }, { subjectId: "asc" }, { days: "desc" }, { side: "asc" }],
    select: {
      id: true,
      subjectKind: true,
      subjectId: true,
      caseId: true,
      days: true,
      side: true,
      askedAt: true,
      answer: true,
      note: true,
      channel: true,
      answeredAt: true,
      answeredById: true,
      conflict: true,
      resolution: true,
      resolvedNote: true,
      resolvedAt: true,
      resolvedById: true,
      organisation: { select: { id: true, nameVi: true, nameEn: true, anonymous: true } },
    },
  });
  const people = await ctx.db.person.findMany({
    where: { id: { in: rows.flatMap((row) => [row.answeredById ?? [], row.resolvedById ?? []].flat()) } },
    select: { id: true, fullName: true },
  });
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.fullName ?? null;
  const keyOf = (row: { subjectKind: string; subjectId: string; days: number }) =>
    `${row.subjectKind}:${row.subjectId}:${row.days}`;
  // what a side wrote to the broker is not for a member of the other side, whatever else that person is
  const isOwn = (row: { organisation: { id: string } }) => isMemberOf(ctx.actor, row.organisation.id);
  const oneSided = new Set(rows.filter(isOwn).map(keyOf));
  const steps = new Map<string, OutcomeStep & { caseId: string }>();
  for (const row of rows) {
    const key = keyOf(row);
    const step = steps.get(key) ?? {
      questionId: row.id,
      subjectKind: row.subjectKind,
      subjectId: row.subjectId,
      caseId: row.caseId,
      days: row.days,
      askedAt: row.askedAt,
      conflict: row.conflict,
      resolution: row.resolution,
      resolvedNote: row.resolvedNote,
      resolvedAt: row.resolvedAt,
      resolvedBy: nameOf(row.resolvedById),
      sides: [],
    };
    step.sides.push({
      questionId: row.id,
      side: row.side,
      organisation: { id: row.organisation.id, name: displayName(row.organisation, ctx.locale) },
      answer: row.answer,
      note: oneSided.has(key) && !isOwn(row) ? null : row.note,
      channel: row.channel,
      answeredAt: row.answeredAt,
      answeredBy: nameOf(row.answeredById),
      phone: false,
    });
    steps.set(key, step);
  }
  return [...steps.values()];
}

export type CaseOutcomes = {
  /** newest first */
  steps: OutcomeStep[];
  /** when both sides are asked next; null when nothing is asked (any more) */
  next: { days: number; on: Date } | null;
};

/** What both sides of a case said came of it, for brokers and leaders of the office; empty for everybody else. */
export async function outcomesOfCase(ctx: Ctx, caseId: string): Promise<CaseOutcomes> {
  const { actor } = ctx;
  const none: CaseOutcomes = { steps: [], next: null };
  if (!maySeeOutcomes(actor) || !isId(caseId)) return none;
  if ((await ctx.db.brokerCase.count({ where: { id: caseId, officeId: actor.officeId } })) === 0) return none;
  const [steps, told] = await Promise.all([stepsWhere(ctx, { caseId }), casesWithTellingDeal(ctx.db, [caseId])]);
  const anchor = (await chaseAnchors(ctx.db, { caseId })).at(-1);
  const said = steps.filter((step) => step.subjectId === anchor?.subjectId).flatMap(repliesOf);
  const now = ctx.clock.now();
  const next =
    anchor && told.size === 0 && !bothStopped(said)
      ? nextStep(anchor.day, localDay(now), await askAfterDays(ctx.db, now))
      : null;
  const byPhone = (step: OutcomeStep, { side, answer }: OutcomeStep["sides"][number]): boolean => {
    if (!mayResolveOutcomes(actor) || step.sides.some((one) => isMemberOf(actor, one.organisation.id))) return false;
    const newer = steps.some((one) => one.askedAt > step.askedAt && one.sides.some((other) => other.side === side));
    return questionState({ answered: answer !== null, newer, dealTells: told.size > 0 }) === "open";
  };
  return {
    steps: steps.map((step) => ({
      ...step,
      sides: step.sides.map((side) => ({ ...side, phone: byPhone(step, side) })),
    })),
    next: next && { days: next.days, on: dateOnly(next.on) },
  };
}

const repliesOf = (step: OutcomeStep) =>
  step.sides.map(({ side, answer }) => ({ side, answer, days: step.days, resolution: step.resolution }));

export type OutcomeTask = {
  caseId: string;
  caseTitle: string;
  broker: string;
  mine: boolean;
  /** since when it waits */
  since: Date;
};
export type OutcomeConflict = OutcomeTask & {
  step: OutcomeStep;
  /** the day by which a broker has looked into it */
  dueOn: Date | null;
  /** the acting broker belongs to one side: another broker looks into it */
  ownSide: boolean;
};
export type OutcomeAgreement = OutcomeTask & {
  answer: "agreed" | "signed";
  /** a deal that does not say so yet; null when there is none */
  dealId: string | null;
};
export type OutcomesToResolve = {
  /** both sides told different stories */
  conflicts: OutcomeConflict[];
  /** a side says they agreed or signed, and no deal of the case says so */
  agreements: OutcomeAgreement[];
};

/**
 * What answers ask of the brokers of the office: contradictions to look into, agreements without a deal. Own cases first,
 * then what waits longest. Null for who is no broker.
 */
export async function outcomesToResolve(ctx: Ctx): Promise<OutcomesToResolve | null> {
  const { actor } = ctx;
  if (!mayResolveOutcomes(actor)) return null;
  const office = { officeId: actor.officeId };
  const [open, agreeing] = await Promise.all([
    stepsWhere(ctx, { ...office, conflict: true, resolvedAt: null }),
    ctx.db.outcomeQuestion.findMany({
      where: {
        ...office,
        OR: [{ answer: { in: ["agreed", "signed"] } }, { resolution: { in: ["agreed", "signed"] } }],
      },
      select: { caseId: true },
      distinct: ["caseId"],
    }),
  ]);
  const told = await casesWithTellingDeal(
    ctx.db,
    agreeing.map((row) => row.caseId),
  );
  const untold = agreeing.map((row) => row.caseId).filter((id) => !told.has(id));
  const [cases, live, steps, dues] = await Promise.all([
    ctx.db.brokerCase.findMany({
      where: { id: { in: [...open.map((step) => step.caseId), ...untold] }, ...office },
      select: { id: true, title: true, brokerId: true, broker: { select: { fullName: true } } },
    }),
    ctx.db.deal.findMany({
      where: { caseId: { in: untold }, status: { in: ["active", "paused"] } },
      select: { id: true, caseId: true },
    }),
    stepsWhere(ctx, { caseId: { in: untold } }),
    ctx.db.due.findMany({
      where: { kind: RESOLVE_DUE, state: "open", subjectId: { in: open.map((step) => step.questionId) } },
      select: { subjectId: true, dueOn: true },
    }),
  ]);
  const taskOf = (caseId: string, since: Date): OutcomeTask | null => {
    const found = cases.find((one) => one.id === caseId);
    return found
      ? {
          caseId,
          caseTitle: found.title,
          broker: found.broker.fullName,
          mine: found.brokerId === actor.personId,
          since,
        }
      : null;
  };
  const conflicts = open.flatMap(({ caseId, ...step }): OutcomeConflict[] => {
    const task = taskOf(caseId, lastAnswerAt([step]));
    const ownSide = step.sides.some((side) => isMemberOf(actor, side.organisation.id));
    const dueOn = dues.find((due) => due.subjectId === step.questionId)?.dueOn ?? null;
    return task ? [{ ...task, step, dueOn, ownSide }] : [];
  });
  const agreements = untold.flatMap((caseId): OutcomeAgreement[] => {
    const ofCase = steps.filter((step) => step.caseId === caseId);
    // of the newest meeting (or introduction) only: earlier words are older than what came after
    const latest = ofCase.filter((step) => step.subjectId === ofCase[0]?.subjectId);
    const answer = agreement(latest.flatMap(repliesOf));
    const dealId = live.find((deal) => deal.caseId === caseId)?.id ?? null;
    const task = taskOf(caseId, lastAnswerAt(latest));
    // "agreed" is what a live deal is for; only a signature is news to it
    return !task || !answer || (answer === "agreed" && dealId) ? [] : [{ ...task, answer, dealId }];
  });
  const ownFirst = (a: OutcomeTask, b: OutcomeTask) =>
    Number(b.mine) - Number(a.mine) || a.since.getTime() - b.since.getTime();
  return { conflicts: conflicts.sort(ownFirst), agreements: agreements.sort(ownFirst) };
}

function lastAnswerAt(steps: OutcomeStep[]): Date {
  const times = steps.flatMap((step) => step.sides.flatMap((side) => side.answeredAt?.getTime() ?? []));
  return new Date(times.length > 0 ? Math.max(...times) : (steps[0]?.askedAt.getTime() ?? 0));
}
