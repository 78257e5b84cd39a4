import { createHash, randomBytes } from "node:crypto";
import type { OneTimePurpose } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import type { LimitName } from "~/platform/ports/limits";
import { type Failure, fail } from "~/platform/result";

/** Where a request comes from, for rate limits and the list of logins only. */
export type Caller = { remoteAddress: string; userAgent?: string | null };

const HOUR = 3_600_000;
/** Hours a link is good for. */
export const LINK_HOURS: Record<OneTimePurpose, number> = { confirm_email: 72, reset_password: 2 };
export const LOGIN_DAYS = 14;

/**
 * Takes one point for each key; the failure (`code`) says when to try again (minutes, and the time of day in Việt Nam).
 * Scripts and workers are not limited.
 */
export async function limited(
  ctx: Ctx,
  name: LimitName,
  keys: string[],
  code = "accounts:error.tooMany",
): Promise<Failure | null> {
  if (ctx.actor.kind === "system") return null;
  const answers = await Promise.all(keys.map((key) => ctx.limits.consume(name, key)));
  const seconds = Math.max(0, ...answers.map((answer) => (answer.allowed ? 0 : answer.retryAfterSeconds)));
  if (seconds === 0) return null;
  // rounded up: at the time shown the next try is allowed
  const minutes = Math.ceil(seconds / 60);
  const at = new Date(ctx.clock.now().getTime() + minutes * 60_000);
  const time = new Intl.DateTimeFormat("vi-VN", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Ho_Chi_Minh",
  }).format(at);
  return fail(code, { params: { minutes, time } });
}

/** A new one-time link; earlier unused ones of the same purpose stop working. Returns the link's id. */
export async function createLink(tx: Tx, ctx: Ctx, personId: string, purpose: OneTimePurpose): Promise<string> {
  const now = ctx.clock.now();
  await tx.oneTimeLink.updateMany({
    where: { personId, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
  const id = newId();
  const expiresAt = new Date(now.getTime() + LINK_HOURS[purpose] * HOUR);
  await tx.oneTimeLink.create({ data: { id, personId, purpose, createdAt: now, expiresAt } });
  return id;
}

/** Marks the link as used; false when somebody was faster or its time is over. */
export async function useLink(tx: Tx, ctx: Ctx, id: string, purpose: OneTimePurpose): Promise<boolean> {
  const now = ctx.clock.now();
  const used = await tx.oneTimeLink.updateMany({
    where: { id, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return used.count === 1;
}

export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A new login. Returns the secret for the cookie (32 random bytes, base64url), of which only the SHA-256 is stored. */
export async function createLogin(tx: Tx, ctx: Ctx, personId: string, caller: Caller): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const now = ctx.clock.now();
  await tx.login.create({
    data: {
      id: newId(),
      personId,
      tokenHash: tokenHash(token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + LOGIN_DAYS * 24 * HOUR),
      userAgent: caller.userAgent?.slice(0, 300) ?? null,
    },
  });
  return token;
}

/** Ends the person's logins, all or all but one. Returns how many. */
export async function revokeLogins(tx: Tx, ctx: Ctx, personId: string, exceptId?: string): Promise<number> {
  const ended = await tx.login.updateMany({
    where: { personId, revokedAt: null, ...(exceptId ? { id: { not: exceptId } } : {}) },
    data: { revokedAt: ctx.clock.now() },
  });
  return ended.count;
}

/** Serialises decisions about one organisation's people: who waits here sees what the other one did. False = no such organisation. */
export async function lockOrganisation(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM organisation WHERE id = ${id}::uuid FOR UPDATE`;
  return rows.length === 1;
}
