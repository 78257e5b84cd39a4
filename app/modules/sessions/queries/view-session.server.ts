import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { sessionBlockers } from "../commands/session-rows.server";
import { nextStepOf, PLANNING } from "../domain/session-states";
import { mayWorkSessions, visibleSessions } from "../policy";
import { asFacts, asMeeting, FACTS, namesOf, STAFF_MEETING, storyOf } from "./session-facts.server";
import type { SessionView } from "./views";

/**
 * A session whole: its meetings with each side's answer, what happens next and what stands in its way, the story so far.
 * Brokers of the office; its leaders read. Null when absent or not theirs.
 */
export async function viewSession(ctx: Ctx, id: string): Promise<SessionView | null> {
  if (!isId(id)) return null;
  const row = await ctx.db.connectionSession.findFirst({
    where: { AND: [{ id }, visibleSessions(ctx.actor)] },
    select: { ...FACTS, meetings: { select: STAFF_MEETING, orderBy: [{ startsAt: "asc" }, { tableNumber: "asc" }] } },
  });
  if (!row) return null;
  const { meetings: all, ...facts } = row;
  const meetings = [
    ...all.filter((one) => one.state !== "cancelled"),
    ...all.filter((one) => one.state === "cancelled"),
  ];
  const [nameOf, story] = await Promise.all([
    namesOf(
      ctx,
      meetings.flatMap((one) => one.participants.map((side) => side.respondedById)),
    ),
    storyOf(ctx, id, meetings),
  ]);
  const works = mayWorkSessions(ctx.actor);
  const open = works && PLANNING.includes(row.state);
  const next = nextStepOf(row.state);
  return {
    ...asFacts(ctx, facts),
    meetings: meetings.map((one) => asMeeting(ctx, one, nameOf)),
    story,
    next,
    blockers: next ? sessionBlockers(ctx, next, row, all) : [],
    may: {
      work: works,
      handOver: works && row.state !== "closed" && row.state !== "cancelled",
      edit: open,
      addMeeting: open,
      cancel: open && sessionBlockers(ctx, "cancel", row, all).length === 0,
    },
  };
}
