import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { Db, Tx } from "~/platform/db/client.server";
import { isId } from "~/platform/ids";
import { visibleSessions } from "../policy";
import type { CaseMeeting, MeetingFacts } from "./views";

/** Meetings of a case, latest first, for brokers and leaders of the office; nothing for others. */
export async function meetingsOfCase(ctx: Ctx, caseId: string): Promise<CaseMeeting[]> {
  if (!isId(caseId)) return [];
  const rows = await ctx.db.meeting.findMany({
    where: { AND: [{ caseId }, { session: visibleSessions(ctx.actor) }] },
    orderBy: [{ startsAt: "desc" }, { id: "desc" }],
    select: {
      id: true,
      sessionId: true,
      introductionId: true,
      state: true,
      startsAt: true,
      endsAt: true,
      tableNumber: true,
      cancelReason: true,
      session: { select: { title: true, place: true } },
      participants: { select: { side: true, response: true, attended: true }, orderBy: { side: "asc" } },
      minutes: {
        select: {
          state: true,
          outcome: true,
          nextStep: true,
          nextOwner: true,
          nextOn: true,
          sentAt: true,
          stepDoneAt: true,
        },
      },
    },
  });
  return rows.map(({ session, participants, minutes, ...row }) => ({
    ...row,
    // a draft outlives a correction of who came; of a meeting that was not held it says nothing
    minutes: row.state === "held" ? minutes : null,
    sessionTitle: session.title,
    place: session.place,
    online: row.tableNumber === null,
    responses: participants,
  }));
}

/** What deals and the outcome chase need of a meeting; null when there is none. Not authorised: for other contexts' commands. */
export async function meetingFacts(db: Db | Tx, meetingId: string): Promise<MeetingFacts | null> {
  if (!isId(meetingId)) return null;
  const row = await db.meeting.findUnique({
    where: { id: meetingId },
    select: {
      id: true,
      sessionId: true,
      caseId: true,
      introductionId: true,
      state: true,
      startsAt: true,
      endsAt: true,
      session: { select: { officeId: true, ownerId: true } },
      introduction: { select: { needId: true, offeringId: true } },
      participants: {
        orderBy: { side: "asc" },
        select: {
          id: true,
          side: true,
          organisationId: true,
          organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
        },
      },
      minutes: { select: { state: true, outcome: true, sentAt: true } },
    },
  });
  if (!row) return null;
  const { session, introduction, participants, ...facts } = row;
  return {
    ...facts,
    ...session,
    ...introduction,
    sides: participants.map(({ id, organisation, ...one }) => ({
      ...one,
      participantId: id,
      organisation: displayName(organisation, "vi"),
    })),
  };
}
