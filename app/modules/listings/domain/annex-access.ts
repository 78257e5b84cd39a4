/** Annexes a listing may have at a time. */
export const MOST_ANNEXES = 3;
/** Days for which an owner may let an organisation in, and the choice offered first. */
export const ANNEX_DAYS = [14, 30, 90] as const;
export const ANNEX_DAYS_DEFAULT = 30;
/** Days after a "no" before the same organisation may ask again. */
export const ASK_AGAIN_DAYS = 30;

/** How a reader stands to a listing whose annexes they ask for. */
export type AnnexStanding = {
  /** member of the organisation whose listing it is */
  owner: boolean;
  /** broker of the office that keeps it */
  broker: boolean;
  /** an AccessGrant of scope annex stands for one of their organisations */
  granted: boolean;
};

/** own: theirs · open: hand it out and write it down · undertaking: accept the text first · closed: not for them (yet) */
export type AnnexDoor = "own" | "open" | "undertaking" | "closed";

/** The door for one annex. Nobody but the owner reads without having accepted, brokers included. */
export function annexDoor(standing: AnnexStanding, accepted: boolean): AnnexDoor {
  if (standing.owner) return "own";
  if (!standing.granted && !standing.broker) return "closed";
  return accepted ? "open" : "undertaking";
}

export type Acceptance = {
  organisationId: string | null;
  textVersion: string;
  textHash: string;
  lang: "vi" | "en";
  annexIds: string[];
};

/**
 * Does an acceptance cover an annex today? It was given in the name of the same organisation (null: the Department), of the
 * words now in force in the language they were shown in, and this annex was among those it was given for: a new text and a
 * new or replaced annex ask again, a removed one does not.
 */
export function covers(
  acceptance: Acceptance,
  annexId: string,
  asOrganisationId: string | null,
  current: Record<"vi" | "en", { version: string; hash: string }>,
): boolean {
  const text = current[acceptance.lang];
  return (
    acceptance.organisationId === asOrganisationId &&
    acceptance.textVersion === text.version &&
    acceptance.textHash === text.hash &&
    acceptance.annexIds.includes(annexId)
  );
}
