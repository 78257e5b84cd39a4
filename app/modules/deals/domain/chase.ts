import type { ChaseAnswer, Side } from "~/generated/prisma/enums";

/** What a side may say came of a meeting or an introduction, in the order a good one takes. */
export const CHASE_ANSWERS = ["talking", "agreed", "signed", "stopped"] as const satisfies readonly ChaseAnswer[];

/** After the last step a held meeting is left in peace; a sweep looks no further back than this. Calendar days. */
export const CHASE_HORIZON_DAYS = 730;
/** A home stops mentioning an unanswered question after this many days; its link and page still take the answer. */
export const WAITS_DAYS = 90;

const DAY_MS = 86_400_000;

/** The calendar day `n` days after `day` (YYYY-MM-DD). Weekends and holidays count: this is no legal deadline. */
export function daysAfter(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Which step to ask about now: the newest one whose day has come, unless it (or a later one) was asked already. Steps that
 * passed while nobody swept are left out, so that nobody gets a pile of questions.
 * @param anchorDay day of the meeting, or of the second yes (YYYY-MM-DD in Việt Nam)
 * @param steps days after the anchor, in any order (rule outcome.askAfterDays)
 * @param asked steps asked so far
 */
export function stepDue(
  anchorDay: string,
  today: string,
  steps: readonly number[],
  asked: readonly number[],
): number | null {
  const due = steps.filter((days) => daysAfter(anchorDay, days) <= today);
  if (due.length === 0) return null;
  const newest = Math.max(...due);
  return asked.some((days) => days >= newest) ? null : newest;
}

/** The next step to come after today and its day; null when all steps are over. */
export function nextStep(
  anchorDay: string,
  today: string,
  steps: readonly number[],
): { days: number; on: string } | null {
  const coming = steps.filter((days) => daysAfter(anchorDay, days) > today);
  if (coming.length === 0) return null;
  const days = Math.min(...coming);
  return { days, on: daysAfter(anchorDay, days) };
}

/**
 * Do two sides tell different stories? "Talking" and "agreed" are two views of one thing; that it stopped, or that a
 * contract was signed, is a fact both must know.
 */
export function contradict(a: ChaseAnswer, b: ChaseAnswer): boolean {
  const facts: readonly ChaseAnswer[] = ["stopped", "signed"];
  return a !== b && (facts.includes(a) || facts.includes(b));
}

export type ChaseReply = { side: Side; days: number; answer: ChaseAnswer | null; resolution: ChaseAnswer | null };

/** What counts of a reply: what the broker found out goes before what the side said. */
export function settledAnswer(reply: Pick<ChaseReply, "answer" | "resolution">): ChaseAnswer | null {
  return reply.resolution ?? reply.answer;
}

type LastWord = { answer: ChaseAnswer; days: number };

function lastWord(replies: readonly ChaseReply[], side: Side): LastWord | null {
  const said = replies
    .filter((reply) => reply.side === side)
    .map((reply) => ({ answer: settledAnswer(reply), days: reply.days }))
    .filter((reply): reply is LastWord => reply.answer !== null);
  return said.sort((a, b) => b.days - a.days)[0] ?? null;
}

/** The last thing known of a side about one meeting or introduction. */
export function lastAnswer(replies: readonly ChaseReply[], side: Side): ChaseAnswer | null {
  return lastWord(replies, side)?.answer ?? null;
}

/** Both sides' last word is that it stopped: nobody is asked again. */
export function bothStopped(replies: readonly ChaseReply[]): boolean {
  return lastAnswer(replies, "need") === "stopped" && lastAnswer(replies, "offering") === "stopped";
}

/**
 * What both sides' last words amount to that a broker should open a deal for; null while they contradict each other or it
 * is less. Words of one step are weighed against each other. Of different steps the order counts: "stopped" after seven
 * days is overtaken by what the other side says after thirty, while "signed" stays a fact whatever comes later, and
 * "agreed" ends with the other side's later "stopped".
 */
export function agreement(replies: readonly ChaseReply[]): "agreed" | "signed" | null {
  const [need, offering] = [lastWord(replies, "need"), lastWord(replies, "offering")];
  const words = [need, offering].flatMap((word) => word ?? []);
  if (need && offering && need.days === offering.days && contradict(need.answer, offering.answer)) return null;
  const newest = words.reduce<LastWord | null>((one, word) => (one && one.days >= word.days ? one : word), null);
  if (words.some((word) => word.answer === "signed")) return "signed";
  if (newest?.answer === "stopped") return null;
  return words.some((word) => word.answer === "agreed") ? "agreed" : null;
}

/** Where a question stands for the side it was put to. */
export type QuestionState =
  /** waits for an answer */
  | "open"
  | "answered"
  /** the next question about the same case has taken its place */
  | "superseded"
  /** a deal tells what came of it: nobody needs to be asked */
  | "over";

export function questionState(question: { answered: boolean; newer: boolean; dealTells: boolean }): QuestionState {
  if (question.answered) return "answered";
  if (question.dealTells) return "over";
  return question.newer ? "superseded" : "open";
}

/** The audit log's words, so that figures and the story can be read from it. */
export const OUTCOME_AUDIT = {
  asked: "outcome.asked",
  answered: "outcome.answered",
  conflict: "outcome.conflict",
  resolved: "outcome.resolved",
} as const;
