import type { DealOrigin, Side } from "~/generated/prisma/enums";
import type { Ctx, PersonActor } from "~/platform/context";
import { isId } from "~/platform/ids";

/** What a link to a new deal brings with it. The need's side takes the technology over, the offering's side gives it. */
export type DealSource = {
  origin: DealOrigin;
  caseId: string | null;
  introductionId: string | null;
  meetingId: string | null;
  title: string | null;
  needId: string | null;
  offeringId: string | null;
  transferorId: string | null;
  transfereeId: string | null;
  /** both sides agreed to talk: the parties are these two organisations, whatever a form says */
  bound: boolean;
};
export type SourceAsk = { caseId?: string | null; introductionId?: string | null; meetingId?: string | null };

const NOTHING: DealSource = {
  origin: "other",
  caseId: null,
  introductionId: null,
  meetingId: null,
  title: null,
  needId: null,
  offeringId: null,
  transferorId: null,
  transfereeId: null,
  bound: false,
};

const INTRODUCTION = {
  id: true,
  needId: true,
  offeringId: true,
  caseId: true,
  case: { select: { title: true } },
  sides: { select: { side: true, organisationId: true } },
} as const;

const partyOf = (sides: { side: Side; organisationId: string }[], side: Side) =>
  sides.find((one) => one.side === side)?.organisationId ?? null;

/**
 * What the link says the deal comes from: a meeting whose minutes say to go on, an accepted introduction, a case, or
 * nothing; all of the actor's office.
 */
export async function dealSource(ctx: Ctx, actor: PersonActor, ask: SourceAsk): Promise<DealSource | "gone"> {
  const ids = [ask.meetingId, ask.introductionId, ask.caseId].filter(Boolean);
  if (ids.some((id) => !isId(id))) return "gone";
  const { officeId } = actor;
  if (ask.meetingId) {
    const meeting = await ctx.db.meeting.findFirst({
      where: {
        id: ask.meetingId,
        state: "held",
        session: { officeId },
        minutes: { state: { in: ["sent", "confirmed"] }, outcome: { not: "not_suitable" } },
      },
      select: { id: true, introduction: { select: INTRODUCTION } },
    });
    return meeting ? { ...fromIntroduction(meeting.introduction), origin: "meeting", meetingId: meeting.id } : "gone";
  }
  if (ask.introductionId) {
    const introduction = await ctx.db.introduction.findFirst({
      where: { id: ask.introductionId, state: "accepted", case: { officeId } },
      select: INTRODUCTION,
    });
    return introduction ? fromIntroduction(introduction) : "gone";
  }
  if (!ask.caseId) return NOTHING;
  const found = await ctx.db.brokerCase.findFirst({
    where: { id: ask.caseId, officeId },
    select: {
      id: true,
      title: true,
      origin: true,
      needId: true,
      offeringId: true,
      parties: { select: { side: true, organisationId: true } },
      introductions: {
        orderBy: { settledAt: { sort: "desc", nulls: "last" } },
        select: { ...INTRODUCTION, state: true },
      },
    },
  });
  if (!found) return "gone";
  const accepted = found.introductions.find((one) => one.state === "accepted");
  if (accepted) return fromIntroduction(accepted);
  // a deal names both sides to each other: who was asked and has not agreed, or was only matched, is not named this way
  const strangers = found.origin === "match" || found.origin === "interest";
  if (found.introductions.length > 0 || strangers) return "gone";
  return {
    ...NOTHING,
    origin: found.origin === "fair" || found.origin === "phone" ? found.origin : "other",
    caseId: found.id,
    title: found.title,
    needId: found.needId,
    offeringId: found.offeringId,
    transferorId: partyOf(found.parties, "offering"),
    transfereeId: partyOf(found.parties, "need"),
  };
}

type IntroductionRow = {
  id: string;
  needId: string | null;
  offeringId: string | null;
  caseId: string;
  case: { title: string };
  sides: { side: Side; organisationId: string }[];
};

function fromIntroduction(row: IntroductionRow): DealSource {
  return {
    origin: "introduction",
    caseId: row.caseId,
    introductionId: row.id,
    meetingId: null,
    title: row.case.title,
    needId: row.needId,
    offeringId: row.offeringId,
    transferorId: partyOf(row.sides, "offering"),
    transfereeId: partyOf(row.sides, "need"),
    bound: true,
  };
}
