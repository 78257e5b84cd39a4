import type { TrlBasis } from "~/generated/prisma/enums";
import type { TestFact } from "./detail-rows";
import type { ListingText } from "./types";

/** A broker's word on how ripe a technology is: the level, when, and by whom. */
export type ReadinessConfirmation = { trl: number; at: Date; by: string | null };

type Declared = { trl: number | null; trlBasis: TrlBasis | null };

/** The level readers see and who says so: what a broker confirmed of the version on the shelf, else what its author declared. */
export function readinessOf({ trl, trlBasis }: Declared, confirmed: number | null): Declared {
  return confirmed === null || trl === null ? { trl, trlBasis } : { trl: confirmed, trlBasis: "confirmed" };
}

type Proof = {
  trl: number | null;
  texts: Pick<ListingText, "lang" | "trlEvidence">[];
  details: { tests: TestFact[] | null };
};

/** Whether a new version says something else of its level or of what proves it: a confirmation of the old one does not cover it. */
export function touchesReadiness(before: Proof, after: Proof): boolean {
  const proof = ({ trl, texts, details }: Proof) =>
    JSON.stringify([
      trl,
      texts
        .map(({ lang, trlEvidence }) => [lang, trlEvidence ?? ""])
        .filter(([, words]) => words !== "")
        .sort(),
      details.tests ?? [],
    ]);
  return proof(before) !== proof(after);
}
