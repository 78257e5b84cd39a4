import { type CaseView, viewCase } from "~/modules/brokering/index.server";
import { type CaseDeal, type CaseOutcomes, dealsOfCase, outcomesOfCase } from "~/modules/deals/index.server";
import { type CaseMeeting, meetingsOfCase } from "~/modules/sessions/index.server";
import type { Ctx } from "~/platform/context";

export type CaseFile = {
  view: CaseView;
  meetings: CaseMeeting[];
  deals: CaseDeal[];
  outcomes: CaseOutcomes;
  next: {
    /** both sides agreed and no meeting is planned */
    arrange: boolean;
    /** two parties who were introduced, or met without being asked, and no deal under way */
    openDeal: boolean;
  };
};

const GOES_ON: readonly string[] = ["meeting_arranged", "deal_follows"];

/** A case with everything that came of it: meetings, deals, what both sides said. Null when absent or not theirs. */
export async function caseFile(ctx: Ctx, id: string): Promise<CaseFile | null> {
  const view = await viewCase(ctx, id);
  if (!view) return null;
  const [meetings, deals, outcomes] = await Promise.all([
    meetingsOfCase(ctx, id),
    dealsOfCase(ctx, id),
    outcomesOfCase(ctx, id),
  ]);
  // closed because it went on elsewhere, or still open: then there is a next step to take from here
  const goesOn = view.state === "open" || GOES_ON.includes(view.closeReason ?? "");
  const accepted = view.introductions.some((one) => one.state === "accepted");
  // who was only matched or asked has not agreed to be named to the other side; a deal would name them
  const strangers = view.introductions.length > 0 || view.origin === "match" || view.origin === "interest";
  const planned = meetings.some((meeting) => meeting.state === "planned");
  const live = deals.some((deal) => deal.status === "active" || deal.status === "paused");
  return {
    view,
    meetings,
    deals,
    outcomes,
    next: {
      arrange: view.may.work && goesOn && accepted && !planned,
      openDeal: view.may.work && goesOn && view.parties.length === 2 && (accepted || !strangers) && !live,
    },
  };
}
