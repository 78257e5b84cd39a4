import type { AnswerState, IntroductionState, Side } from "~/generated/prisma/enums";

export const SIDES: readonly Side[] = ["need", "offering"];

/** What can happen to an introduction. `accept` and `decline` are one side's; `expire` is the clock's; `withdraw` the broker's. */
export type IntroductionAction = { kind: "accept" | "decline"; side: Side } | { kind: "expire" } | { kind: "withdraw" };

/** Where an introduction stands: its state and each side's answer. */
export type IntroductionSnapshot = { state: IntroductionState; sides: Record<Side, AnswerState> };

/** What an action amounts to once the other side's answer is known. */
export type IntroductionStep = "first_accept" | "last_accept" | "decline" | "expire" | "withdraw";

/**
 * The life of an introduction. Contacts open in `accepted` only, and only `last_accept` leads there. Every state but
 * `proposed` is final: a new attempt is a new introduction.
 */
export const TRANSITIONS: Record<IntroductionState, Partial<Record<IntroductionStep, IntroductionState>>> = {
  proposed: {
    first_accept: "proposed",
    last_accept: "accepted",
    decline: "declined",
    expire: "expired",
    withdraw: "withdrawn",
  },
  accepted: {},
  declined: {},
  expired: {},
  withdrawn: {},
};

/** A newly proposed introduction: both sides asked. */
export const PROPOSED: IntroductionSnapshot = { state: "proposed", sides: { need: "asked", offering: "asked" } };

export const otherSide = (side: Side): Side => (side === "need" ? "offering" : "need");

function stepOf(before: IntroductionSnapshot, action: IntroductionAction): IntroductionStep | null {
  if (action.kind === "expire" || action.kind === "withdraw") return action.kind;
  // an answer is given once
  if (before.sides[action.side] !== "asked") return null;
  if (action.kind === "decline") return "decline";
  return before.sides[otherSide(action.side)] === "accepted" ? "last_accept" : "first_accept";
}

/** Where the introduction stands after an action; null when the action is not possible now. */
export function afterAction(before: IntroductionSnapshot, action: IntroductionAction): IntroductionSnapshot | null {
  const step = stepOf(before, action);
  const state = step && TRANSITIONS[before.state][step];
  if (!state) return null;
  if (action.kind === "expire" || action.kind === "withdraw") return { ...before, state };
  return { state, sides: { ...before.sides, [action.side]: action.kind === "accept" ? "accepted" : "declined" } };
}

/** The audit log's words for each action, so that the log can be played back. */
export const AUDIT_ACTIONS = {
  proposed: "introduction.proposed",
  answered: "introduction.side-answered",
  expired: "introduction.expired",
  withdrawn: "introduction.withdrawn",
} as const;

type LoggedEntry = { action: string; after: unknown };

function loggedAction(entry: LoggedEntry): IntroductionAction | null {
  if (entry.action === AUDIT_ACTIONS.expired) return { kind: "expire" };
  if (entry.action === AUDIT_ACTIONS.withdrawn) return { kind: "withdraw" };
  if (entry.action !== AUDIT_ACTIONS.answered || typeof entry.after !== "object" || entry.after === null) return null;
  const { side, answer } = entry.after as { side?: unknown; answer?: unknown };
  if ((side !== "need" && side !== "offering") || (answer !== "accepted" && answer !== "declined")) return null;
  return { kind: answer === "accepted" ? "accept" : "decline", side };
}

/**
 * Plays an introduction's audit entries (oldest first) through the transition table.
 * @throws Error when the log holds an action that was not possible at its place
 */
export function replay(entries: readonly LoggedEntry[]): IntroductionSnapshot | null {
  let now: IntroductionSnapshot | null = null;
  for (const entry of entries) {
    if (entry.action === AUDIT_ACTIONS.proposed) {
      if (now) throw new Error("proposed twice");
      now = PROPOSED;
      continue;
    }
    const action = loggedAction(entry);
    if (!action) continue;
    now = now && afterAction(now, action);
    if (!now) throw new Error(`${entry.action} was not possible`);
  }
  return now;
}
