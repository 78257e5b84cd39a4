import type { Tone } from "~/components/ui";

const TONES: Record<string, Tone> = {
  draft: "neutral",
  submitted: "info",
  changes_requested: "warning",
  published: "success",
  rejected: "danger",
  withdrawn: "neutral",
  expired: "warning",
};

/** Colour of a listing's state; the words beside it say the same. */
export function stateTone(state: string): Tone {
  return TONES[state] ?? "neutral";
}
