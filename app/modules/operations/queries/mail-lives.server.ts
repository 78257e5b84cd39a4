import type { MailState } from "~/generated/prisma/enums";
import { isOfficeBroker } from "~/modules/listings/index.server";
import { type Ctx, hasGrant } from "~/platform/context";
import { isId } from "~/platform/ids";
import { maskAddress } from "~/platform/mask-address";
import { describeSubjects, type Subject, type SubjectRef } from "./describe-subjects.server";

/** What a page of mails may be about. */
export const MAIL_SUBJECTS = ["listing", "case", "introduction", "meeting", "session", "deal"] as const;
export type MailSubject = (typeof MAIL_SUBJECTS)[number];

export type MailLife = {
  id: string;
  kind: string;
  subjectKind: string;
  /** whole for the office's brokers, masked for everybody else */
  to: string;
  person: string | null;
  state: MailState;
  attempts: number;
  createdAt: Date;
  /** waits until then: its reader's quiet hours or a slow recipient's server */
  sendAfter: Date | null;
  claimedAt: Date | null;
  sentAt: Date | null;
  /** what the mail server said last when it did not take the mail */
  answer: string | null;
  /** refusals, at once or reported later, oldest first */
  refusals: { at: Date; later: boolean; status: string; said: string }[];
  /** the request (or sweep) that led to it, as in the logs */
  requestId: string | null;
};
export type MailLives = {
  subject: Subject;
  mails: MailLife[];
  /** more than are shown */
  more: boolean;
  masked: boolean;
};

const SHOWN = 200;

/**
 * Every mail that speaks of a listing, case, introduction, meeting, session or deal, newest first: to whom, when, how often
 * tried, what the mail server said. For staff who may see the thing itself; null for others. Words and links of a mail are
 * not read: a one-time token is in no column, and its place is not shown either.
 */
export async function mailLives(ctx: Ctx, kind: string, id: string): Promise<MailLives | null> {
  if (!isMailSubject(kind) || !isId(id)) return null;
  const refs = await refsOf(ctx, kind, id);
  if (!refs) return null;
  const rows = await ctx.db.mail.findMany({
    where: { OR: refs.map((ref) => ({ subjectKind: ref.kind, subjectId: ref.id })) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: SHOWN + 1,
    select: {
      id: true,
      kind: true,
      subjectKind: true,
      toAddress: true,
      state: true,
      attempts: true,
      createdAt: true,
      sendAfter: true,
      claimedAt: true,
      sentAt: true,
      lastError: true,
      requestId: true,
      person: { select: { fullName: true } },
      refusals: { select: { at: true, source: true, status: true, said: true }, orderBy: { at: "asc" }, take: 10 },
    },
  });
  const subject = (await describeSubjects(ctx, [{ kind, id }])).get(id);
  const whole = hasGrant(ctx.actor, "broker");
  return {
    subject: subject ?? { kind, id, reference: null, title: null, to: null },
    mails: rows.slice(0, SHOWN).map(({ toAddress, lastError, person, subjectKind, refusals, ...row }) => ({
      ...row,
      subjectKind: subjectKind ?? kind,
      to: whole ? toAddress : maskAddress(toAddress),
      person: person?.fullName ?? null,
      answer: lastError,
      refusals: refusals.map(({ source, ...refusal }) => ({ ...refusal, later: source === "report" })),
    })),
    more: rows.length > SHOWN,
    masked: !whole,
  };
}

const isMailSubject = (kind: string): kind is MailSubject => MAIL_SUBJECTS.some((one) => one === kind);

/** The things whose mails belong to the subject; null when this reader may not see it. */
async function refsOf(ctx: Ctx, kind: MailSubject, id: string): Promise<SubjectRef[] | null> {
  const { actor, db } = ctx;
  const own: SubjectRef[] = [{ kind, id }];
  if (actor.kind !== "person") return null;
  const office = { id, officeId: actor.officeId };
  switch (kind) {
    case "listing": {
      const listing = await db.listing.findUnique({ where: { id }, select: { officeId: true, state: true } });
      if (!listing || !isOfficeBroker(actor, listing.officeId)) return null;
      const interests = await db.interest.findMany({ where: { listingId: id }, select: { id: true } });
      return [...own, ...interests.map((one) => ({ kind: "interest", id: one.id }))];
    }
    case "case": {
      if (!hasGrant(actor, "broker", "leader") || (await db.brokerCase.count({ where: office })) === 0) return null;
      const [introductions, meetings, deals, questions] = await Promise.all([
        db.introduction.findMany({ where: { caseId: id }, select: { id: true } }),
        db.meeting.findMany({ where: { caseId: id }, select: { id: true } }),
        db.deal.findMany({ where: { caseId: id }, select: { id: true } }),
        db.outcomeQuestion.findMany({ where: { caseId: id }, select: { id: true } }),
      ]);
      return [
        ...own,
        ...introductions.map((one) => ({ kind: "introduction", id: one.id })),
        ...meetings.map((one) => ({ kind: "meeting", id: one.id })),
        ...deals.map((one) => ({ kind: "deal", id: one.id })),
        ...questions.map((one) => ({ kind: "outcome-question", id: one.id })),
      ];
    }
    case "introduction": {
      const found = await db.introduction.count({ where: { id, case: { officeId: actor.officeId } } });
      return hasGrant(actor, "broker", "leader") && found > 0 ? own : null;
    }
    case "meeting": {
      const found = await db.meeting.count({ where: { id, session: { officeId: actor.officeId } } });
      return hasGrant(actor, "broker", "leader") && found > 0 ? own : null;
    }
    case "session": {
      if (!hasGrant(actor, "broker", "leader") || (await db.connectionSession.count({ where: office })) === 0)
        return null;
      const meetings = await db.meeting.findMany({ where: { sessionId: id }, select: { id: true } });
      return [...own, ...meetings.map((one) => ({ kind: "meeting", id: one.id }))];
    }
    case "deal": {
      if (!hasGrant(actor, "broker", "leader", "registrar")) return null;
      // who belongs to a party reads what that party reads
      const parties = actor.memberships.map((membership) => membership.organisationId);
      const deal = await db.deal.findFirst({ where: office, select: { transferorId: true, transfereeId: true } });
      const party = [deal?.transferorId, deal?.transfereeId].some((one) => one && parties.includes(one));
      return deal && !party ? own : null;
    }
  }
}
