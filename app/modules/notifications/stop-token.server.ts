import { createHmac, timingSafeEqual } from "node:crypto";
import type { Env } from "~/platform/env.server";
import { isTopic, type Topic } from "./domain/topics";

/** What a link in a mail may stop: one topic, or digests. */
export type Stoppable = Topic | "digest";

const TOKEN = /^([A-Za-z0-9_-]{22})\.([a-z-]{4,20})\.([A-Za-z0-9_-]{43})$/;

function mac(env: Env, personId: string, what: Stoppable): Buffer {
  return createHmac("sha256", env.SESSION_SECRET).update(`stop-mails\0${personId}\0${what}`).digest();
}

/**
 * Token of the link that stops one kind of mail for one person (RFC 8058): person, kind and an HMAC over both, stored
 * nowhere. It can do nothing else and does not run out: mails are read years later, and stopping twice changes nothing.
 */
export function stopToken(env: Env, personId: string, what: Stoppable): string {
  const head = Buffer.from(personId.replaceAll("-", ""), "hex").toString("base64url");
  return `${head}.${what}.${mac(env, personId, what).toString("base64url")}`;
}

/** Whose mails of which kind a token may stop; null when it is not ours. Constant time. */
export function verifyStopToken(env: Env, token: string): { personId: string; what: Stoppable } | null {
  const [, head = "", what = "", tail = ""] = TOKEN.exec(token) ?? [];
  if (what !== "digest" && !isTopic(what)) return null;
  const hex = Buffer.from(head, "base64url").toString("hex");
  const personId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const given = Buffer.from(tail, "base64url");
  const expected = mac(env, personId, what);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  // other spellings of the same bytes are not the token we made
  return stopToken(env, personId, what) === token ? { personId, what } : null;
}
