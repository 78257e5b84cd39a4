import type { MinutesState, Side } from "~/generated/prisma/enums";
import { isRecord, type LoggedEntry } from "./replay";

export type MinutesAction = { kind: "save" } | { kind: "send" } | { kind: "answer"; side: Side; confirmed: boolean };
export type MinutesAnswer = "none" | "confirmed" | "disputed";

/** Where the minutes stand: state, revision, and each side's answer to this revision. */
export type MinutesSnapshot = { state: MinutesState; revision: number; answers: Record<Side, MinutesAnswer> };

type Step = "save" | "send" | "first_confirm" | "last_confirm" | "dispute";

/**
 * The life of minutes. Every save is a new revision; sides answer the revision they read. What was sent may be corrected by
 * sending again; what both confirmed stands.
 */
export const MINUTES_TRANSITIONS: Record<MinutesState, Partial<Record<Step, MinutesState>>> = {
  draft: { save: "draft", send: "sent" },
  sent: { send: "sent", first_confirm: "sent", last_confirm: "confirmed", dispute: "disputed" },
  // a correction that is only saved is a draft again: the sides see it when it is sent
  disputed: { save: "draft", send: "sent" },
  confirmed: {},
};

const NOBODY: Record<Side, MinutesAnswer> = { need: "none", offering: "none" };

/** Where the minutes stand after an action (`null` before: none were written); null when it is not possible now. */
export function afterMinutes(before: MinutesSnapshot | null, action: MinutesAction): MinutesSnapshot | null {
  if (action.kind !== "answer") {
    const state = MINUTES_TRANSITIONS[before?.state ?? "draft"][action.kind];
    return state ? { state, revision: (before?.revision ?? 0) + 1, answers: NOBODY } : null;
  }
  if (before?.answers[action.side] !== "none") return null;
  const other = before.answers[action.side === "need" ? "offering" : "need"];
  const step = !action.confirmed ? "dispute" : other === "confirmed" ? "last_confirm" : "first_confirm";
  const state = MINUTES_TRANSITIONS[before.state][step];
  if (!state) return null;
  return {
    ...before,
    state,
    answers: { ...before.answers, [action.side]: action.confirmed ? "confirmed" : "disputed" },
  };
}

/** The audit log's words. `confirmed` and `disputed` follow the answer that led there. */
export const MINUTES_AUDIT = {
  saved: "minutes.saved",
  sent: "minutes.sent",
  answered: "minutes.answered",
  confirmed: "minutes.confirmed",
  disputed: "minutes.disputed",
  stepDone: "minutes.step-done",
} as const;

function loggedAction({ action, after }: LoggedEntry): MinutesAction | null {
  if (action === MINUTES_AUDIT.saved) return { kind: "save" };
  if (action === MINUTES_AUDIT.sent) return { kind: "send" };
  if (action !== MINUTES_AUDIT.answered) return null;
  const { side, answer } = isRecord(after) ? after : {};
  if ((side !== "need" && side !== "offering") || (answer !== "confirmed" && answer !== "disputed"))
    throw new Error("an answer without side or words");
  return { kind: "answer", side, confirmed: answer === "confirmed" };
}

/**
 * Plays the entries about a meeting's minutes (oldest first) through the transition table.
 * @throws Error when the log holds an action that was not possible at its place, or another state than it leads to
 */
export function replayMinutes(entries: readonly LoggedEntry[]): MinutesSnapshot | null {
  let now: MinutesSnapshot | null = null;
  for (const entry of entries) {
    if (!entry.action.startsWith("minutes.")) continue;
    const action = loggedAction(entry);
    if (action) {
      now = afterMinutes(now, action);
      if (!now) throw new Error(`${entry.action} was not possible`);
    }
    const facts = isRecord(entry.after) ? entry.after : {};
    if (facts.state !== now?.state || (facts.revision !== undefined && facts.revision !== now?.revision))
      throw new Error(
        `${entry.action} says ${String(facts.state)}/${String(facts.revision)}, the table ${now?.state}/${now?.revision}`,
      );
  }
  return now;
}
