import { displayName } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { STEP_DUE, WRITE_DUE } from "../commands/session-rows.server";
import { maySeeSessions, visibleSessions } from "../policy";
import { sidesText } from "./session-facts.server";
import type { BrokerSessionTask } from "./views";

const LIMIT = 200;

/**
 * What brokers have to do about meetings: sides that are silent or declined, attendance to record, minutes to write or to
 * correct, next steps that are due. By date; `mine` = of sessions the acting broker runs. Nothing for others.
 */
export async function brokerSessionTasks(ctx: Ctx, ask: { mine?: boolean } = {}): Promise<BrokerSessionTask[]> {
  const { actor } = ctx;
  if (!isPerson(actor) || !maySeeSessions(actor)) return [];
  const now = ctx.clock.now();
  const today = dateOnly(localDay(now));
  const rows = await ctx.db.meeting.findMany({
    where: {
      session: { AND: [visibleSessions(actor), ask.mine ? { ownerId: actor.personId } : {}] },
      OR: [
        { state: "planned", invitedAt: { not: null } },
        { state: "held", OR: [{ minutes: null }, { minutes: { state: { in: ["draft", "disputed"] } } }] },
        { state: "held", minutes: { nextOn: { lte: today }, stepDoneAt: null, sentAt: { not: null } } },
      ],
    },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    take: LIMIT,
    select: {
      id: true,
      state: true,
      startsAt: true,
      endsAt: true,
      session: { select: { id: true, title: true, ownerId: true } },
      participants: {
        select: {
          side: true,
          response: true,
          organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
        },
      },
      minutes: { select: { state: true, sentAt: true, nextStep: true, nextOn: true, stepDoneAt: true } },
    },
  });
  const dues = await ctx.db.due.findMany({
    where: {
      kind: { in: [WRITE_DUE, STEP_DUE] },
      subjectKind: "meeting",
      state: "open",
      subjectId: { in: rows.map((row) => row.id) },
    },
    select: { subjectId: true, kind: true, dueOn: true },
  });
  const dueOn = (id: string, kind: string) => dues.find((due) => due.subjectId === id && due.kind === kind)?.dueOn;
  return rows
    .flatMap((row): BrokerSessionTask[] => {
      const task = (kind: BrokerSessionTask["kind"], at: Date, overdue: boolean, detail: string | null = null) => ({
        kind,
        sessionId: row.session.id,
        sessionTitle: row.session.title,
        meetingId: row.id,
        sides: sidesText(ctx, row.participants),
        detail,
        at,
        overdue,
        mine: row.session.ownerId === actor.personId,
      });
      const names = (response: "none" | "declined") =>
        row.participants
          .filter((one) => one.response === response)
          .map((one) => displayName(one.organisation, ctx.locale))
          .join(", ");
      if (row.state === "planned") {
        if (row.startsAt <= now) return [task("attendance", row.startsAt, row.endsAt < now)];
        return [
          ...(names("declined") ? [task("declined", row.startsAt, false, names("declined"))] : []),
          ...(names("none") ? [task("unanswered", row.startsAt, false, names("none"))] : []),
        ];
      }
      const { minutes } = row;
      const tasks: BrokerSessionTask[] = [];
      if (!minutes || minutes.state === "draft" || minutes.state === "disputed") {
        const at = dueOn(row.id, WRITE_DUE) ?? row.endsAt;
        tasks.push(task(minutes?.state === "disputed" ? "disputed" : "write", at, at < today));
      }
      if (minutes?.sentAt && minutes.nextOn && minutes.nextOn <= today && !minutes.stepDoneAt)
        tasks.push(task("step", minutes.nextOn, minutes.nextOn < today, minutes.nextStep));
      return tasks;
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
