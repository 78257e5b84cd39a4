import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { SIDES } from "../domain/meeting-states";
import { type SessionStoryItem, tellSessionStory } from "../domain/session-story";
import type { SessionFacts, SessionMeeting } from "./views";

export const FACTS = {
  id: true,
  title: true,
  state: true,
  place: true,
  onlineUrl: true,
  startsAt: true,
  endsAt: true,
  tables: true,
  slotMinutes: true,
  agenda: true,
  cancelReason: true,
  revision: true,
  owner: { select: { id: true, fullName: true, phone: true } },
} satisfies Prisma.ConnectionSessionSelect;
type FactsRow = Prisma.ConnectionSessionGetPayload<{ select: typeof FACTS }>;

export function asFacts(ctx: Pick<Ctx, "actor">, { owner, ...row }: FactsRow): SessionFacts {
  return { ...row, owner, mine: isPerson(ctx.actor) && ctx.actor.personId === owner.id };
}

const ORGANISATION = {
  id: true,
  nameVi: true,
  nameEn: true,
  anonymous: true,
  _count: { select: { memberships: { where: { state: "active" as const } } } },
} as const;

/** A meeting as staff see it. */
export const STAFF_MEETING = {
  id: true,
  state: true,
  startsAt: true,
  endsAt: true,
  tableNumber: true,
  sequence: true,
  revision: true,
  invitedAt: true,
  cancelReason: true,
  caseId: true,
  introductionId: true,
  case: { select: { title: true } },
  participants: {
    orderBy: { side: "asc" },
    select: {
      id: true,
      side: true,
      organisationId: true,
      response: true,
      declineReason: true,
      responseNote: true,
      channel: true,
      respondedAt: true,
      respondedById: true,
      remindedOn: true,
      attended: true,
      organisation: { select: ORGANISATION },
    },
  },
  minutes: {
    select: {
      id: true,
      state: true,
      outcome: true,
      revision: true,
      sentAt: true,
      nextStep: true,
      nextOwner: true,
      nextOn: true,
      stepDoneAt: true,
      stepDoneById: true,
      confirmations: { select: { revision: true, side: true, confirmed: true, byId: true } },
    },
  },
} satisfies Prisma.MeetingSelect;
export type StaffMeetingRow = Prisma.MeetingGetPayload<{ select: typeof STAFF_MEETING }>;

export type NameOf = (personId: string | null) => string | null;

export function asMeeting(ctx: Pick<Ctx, "locale">, row: StaffMeetingRow, nameOf: NameOf): SessionMeeting {
  const { case: of, participants, minutes, ...facts } = row;
  return {
    ...facts,
    caseTitle: of.title,
    participants: participants.map(({ organisation, organisationId, respondedById, ...one }) => ({
      ...one,
      organisation: {
        id: organisationId,
        name: displayName(organisation, ctx.locale),
        members: organisation._count.memberships,
      },
      respondedBy: nameOf(respondedById),
    })),
    minutes: minutes && {
      state: minutes.state,
      outcome: minutes.outcome,
      revision: minutes.revision,
      sentAt: minutes.sentAt,
    },
  };
}

/** "Need side – offering side". */
export function sidesText(
  ctx: Pick<Ctx, "locale">,
  participants: readonly {
    side: "need" | "offering";
    organisation: { nameVi: string; nameEn: string | null; anonymous: boolean };
  }[],
): string {
  return SIDES.flatMap((side) => participants.find((one) => one.side === side) ?? [])
    .map((one) => displayName(one.organisation, ctx.locale))
    .join(" – ");
}

/** Full names of these people. */
export async function namesOf(ctx: Pick<Ctx, "db">, ids: readonly (string | null | undefined)[]): Promise<NameOf> {
  const people = await ctx.db.person.findMany({
    where: { id: { in: [...new Set(ids.flatMap((one) => one ?? []))] } },
    select: { id: true, fullName: true },
  });
  const names = new Map(people.map((person) => [person.id, person.fullName]));
  return (id) => (id ? (names.get(id) ?? null) : null);
}

/** The story of a session and these of its meetings (of the meetings alone when `sessionId` is null). */
export async function storyOf(
  ctx: Pick<Ctx, "db" | "locale">,
  sessionId: string | null,
  meetings: readonly StaffMeetingRow[],
): Promise<SessionStoryItem[]> {
  const sides = new Map(meetings.map((one) => [one.id, sidesText(ctx, one.participants)]));
  const entries = await ctx.db.auditEntry.findMany({
    where: {
      OR: [
        ...(sessionId ? [{ subjectKind: "session", subjectId: sessionId }] : []),
        { subjectKind: "meeting", subjectId: { in: [...sides.keys()] } },
      ],
    },
    orderBy: { seq: "asc" },
    select: {
      id: true,
      at: true,
      seq: true,
      action: true,
      subjectId: true,
      actorId: true,
      onBehalfOfId: true,
      after: true,
    },
  });
  const nameOf = await namesOf(
    ctx,
    entries.map((entry) => entry.actorId ?? entry.onBehalfOfId),
  );
  return tellSessionStory(entries, nameOf, (id) => sides.get(id) ?? null);
}
