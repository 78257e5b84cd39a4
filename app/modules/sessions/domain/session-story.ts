import { isRecord } from "./replay";

/** Audit actions the story tells, as keys of sessions:story.*; what an answer or correction said chooses the key. */
const TOLD: Readonly<Record<string, string>> = {
  "session.created": "session.created",
  "session.edited": "session.edited",
  "session.invited": "session.invited",
  "session.confirmed": "session.confirmed",
  "session.held": "session.held",
  "session.closed": "session.closed",
  "session.cancelled": "session.cancelled",
  "session.handed-over": "session.handedOver",
  "meeting.planned": "meeting.planned",
  "meeting.moved": "meeting.moved",
  "meeting.cancelled": "meeting.cancelled",
  "meeting.held": "meeting.held",
  "meeting.no-show": "meeting.noShow",
  "meeting.reminded": "meeting.reminded",
  "meeting.reminded-soon": "meeting.remindedSoon",
  "minutes.saved": "minutes.saved",
  "minutes.sent": "minutes.sent",
  "minutes.confirmed": "minutes.confirmed",
  "minutes.step-done": "minutes.stepDone",
  "minutes.step-reminded": "minutes.stepReminded",
  "feedback.given": "feedback.given",
};
const ANSWERS: Readonly<Record<string, string>> = {
  "meeting.answered.confirmed": "meeting.confirmed",
  "meeting.answered.declined": "meeting.declined",
  "minutes.answered.confirmed": "minutes.sideConfirmed",
  "minutes.answered.disputed": "minutes.sideDisputed",
  "meeting.attendance-corrected.held": "meeting.correctedHeld",
  "meeting.attendance-corrected.no_show": "meeting.correctedNoShow",
};
/** A session put off to another day tells it in words of its own. */
const PUT_OFF = "session.putOff";

/** Every key the story can hold: the page has words for each, at sessions:story.<key>. */
export const STORY_KEYS: readonly string[] = [...Object.values(TOLD), ...Object.values(ANSWERS), PUT_OFF];

export type StoryEntry = {
  id: string;
  at: Date;
  seq: bigint;
  action: string;
  subjectId: string;
  actorId: string | null;
  onBehalfOfId: string | null;
  after: unknown;
};
export type SessionStoryItem = {
  id: string;
  at: Date;
  key: string;
  params: Record<string, string>;
  by: string | null;
  meeting: string | null;
};

/** Texts and numbers of an entry, for the words; nested facts are left out. */
function paramsOf(after: unknown): Record<string, string> {
  if (!isRecord(after)) return {};
  return Object.fromEntries(
    Object.entries(after).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" || typeof value === "number" ? [[key, String(value)]] : [],
    ),
  );
}

function keyOf(action: string, after: unknown): string | undefined {
  const facts = isRecord(after) ? after : {};
  if (action === "session.edited" && facts.putOff === true) return PUT_OFF;
  // the correction before it has told it
  if (facts.corrected === true) return undefined;
  return TOLD[action] ?? ANSWERS[`${action}.${String(facts.response ?? facts.answer ?? facts.state)}`];
}

/** Audit entries of a session and its meetings as one story, newest first. `sidesOf` names a meeting's sides. */
export function tellSessionStory(
  entries: readonly StoryEntry[],
  nameOf: (personId: string) => string | null,
  sidesOf: (subjectId: string) => string | null,
): SessionStoryItem[] {
  return [...entries]
    .sort((a, b) => (a.seq < b.seq ? 1 : -1))
    .flatMap(({ id, at, action, after, actorId, onBehalfOfId, subjectId }): SessionStoryItem[] => {
      const key = keyOf(action, after);
      const who = actorId ?? onBehalfOfId;
      if (!key) return [];
      const item = { id, at, key, params: paramsOf(after), by: who && nameOf(who), meeting: sidesOf(subjectId) };
      const sides = isRecord(after) && Array.isArray(after.sides) ? after.sides.map(String) : [];
      // one step about both sides is told of each
      return sides.length === 0
        ? [item]
        : sides.map((side) => ({ ...item, id: `${id}.${side}`, params: { ...item.params, side } }));
    });
}
