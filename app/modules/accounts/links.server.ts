import { createHmac, timingSafeEqual } from "node:crypto";
import type { Env } from "~/platform/env.server";

export type LinkPurpose = "confirm_email" | "reset_password" | "invitation" | "address_check";
/** Links that are one person's for one thing: both ids are in the token. */
export type PairLinkPurpose =
  | "introduction_answer"
  | "meeting_answer"
  | "minutes_answer"
  | "outcome_answer"
  | "listing_reconfirm";

function mac(env: Env, purpose: LinkPurpose | PairLinkPurpose, id: string): Buffer {
  return createHmac("sha256", env.SESSION_SECRET).update(`one-time-link\0${purpose}\0${id}`).digest();
}

/**
 * Token of a one-time link: `<id>.<mac>`, HMAC-SHA256 of purpose and id under SESSION_SECRET, base64url. It is derived,
 * so a worker can write the mail and no table holds it.
 */
export function linkToken(env: Env, purpose: LinkPurpose, id: string): string {
  return `${Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url")}.${mac(env, purpose, id).toString("base64url")}`;
}

/** The id behind a token, or null when the token is not ours or was made for another purpose. Constant time. */
export function verifyLinkToken(env: Env, purpose: LinkPurpose, token: string): string | null {
  const [head, tail, ...rest] = token.split(".");
  if (!head || !tail || rest.length > 0 || token.length > 120) return null;
  const hex = Buffer.from(head, "base64url").toString("hex");
  if (hex.length !== 32) return null;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const given = Buffer.from(tail, "base64url");
  const expected = mac(env, purpose, id);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  // other spellings of the same bytes (padding, "+") are not the token we made
  return linkToken(env, purpose, id) === token ? id : null;
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
const asId = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Token of a link that is one person's for one thing: `<thing and person>.<mac over both>`, made like `linkToken`. */
export function pairToken(env: Env, purpose: PairLinkPurpose, thingId: string, personId: string): string {
  const ids = Buffer.concat([bytesOf(thingId), bytesOf(personId)]);
  return `${ids.toString("base64url")}.${mac(env, purpose, `${thingId}\0${personId}`).toString("base64url")}`;
}

/** Thing and person behind a pair token, or null when it is not ours or was made for another purpose. Constant time. */
export function verifyPairToken(
  env: Env,
  purpose: PairLinkPurpose,
  token: string,
): [thingId: string, personId: string] | null {
  const [head, tail, ...rest] = token.split(".");
  if (!head || !tail || rest.length > 0 || token.length > 120) return null;
  const bytes = Buffer.from(head, "base64url");
  if (bytes.length !== 32) return null;
  const ids: [string, string] = [asId(bytes.subarray(0, 16)), asId(bytes.subarray(16))];
  const given = Buffer.from(tail, "base64url");
  const expected = mac(env, purpose, `${ids[0]}\0${ids[1]}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return pairToken(env, purpose, ids[0], ids[1]) === token ? ids : null;
}
