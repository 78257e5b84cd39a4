import type { DealView } from "~/modules/deals/index.server";
import { DEAL_STAGES } from "~/modules/deals/schemas";

export type TrackState = "done" | "current" | "next" | "optional" | "ahead" | "skipped";
export type TrackItem = { stage: string; state: TrackState; on: Date | string | null };
type Tracked = Pick<
  DealView,
  "stage" | "status" | "timeline" | "registration" | "signedOn" | "liquidatedOn" | "createdAt"
>;

/** The registration is part of the way: it was or will be asked for. */
function registers({ registration }: Tracked): boolean {
  return !registration || registration.deadline !== null || registration.filedOn !== null;
}

/** The stages of a deal with what was done, what is under way, what comes next and what this deal does without. */
export function trackOf(deal: Tracked): TrackItem[] {
  const at = DEAL_STAGES.indexOf(deal.stage);
  const reached = new Map<string, Date | string>([["negotiation", deal.createdAt]]);
  // oldest first: the first entry that stands in a stage is when it was reached; a file sent back is reached again
  for (const item of [...deal.timeline].reverse()) if (!reached.has(item.stage)) reached.set(item.stage, item.at);
  if (deal.signedOn) reached.set("signed", deal.signedOn);
  if (deal.registration?.filedOn) reached.set("registration_filed", deal.registration.filedOn);
  if (deal.registration?.certificateOn) reached.set("registered", deal.registration.certificateOn);
  if (deal.liquidatedOn) reached.set("liquidated", deal.liquidatedOn);
  const over = deal.status === "closed";
  let nextTaken = deal.status !== "active";
  return DEAL_STAGES.map((stage, index): TrackItem => {
    const without =
      (stage === "mou" && !reached.has("mou") && at > index) ||
      ((stage === "registration_filed" || stage === "registered") &&
        (!registers(deal) || (at > index && !reached.has(stage))));
    if (without && index !== at) return { stage, state: "skipped", on: null };
    if (index < at || (index === at && over)) return { stage, state: "done", on: reached.get(stage) ?? null };
    if (index === at) return { stage, state: "current", on: reached.get(stage) ?? null };
    // a memorandum is never owed: the step after it is the next one as well
    const next = !nextTaken && stage !== "mou";
    if (next) nextTaken = true;
    return { stage, state: next ? "next" : stage === "mou" ? "optional" : "ahead", on: null };
  });
}
