import { v7 } from "uuid";

/** A new UUIDv7: sorts by creation time (RFC 9562 §5.7), made in the app so that PostgreSQL 15 is enough. */
export function newId(): string {
  return v7();
}

/** Ids come from addresses and forms: what is no UUID is absent, and never reaches the database. */
export function isId(text: string | null | undefined): text is string {
  return typeof text === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
