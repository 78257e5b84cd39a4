import { type DestinationStream, type Logger, pino } from "pino";

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

/** Structured JSON logs with personal data and secrets redacted. `stream` is for tests that read what was logged. */
export function createLogger(level: string, name: string, stream?: DestinationStream): Logger {
  const paths = SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);
  const options = {
    level,
    base: { name },
    redact: { paths, censor: "[hidden]" },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return stream ? pino(options, stream) : pino(options);
}
