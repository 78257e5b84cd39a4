import type { Logger } from "pino";
import type { GrantRole, Locale, MembershipRole } from "~/generated/prisma/enums";
import type { Db } from "./db/client.server";
import type { Env } from "./env.server";
import type { ClockPort } from "./ports/clock";
import type { EmbedderPort } from "./ports/embedder";
import type { FilesPort } from "./ports/files";
import type { LimitsPort } from "./ports/limits";
import type { SearchPort } from "./ports/search";
import type { SignalsPort } from "./ports/signals";
import type { ViewsPort } from "./ports/views";

/** Who acts. "system" is a worker or a script; it may do what no person asked for (index, match, sweep). */
export type Actor =
  | { kind: "anonymous" }
  | { kind: "system"; name: string }
  | {
      kind: "person";
      personId: string;
      officeId: string;
      loginId: string;
      fullName: string;
      email: string;
      /** roles given by the Department, only those still in force */
      grants: GrantRole[];
      /** active memberships of organisations that are not rejected or merged */
      memberships: { organisationId: string; role: MembershipRole; verified: boolean; name: string }[];
    };
export type PersonActor = Extract<Actor, { kind: "person" }>;

/** What every command and query gets first: ports, the actor and the request they act in. */
export type Ctx = {
  db: Db;
  env: Env;
  clock: ClockPort;
  files: FilesPort;
  search: SearchPort;
  /** null unless the operator names one */
  embedder: EmbedderPort | null;
  limits: LimitsPort;
  signals: SignalsPort;
  views: ViewsPort;
  log: Logger;
  actor: Actor;
  requestId: string;
  locale: Locale;
};

/** The same context for another actor (a worker acting for the system, a test switching people). */
export function actingAs(ctx: Ctx, actor: Actor): Ctx {
  return { ...ctx, actor };
}

export function isPerson(actor: Actor): actor is PersonActor {
  return actor.kind === "person";
}

export function hasGrant(actor: Actor, ...roles: GrantRole[]): actor is PersonActor {
  return actor.kind === "person" && actor.grants.some((grant) => roles.includes(grant));
}

export function isMemberOf(actor: Actor, organisationId: string | null): actor is PersonActor {
  return actor.kind === "person" && actor.memberships.some((m) => m.organisationId === organisationId);
}

export function isManagerOf(actor: Actor, organisationId: string | null): actor is PersonActor {
  return (
    actor.kind === "person" &&
    actor.memberships.some((m) => m.organisationId === organisationId && m.role === "manager")
  );
}
