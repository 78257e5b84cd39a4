import type { ChaseAnswer, ChaseSubject, Side } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";

/** What every question's row is read with. */
export type QuestionRow = {
  id: string;
  subjectKind: ChaseSubject;
  subjectId: string;
  caseId: string;
  days: number;
  side: Side;
  organisationId: string;
  askedAt: Date;
  answer: ChaseAnswer | null;
  answeredById: string | null;
};

export type OutcomeSubject = {
  introductionId: string;
  /** the meeting's time, or when both had agreed */
  on: Date;
  organisation: Record<Side, string>;
  /** what a side knows the matter by: the other side's listing, else its own */
  titleFor: (side: Side) => { text: string; lang: "vi" | "en" } | null;
};

export const subjectKey = (row: { subjectKind: ChaseSubject; subjectId: string }): string =>
  `${row.subjectKind}:${row.subjectId}`;

const INTRODUCTION = {
  id: true,
  settledAt: true,
  proposedAt: true,
  needVersionId: true,
  offeringVersionId: true,
  sides: {
    select: { side: true, organisation: { select: { nameVi: true, nameEn: true, anonymous: true } } },
  },
} as const;

/** Meetings and introductions that questions are about, by `subjectKey`. */
export async function describeSubjects(
  ctx: Ctx,
  rows: readonly { subjectKind: ChaseSubject; subjectId: string }[],
): Promise<Map<string, OutcomeSubject>> {
  const idsOf = (kind: ChaseSubject) => rows.filter((row) => row.subjectKind === kind).map((row) => row.subjectId);
  const [meetings, introductions] = await Promise.all([
    ctx.db.meeting.findMany({
      where: { id: { in: idsOf("meeting") } },
      select: { id: true, startsAt: true, introduction: { select: INTRODUCTION } },
    }),
    ctx.db.introduction.findMany({ where: { id: { in: idsOf("introduction") } }, select: INTRODUCTION }),
  ]);
  const about = [
    ...meetings.map((row) => ({ key: `meeting:${row.id}`, on: row.startsAt, introduction: row.introduction })),
    ...introductions.map((row) => ({
      key: `introduction:${row.id}`,
      on: row.settledAt ?? row.proposedAt,
      introduction: row,
    })),
  ];
  const versionIds = about.flatMap(({ introduction }) => [introduction.needVersionId, introduction.offeringVersionId]);
  const texts = await ctx.db.listingVersion.findMany({
    where: { id: { in: versionIds.flatMap((id) => id ?? []) } },
    select: { id: true, texts: { select: { lang: true, title: true }, orderBy: { lang: "desc" } } },
  });
  const titleOf = (versionId: string | null) => {
    const version = texts.find((one) => one.id === versionId);
    const text = version?.texts.find((one) => one.lang === ctx.locale) ?? version?.texts[0];
    return text ? { text: text.title, lang: text.lang } : null;
  };
  return new Map(
    about.map(({ key, on, introduction }) => {
      const title: Record<Side, ReturnType<typeof titleOf>> = {
        need: titleOf(introduction.needVersionId),
        offering: titleOf(introduction.offeringVersionId),
      };
      const nameOf = (side: Side) =>
        displayName(introduction.sides.find((one) => one.side === side)?.organisation ?? null, ctx.locale);
      return [
        key,
        {
          introductionId: introduction.id,
          on,
          organisation: { need: nameOf("need"), offering: nameOf("offering") },
          titleFor: (side: Side) => title[side === "need" ? "offering" : "need"] ?? title[side],
        },
      ];
    }),
  );
}
