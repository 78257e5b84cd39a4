import type { MeetingState, ParticipantResponse, Side } from "~/generated/prisma/enums";
import { isRecord, type LoggedEntry } from "./replay";

export const SIDES: readonly Side[] = ["need", "offering"];
export const otherSide = (side: Side): Side => (side === "need" ? "offering" : "need");

/** What can happen to a meeting. A change of place or table alone leaves the answers standing (`asksAgain` false). */
export type MeetingAction =
  | { kind: "move"; asksAgain: boolean }
  | { kind: "cancel" }
  | { kind: "attend"; came: Record<Side, boolean> }
  /** who came was written down by mistake */
  | { kind: "correct"; came: Record<Side, boolean> }
  | { kind: "answer"; side: Side; response: "confirmed" | "declined" };

/** Where a meeting stands. `sequence` is what its calendar entry says (RFC 5546 §2.1.4). */
export type MeetingSnapshot = {
  state: MeetingState;
  sequence: number;
  responses: Record<Side, ParticipantResponse>;
};

/**
 * The life of a meeting; what leads out of `planned` is final, but for a mistake about who came (somebody was missed after
 * all, both came after all, or another side was missed): another attempt is another meeting.
 */
export const MEETING_TRANSITIONS: Record<
  MeetingState,
  Partial<
    Record<"move" | "cancel" | "both_came" | "missed" | "answer" | "correct_both" | "correct_missed", MeetingState>
  >
> = {
  planned: { move: "planned", answer: "planned", cancel: "cancelled", both_came: "held", missed: "no_show" },
  held: { correct_missed: "no_show" },
  no_show: { correct_both: "held", correct_missed: "no_show" },
  cancelled: {},
};

/**
 * A side's answer to the invitation: it may be changed until the meeting begins; a move to another time asks again.
 */
export const RESPONSE_TRANSITIONS: Record<
  ParticipantResponse,
  Record<"confirm" | "decline" | "ask_again", ParticipantResponse>
> = {
  none: { confirm: "confirmed", decline: "declined", ask_again: "none" },
  confirmed: { confirm: "confirmed", decline: "declined", ask_again: "none" },
  declined: { confirm: "confirmed", decline: "declined", ask_again: "none" },
};

/** A newly planned meeting. */
export const PLANNED: MeetingSnapshot = {
  state: "planned",
  sequence: 0,
  responses: { need: "none", offering: "none" },
};

/** Where the meeting stands after an action; null when the action is not possible now. */
export function afterMeeting(before: MeetingSnapshot, action: MeetingAction): MeetingSnapshot | null {
  const table = MEETING_TRANSITIONS[before.state];
  switch (action.kind) {
    case "move": {
      if (!table.move) return null;
      const again = (side: Side) =>
        action.asksAgain ? RESPONSE_TRANSITIONS[before.responses[side]].ask_again : before.responses[side];
      return {
        state: table.move,
        sequence: before.sequence + 1,
        responses: { need: again("need"), offering: again("offering") },
      };
    }
    case "cancel":
      return table.cancel ? { ...before, state: table.cancel, sequence: before.sequence + 1 } : null;
    case "attend": {
      const state = action.came.need && action.came.offering ? table.both_came : table.missed;
      return state ? { ...before, state } : null;
    }
    case "correct": {
      const state = action.came.need && action.came.offering ? table.correct_both : table.correct_missed;
      return state ? { ...before, state } : null;
    }
    case "answer": {
      if (!table.answer) return null;
      const step = action.response === "confirmed" ? "confirm" : "decline";
      const response = RESPONSE_TRANSITIONS[before.responses[action.side]][step];
      return { ...before, state: table.answer, responses: { ...before.responses, [action.side]: response } };
    }
  }
}

/**
 * The audit log's words for each action. A correction to held is followed by a `held` of its own (after.corrected), so that
 * figures count the meeting; one to no_show takes back every `held` before it.
 */
export const MEETING_AUDIT = {
  planned: "meeting.planned",
  moved: "meeting.moved",
  cancelled: "meeting.cancelled",
  answered: "meeting.answered",
  held: "meeting.held",
  no_show: "meeting.no-show",
  corrected: "meeting.attendance-corrected",
} as const;

function loggedAction({ action, after }: LoggedEntry): MeetingAction | null {
  const facts = isRecord(after) ? after : {};
  switch (action) {
    case MEETING_AUDIT.moved:
      return { kind: "move", asksAgain: facts.asksAgain === true };
    case MEETING_AUDIT.cancelled:
      return { kind: "cancel" };
    case MEETING_AUDIT.answered: {
      const { side, response } = facts;
      if ((side !== "need" && side !== "offering") || (response !== "confirmed" && response !== "declined"))
        throw new Error("an answer without side or response");
      return { kind: "answer", side, response };
    }
    case MEETING_AUDIT.held:
    case MEETING_AUDIT.no_show:
    case MEETING_AUDIT.corrected: {
      // follows the correction that led there
      if (facts.corrected === true) return null;
      const came = isRecord(facts.came) ? facts.came : {};
      const kind = action === MEETING_AUDIT.corrected ? "correct" : "attend";
      return { kind, came: { need: came.need === true, offering: came.offering === true } };
    }
    default:
      return null;
  }
}

/**
 * Plays a meeting's audit entries (oldest first) through the transition tables; entries about its minutes are passed over.
 * @throws Error when the log holds an action that was not possible at its place, or another state or sequence than it leads to
 */
export function replayMeeting(entries: readonly LoggedEntry[]): MeetingSnapshot | null {
  let now: MeetingSnapshot | null = null;
  for (const entry of entries) {
    if (!entry.action.startsWith("meeting.")) continue;
    if (entry.action === MEETING_AUDIT.planned) {
      if (now) throw new Error("planned twice");
      now = PLANNED;
    } else {
      const action = loggedAction(entry);
      if (!action && entry.action !== MEETING_AUDIT.held) continue;
      now = now && action ? afterMeeting(now, action) : now;
      if (!now) throw new Error(`${entry.action} was not possible`);
    }
    const facts = isRecord(entry.after) ? entry.after : {};
    if (facts.state !== now.state || (facts.sequence !== undefined && facts.sequence !== now.sequence))
      throw new Error(
        `${entry.action} says ${String(facts.state)}/${String(facts.sequence)}, the table ${now.state}/${now.sequence}`,
      );
  }
  return now;
}
