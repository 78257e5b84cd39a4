import type { Actor } from "../context";

/**
 * Who may use a route. Every route module exports `handle` with one of these; the server refuses to start otherwise.
 * This is the coarse door; what a person may see or do with one listing or organisation is decided by each context's policy.
 */
export const ACCESS = {
  /** anybody, signed in or not */
  public: () => true,
  "signed-in": (actor) => actor.kind === "person",
  broker: (actor) => actor.kind === "person" && actor.grants.includes("broker"),
  staff: (actor) => actor.kind === "person" && actor.grants.length > 0,
  administrator: (actor) => actor.kind === "person" && actor.grants.includes("administrator"),
} as const satisfies Record<string, (actor: Actor) => boolean>;

export type Access = keyof typeof ACCESS;

/** `handle` of a route module. `demoOnly` routes do not exist outside APP_MODE=demo and test. */
export type RouteHandle = { access: Access; demoOnly?: boolean };
