/** What a replay reads of an audit entry. */
export type LoggedEntry = { action: string; after: unknown };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
