import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";
import { jobErrorCode, jobErrorText } from "./job-errors";
import { jobScope } from "./job-scope";

/** Names of properties whose values never reach a log line, at any depth up to three. */
const SECRET = [
  "password",
  "passwordHash",
  "token",
  "secret",
  "cookie",
  "authorization",
  "email",
  "toAddress",
  "to",
  "phone",
  "contactName",
  "contactPhone",
  "contactEmail",
  "draft",
  "html",
  "text",
  "fullName",
];

/** Errors of Prisma and of the PostgreSQL driver quote the values they were given, e-mail addresses and texts among them. */
const QUOTES_VALUES = /^(PrismaClient|DriverAdapterError|DatabaseError)/;

/**
 * An error as it may be logged: whole, or, when it may quote values, its name, code and the places it came from.
 * `cause` and other properties of such an error are left out for the same reason.
 */
function loggable(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const quotes = [error, error.cause].some(
    (one) => one instanceof Error && (QUOTES_VALUES.test(one.name) || QUOTES_VALUES.test(one.constructor.name)),
  );
  if (!quotes) return stdSerializers.err(error);
  const text = jobErrorText(error);
  return { type: error.name, message: text.split("\n", 1)[0], stack: text, code: jobErrorCode(error) };
}

/**
 * Lines are written a few at a time, soon, and when the process ends: a write for each would take more of a busy worker's time
 * than what it tells of. Who is killed (SIGKILL) loses what it said in the last moment.
 */
const BUFFERED = { dest: 1, sync: false, minLength: 8_192, periodicFlush: 200 };

/** Structured JSON logs with personal data and secrets redacted. `stream` is for tests that read what was logged. */
export function createLogger(level: string, name: string, stream?: DestinationStream): Logger {
  const paths = SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);
  const options = {
    level,
    base: { name },
    serializers: { err: loggable },
    redact: { paths, censor: "[hidden]" },
    timestamp: pino.stdTimeFunctions.isoTime,
    // what a worker logs while it does a job says which, and which request led to it
    mixin: () => ({ ...jobScope() }),
  };
  return pino(options, stream ?? pino.destination(BUFFERED));
}
