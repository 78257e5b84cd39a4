import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { type Failure, fail } from "~/platform/result";
import { localMoment, localTime } from "../domain/local-time";
import { sidesOf } from "./session-rows.server";

const CONSTRAINTS = ["meeting_table_free", "participant_free"] as const;

/** Which of our exclusion constraints an error speaks of (PostgreSQL 23P01); null when it is another error. */
export function exclusionOf(error: unknown): (typeof CONSTRAINTS)[number] | null {
  if (typeof error !== "object" || error === null) return null;
  const text = `${error instanceof Error ? error.message : ""} ${JSON.stringify(error)}`;
  return text.includes("23P01") ? (CONSTRAINTS.find((one) => text.includes(one)) ?? null) : null;
}

export type WantedSlot = {
  startsAt: Date;
  endsAt: Date;
  tableNumber: number | null;
  sessionId: string;
  organisationIds: readonly string[];
  /** the meeting that moves does not stand in its own way */
  exceptMeetingId?: string;
};

/**
 * Who or what is taken, and until when: asked after the database has refused, so that the words are about what is there. When
 * it has gone meanwhile, the person is asked to choose again.
 */
export async function explainSlot(ctx: Ctx, wanted: WantedSlot): Promise<Failure> {
  const meanwhile = { startsAt: { lt: wanted.endsAt }, endsAt: { gt: wanted.startsAt } };
  const notSelf = wanted.exceptMeetingId ? { not: wanted.exceptMeetingId } : {};
  const names = { select: { nameVi: true, nameEn: true, anonymous: true } } as const;
  const busy = await ctx.db.meetingParticipant.findFirst({
    where: { organisationId: { in: [...wanted.organisationIds] }, active: true, meetingId: notSelf, ...meanwhile },
    orderBy: { endsAt: "desc" },
    select: {
      startsAt: true,
      endsAt: true,
      organisation: names,
      meeting: { select: { session: { select: { title: true } } } },
    },
  });
  if (busy) {
    return fail("sessions:error.organisationTaken", {
      params: {
        name: displayName(busy.organisation, ctx.locale),
        from: localMoment(busy.startsAt),
        until: localTime(busy.endsAt),
        session: busy.meeting.session.title,
      },
    });
  }
  const taken =
    wanted.tableNumber === null
      ? null
      : await ctx.db.meeting.findFirst({
          where: {
            sessionId: wanted.sessionId,
            tableNumber: wanted.tableNumber,
            state: { not: "cancelled" },
            id: notSelf,
            ...meanwhile,
          },
          orderBy: { endsAt: "desc" },
          select: {
            startsAt: true,
            endsAt: true,
            tableNumber: true,
            participants: {
              select: {
                id: true,
                side: true,
                organisationId: true,
                response: true,
                respondedById: true,
                organisation: names,
              },
            },
          },
        });
  if (!taken) return fail("sessions:error.slotTaken");
  return fail("sessions:error.tableTaken", {
    params: {
      table: taken.tableNumber ?? 0,
      sides: sidesOf(ctx, taken),
      from: localTime(taken.startsAt),
      until: localTime(taken.endsAt),
    },
  });
}
