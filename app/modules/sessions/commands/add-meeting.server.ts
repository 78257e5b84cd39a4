import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import { isOneSide } from "~/modules/brokering/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isUniqueViolation, type Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { isPastDay, localMoment } from "../domain/local-time";
import { MEETING_AUDIT, PLANNED } from "../domain/meeting-states";
import { INVITED } from "../domain/session-states";
import { mayWorkSessions } from "../policy";
import type { MeetingInput } from "../schemas";
import { misfit } from "./fit-meeting";
import { lockSession, planRefusal } from "./session-rows.server";
import { exclusionOf, explainSlot } from "./slot-conflicts.server";

/**
 * Plans a 1:1 meeting of an accepted introduction at a time and table of the session; its two organisations become the
 * participants. A session that has invited invites them at once. The database keeps a table and an organisation from being
 * in two meetings at a time; who is refused hears who or what is taken, and until when.
 * Failures: common:notFound, common:invalid (in the past), sessions:error.{ownOrganisation,introductionNotAccepted,partyGone,
 * alreadyPlanned,outsideSession,tableUnknown,noTables,onlineUrlNeeded,tableTaken,organisationTaken,slotTaken,session…}.
 */
export async function addMeeting(
  ctx: Ctx,
  input: MeetingInput & { sessionId: string },
): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  if (!mayWorkSessions(actor)) return fail("common:notFound");
  const id = newId();
  let organisationIds: string[] = [];
  try {
    return await transact(ctx, async (tx) => {
      const session = await lockSession(tx, input.sessionId, "share");
      if (!session || session.officeId !== actor.officeId) return fail("common:notFound");
      const closed = planRefusal(session.state);
      if (closed) return closed;
      const introduction = await introductionOf(tx, input.introductionId, actor.officeId);
      if (!introduction) return fail("common:notFound");
      organisationIds = introduction.sides.map((one) => one.organisationId);
      if (isOneSide(actor, introduction.sides)) return fail("sessions:error.ownOrganisation");
      if (introduction.state !== "accepted") return fail("sessions:error.introductionNotAccepted");
      const gone = introduction.sides.find((one) => !["pending", "verified"].includes(one.organisation.state));
      if (gone)
        return fail("sessions:error.partyGone", { params: { name: displayName(gone.organisation, ctx.locale) } });
      const now = ctx.clock.now();
      // two who met at a table today are written down today; another day is no place to begin
      if (isPastDay(input.startsAt, now))
        return fail("common:invalid", { fields: { startTime: ["sessions:error.datePast"] } });
      const unfit = misfit(input, session) ?? (await plannedAlready(tx, introduction.id));
      if (unfit) return unfit;

      const invitedAt = INVITED.includes(session.state) ? now : null;
      const { startsAt, endsAt, tableNumber } = input;
      await tx.meeting.create({
        data: {
          id,
          sessionId: session.id,
          introductionId: introduction.id,
          caseId: introduction.caseId,
          startsAt,
          endsAt,
          tableNumber,
          uid: `meeting-${id}@${new URL(ctx.env.PUBLIC_URL).hostname}`,
          invitedAt,
          changedAt: now,
          createdAt: now,
        },
      });
      // in one order whoever plans: two plans about the same organisations wait for one another instead of both failing
      const participants: Prisma.MeetingParticipantCreateManyInput[] = introduction.sides
        .map(({ side, organisationId }) => ({ id: newId(), meetingId: id, side, organisationId, startsAt, endsAt }))
        .sort((a, b) => (a.organisationId < b.organisationId ? -1 : 1));
      await tx.meetingParticipant.createMany({ data: participants });
      await audit(tx, ctx, {
        action: MEETING_AUDIT.planned,
        subjectKind: "meeting",
        subjectId: id,
        after: {
          state: PLANNED.state,
          sequence: PLANNED.sequence,
          sessionId: session.id,
          introductionId: introduction.id,
          startsAt: startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          tableNumber,
        },
      });
      // nobody is invited to what has begun
      if (invitedAt && startsAt > now)
        for (const one of participants) await emit(tx, ctx, "meeting.invited", id, { participantId: one.id });
      return ok({ id });
    });
  } catch (error) {
    // what the checks above did not see was written at the same moment
    if (exclusionOf(error)) return explainSlot(ctx, { ...input, organisationIds });
    if (isUniqueViolation(error))
      return (await plannedAlready(ctx.db, input.introductionId)) ?? fail("sessions:error.slotTaken");
    throw error;
  }
}

const introductionOf = (tx: Tx, id: string, officeId: string) =>
  tx.introduction.findFirst({
    where: { id, case: { officeId } },
    select: {
      id: true,
      state: true,
      caseId: true,
      sides: {
        select: {
          side: true,
          organisationId: true,
          organisation: { select: { state: true, nameVi: true, nameEn: true, anonymous: true } },
        },
      },
    },
  });

async function plannedAlready(db: Tx, introductionId: string): Promise<Failure | null> {
  const other = await db.meeting.findFirst({
    where: { introductionId, state: "planned" },
    select: { startsAt: true, session: { select: { title: true } } },
  });
  if (!other) return null;
  return fail("sessions:error.alreadyPlanned", {
    params: { at: localMoment(other.startsAt), session: other.session.title },
  });
}
