import { openIntroductionsOf } from "~/modules/brokering/index.server";
import { openDealsOf, openOutcomesOf } from "~/modules/deals/index.server";
import { openMeetingsOf } from "~/modules/sessions/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { WaitingItem } from "../domain/waiting";

/** What waits for a member after a match: introductions, meetings and minutes, deals, what came of it. */
export async function waitingConnections(ctx: Ctx): Promise<WaitingItem[]> {
  const [introductions, meetings, deals, outcomes] = await Promise.all([
    openIntroductionsOf(ctx),
    openMeetingsOf(ctx),
    openDealsOf(ctx),
    openOutcomesOf(ctx),
  ]);
  const moved = await dealsMovedAt(
    ctx,
    deals.map((deal) => deal.dealId),
  );
  return [
    ...introductions.map((i): WaitingItem => {
      const key = i.title === null ? "Untitled" : "";
      return {
        id: `introduction-${i.introductionId}`,
        key: `${i.myMove ? "introductionToAnswer" : "introductionWaiting"}${key}`,
        params: { title: i.title ?? "" },
        to: `/introductions/${i.introductionId}`,
        who: i.myMove ? "you" : "broker",
        since: i.proposedAt,
        dueOn: i.replyBy,
      };
    }),
    ...meetings.map(
      (m): WaitingItem => ({
        id: `meeting-${m.meetingId}-${m.kind}`,
        key: `meeting.${m.kind}`,
        params: { other: m.other, at: clockTime(m.at), step: m.nextStep ?? "" },
        to: `/meetings/${m.meetingId}`,
        who: "you",
        since: m.at,
        // feedback may be given, it is never late
        dueOn: m.kind === "feedback" ? null : dateOnly(localDay(m.at)),
      }),
    ),
    ...deals.map(
      (d): WaitingItem => ({
        id: `deal-${d.dealId}-${d.kind}-${d.what ?? ""}`,
        key: `deal.${d.kind}`,
        params: { title: d.title, reference: d.reference, what: d.what ?? "" },
        to: `/deals/${d.dealId}`,
        who: d.kind === "follow" ? "broker" : "you",
        since: moved.get(d.dealId) ?? ctx.clock.now(),
        dueOn: d.dueOn ? dateOnly(d.dueOn) : null,
      }),
    ),
    ...outcomes.map(
      (o): WaitingItem => ({
        id: `outcome-${o.id}`,
        key: `outcome.${o.subjectKind}`,
        params: { other: o.other },
        to: `/outcomes/${o.id}`,
        who: "you",
        since: o.askedAt,
        dueOn: null,
      }),
    ),
  ];
}

/** HH:mm in Việt Nam. */
const clockTime = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(11, 16);

/** When these deals last took a step: what waits without a date says since when. */
export async function dealsMovedAt(ctx: Ctx, ids: string[]): Promise<Map<string, Date>> {
  const rows = await ctx.db.dealEvent.groupBy({
    by: ["dealId"],
    where: { dealId: { in: ids } },
    _max: { at: true },
  });
  return new Map(rows.flatMap(({ dealId, _max }) => (_max.at ? [[dealId, _max.at] as const] : [])));
}
