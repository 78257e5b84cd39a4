import { v7 } from "uuid";

/** A new UUIDv7: sorts by creation time (RFC 9562 §5.7), made in the app so that PostgreSQL 15 is enough. */
export function newId(): string {
  return v7();
}
