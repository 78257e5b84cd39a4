/**
 * The way from a suggestion to a finished transfer, as the audit log tells it. A figure is the number of distinct things to
 * which the step's action ever happened: what is taken back, returned or lost later stays counted where it had come to. Only what
 * never happened does not count: a meeting written down as held by mistake (MISTAKEN).
 */
export const FUNNEL = [
  { step: "shortlisted", action: "match.shortlisted", kind: "match" },
  { step: "cases", action: "case.opened", kind: "case" },
  { step: "introduced", action: "introduction.proposed", kind: "introduction" },
  { step: "agreed", action: "introduction.accepted", kind: "introduction" },
  { step: "met", action: "meeting.held", kind: "meeting" },
  { step: "deals", action: "deal.opened", kind: "deal" },
  { step: "signed", action: "deal.signed", kind: "deal" },
  { step: "registered", action: "deal.registered", kind: "deal" },
  { step: "accepted", action: "deal.accepted", kind: "deal" },
  { step: "liquidated", action: "deal.liquidated", kind: "deal" },
] as const;

/** The entry that takes back every earlier "meeting.held" of its meeting, when it says so; held again writes a new one. */
export const MISTAKEN = { action: "meeting.attendance-corrected", state: "no_show" } as const;

export type FunnelStep = (typeof FUNNEL)[number]["step"];
export type FunnelKind = (typeof FUNNEL)[number]["kind"];

export function isFunnelStep(text: string): text is FunnelStep {
  return FUNNEL.some((one) => one.step === text);
}

/** From the first moment of a calendar year in Việt Nam to the first of the next. */
export function yearBounds(year: number): { from: Date; until: Date } {
  const start = (of: number) => new Date(Date.UTC(of, 0, 1) - 7 * 3_600_000);
  return { from: start(year), until: start(year + 1) };
}

/** A year as an address gives it; null for everything else. */
export function readYear(text: string | null): number | null {
  return text !== null && /^20\d\d$/.test(text) ? Number(text) : null;
}
