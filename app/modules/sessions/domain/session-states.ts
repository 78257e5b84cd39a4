import type { ConnectionSessionState, MeetingState, ParticipantResponse } from "~/generated/prisma/enums";
import { isRecord, type LoggedEntry } from "./replay";

/** What can happen to a session. `cancel` calls its meetings off as well. */
export type SessionAction = "invite" | "confirm" | "hold" | "close" | "cancel";
export type SessionStep = Exclude<SessionAction, "cancel">;

/** The life of a connection session; guards are `blockersOf`. */
export const SESSION_TRANSITIONS: Record<
  ConnectionSessionState,
  Partial<Record<SessionAction, ConnectionSessionState>>
> = {
  draft: { invite: "inviting", cancel: "cancelled" },
  inviting: { confirm: "confirmed", cancel: "cancelled" },
  confirmed: { hold: "held", cancel: "cancelled" },
  held: { close: "closed" },
  closed: {},
  cancelled: {},
};

/** While the plan can change: meetings are added, moved and called off. */
export const PLANNING: readonly ConnectionSessionState[] = ["draft", "inviting", "confirmed"];
/** The session has told its parties: a new or moved meeting invites at once. */
export const INVITED: readonly ConnectionSessionState[] = ["inviting", "confirmed"];

/** What stands in the way, as a code of the locale namespace with its params. */
export type Blocker = { code: string; params?: Record<string, string | number> };

export function nextStepOf(state: ConnectionSessionState): SessionStep | null {
  const steps: Record<ConnectionSessionState, SessionStep | null> = {
    draft: "invite",
    inviting: "confirm",
    confirmed: "hold",
    held: "close",
    closed: null,
    cancelled: null,
  };
  return steps[state];
}

/** What the state asks for first when an action is not possible in it; null when it is. */
export function stateRefusal(state: ConnectionSessionState, action: SessionAction | "plan"): Blocker | null {
  if (action === "plan" ? PLANNING.includes(state) : SESSION_TRANSITIONS[state][action]) return null;
  const code = (key: string): Blocker => ({ code: `sessions:error.${key}` });
  if (state === "cancelled") return code("sessionCancelled");
  if (state === "closed") return code("sessionClosed");
  if (state === "held") return code(action === "plan" || action === "cancel" ? "sessionHeld" : "alreadyHeld");
  if (state === "draft") return code("inviteFirst");
  if (action === "invite") return code("alreadyInvited");
  if (state === "confirmed") return code(action === "close" ? "holdFirst" : "alreadyConfirmed");
  return code("confirmFirst");
}

export type GuardFacts = {
  state: ConnectionSessionState;
  hasPlace: boolean;
  /** "HH:MM dd/mm/yyyy" */
  startsAtText: string;
  begun: boolean;
  meetings: readonly {
    state: MeetingState;
    /** names of both sides */
    sides: string;
    at: string;
    participants: readonly { name: string; response: ParticipantResponse }[];
    /** a version has been sent to both sides */
    minutesSent: boolean;
  }[];
};

/** Everything that must be done before this action; empty when it can be done now. */
export function blockersOf(action: SessionAction, facts: GuardFacts): Blocker[] {
  const refused = stateRefusal(facts.state, action);
  if (refused) return [refused];
  const one = (key: string, params?: Record<string, string | number>): Blocker => ({
    code: `sessions:error.${key}`,
    ...(params ? { params } : {}),
  });
  const planned = facts.meetings.filter((meeting) => meeting.state === "planned");
  const tookPlace = facts.meetings.filter((meeting) => meeting.state === "held" || meeting.state === "no_show");
  const blockers: Blocker[] = [];
  switch (action) {
    case "invite":
      if (!facts.hasPlace) blockers.push(one("placeNeeded"));
      if (planned.length === 0) blockers.push(one("meetingNeeded"));
      break;
    case "confirm":
      if (planned.length === 0) blockers.push(one("plannedNeeded"));
      for (const meeting of planned)
        for (const { name, response } of meeting.participants)
          if (response === "declined") blockers.push(one("declinedOpen", { name, at: meeting.at }));
      break;
    case "hold":
      if (!facts.begun) blockers.push(one("notBegun", { at: facts.startsAtText }));
      for (const { sides, at } of planned) blockers.push(one("attendanceOpen", { sides, at }));
      if (planned.length === 0 && tookPlace.length === 0) blockers.push(one("nothingHeld"));
      break;
    case "close":
      for (const { state, minutesSent, sides } of facts.meetings)
        if (state === "held" && !minutesSent) blockers.push(one("minutesMissing", { sides }));
      break;
    case "cancel":
      for (const { sides } of tookPlace) blockers.push(one("meetingsTookPlace", { sides }));
      break;
  }
  return blockers;
}

/** The audit log's words for each action, so that the log can be played back. */
export const SESSION_AUDIT = {
  created: "session.created",
  edited: "session.edited",
  invite: "session.invited",
  confirm: "session.confirmed",
  hold: "session.held",
  close: "session.closed",
  cancel: "session.cancelled",
} as const;

const ACTIONS: readonly SessionAction[] = ["invite", "confirm", "hold", "close", "cancel"];

/**
 * Plays a session's audit entries (oldest first) through the transition table.
 * @throws Error when the log holds an action that was not possible at its place, or another state than it leads to
 */
export function replaySession(entries: readonly LoggedEntry[]): ConnectionSessionState | null {
  let now: ConnectionSessionState | null = null;
  for (const { action, after } of entries) {
    if (action === SESSION_AUDIT.created) {
      if (now) throw new Error("created twice");
      now = "draft";
    } else {
      const did = ACTIONS.find((one) => SESSION_AUDIT[one] === action);
      const next: ConnectionSessionState | undefined = did && now ? SESSION_TRANSITIONS[now][did] : undefined;
      if (did && !next) throw new Error(`${action} was not possible`);
      now = next ?? now;
    }
    if (isRecord(after) && after.state !== undefined && after.state !== now)
      throw new Error(`${action} says ${String(after.state)} where the table says ${now}`);
  }
  return now;
}
