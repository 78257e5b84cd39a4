import type { Contribution, EvidenceCard, Missing } from "./evidence";

type Openness = "open" | "closed";

/**
 * What a reason tells of the other side's listing when that is a blind one: words are of its open part (the engine reads no others),
 * sector and age are too; all else is held back (docs/decisions/0045).
 */
const REASONS: Readonly<Record<Contribution["kind"], Openness>> = {
  phrase: "open",
  concept: "open",
  words: "open",
  meaning: "open",
  sector: "open",
  fresh: "open",
  line: "closed",
  trl: "closed",
  price: "closed",
  form: "closed",
  granted: "closed",
  province: "closed",
};
const MISSING: Readonly<Record<Missing["kind"], Openness>> = { phrase: "open", line: "closed", trl: "closed" };

/** The card for a reader who may not read the whole of the other listing, and whether something was held back. */
export function openEvidence(card: EvidenceCard): { evidence: EvidenceCard; heldBack: boolean } {
  const contributions = card.contributions.filter(({ kind }) => REASONS[kind] === "open");
  const missing = card.missing.filter(({ kind }) => MISSING[kind] === "open");
  const heldBack = contributions.length < card.contributions.length || missing.length < card.missing.length;
  return { evidence: { ...card, contributions, missing }, heldBack };
}

/** Nothing but the score: for reasons that rest on words which may be closed since. */
export const scoreOnly = ({ score }: EvidenceCard): EvidenceCard => ({ score, contributions: [], missing: [] });
