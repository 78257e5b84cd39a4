import { JobError } from "./ports/queue";

/**
 * Codes of a database or network that was away for a moment. For `retryOn` of jobs that only read and write our own
 * tables: the same work may succeed later.
 */
export const DATABASE_AWAY = [
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "57P01",
  "57P03",
  "40001",
  "40P01",
] as const;

/** What PostgreSQL said of a statement written by hand: Prisma's own code for all of those is P2010. */
function sqlStateOf(error: unknown): string | null {
  let at: unknown = error;
  for (const name of ["meta", "driverAdapterError", "cause", "originalCode"]) {
    if (typeof at !== "object" || at === null) return null;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === "string" && /^[0-9A-Z]{5}$/.test(at) ? at : null;
}

/** The code by which a failure is classified: a JobError's own, PostgreSQL's, a driver's or Prisma's, or "unexpected". */
export function jobErrorCode(error: unknown): string {
  if (error instanceof JobError) return error.code;
  const sqlState = sqlStateOf(error);
  if (sqlState) return sqlState;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[\w.-]{1,60}$/.test(code) ? code : "unexpected";
}

/**
 * What may be kept of a failure: a JobError's message is written by us and holds ids only. Any other message may quote
 * values (a database error repeats its arguments), so only its kind and the places it came from are kept.
 */
export function jobErrorText(error: unknown): string {
  if (error instanceof JobError) return error.message;
  if (!(error instanceof Error)) return "a value that is not an Error was thrown";
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6);
  return [`${error.name} (${jobErrorCode(error)})`, ...frames.map((line) => line.trim())].join("\n");
}
