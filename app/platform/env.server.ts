import { z } from "zod";
import { parseDomainLimits } from "./domain-limits";

const port = z.coerce.number().int().min(1).max(65_535);
const url = (...schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), {
    message: `must be an address that starts with ${schemes.map((s) => `${s}//`).join(" or ")}`,
  });

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  APP_MODE: z.enum(["demo", "production", "test"]).default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  DATABASE_URL: url("postgres:", "postgresql:"),
  REDIS_URL: url("redis:", "rediss:").optional(),
  MEILI_URL: url("http:", "https:").optional(),
  MEILI_KEY: z.string().optional(),
  /** a language model behind an OpenAI-like API that gives texts their vectors; unset: matches rest on words alone (decision 0018) */
  EMBEDDER_URL: url("http:", "https:").optional(),
  EMBEDDER_MODEL: z
    .string()
    .max(200)
    .regex(/^[\w./:@+-]+$/, { message: "must be a model's name" })
    .optional(),
  EMBEDDER_KEY: z.string().optional(),
  EMBEDDER_DIMENSIONS: z.coerce.number().int().min(2).max(8_192).optional(),
  /** put before every text, as some models want */
  EMBEDDER_PREFIX: z.string().max(200).optional(),
  /** the most that like meaning adds to a match, in points */
  EMBEDDER_WEIGHT: z.coerce.number().min(0).max(60).default(12),
  EMBEDDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(30_000),
  /** prefix of index names, so that several deployments (or test runs) may share a Meilisearch */
  SEARCH_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]*$/)
    .default(""),
  /** prefix of queue names, for the same reason */
  QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .default("cungcau"),
  /** a running job that stays silent this long is taken over by another worker */
  QUEUE_LOCK_MS: z.coerce.number().int().min(500).default(30_000),
  /** a mail claimed this long ago and not yet sent is taken over: its worker died. Longer than any SMTP exchange may take. */
  MAIL_TAKEOVER_MS: z.coerce.number().int().min(500).default(180_000),
  /** what a worker process does, separated by commas: relay, jobs, sweeps; all of it unless set */
  WORKER_PARTS: z
    .string()
    .default("relay,jobs,sweeps")
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(z.enum(["relay", "jobs", "sweeps"])).min(1)),
  /** APP_MODE=test only: the worker kills itself at this named point, once, and records it in the file */
  FAULT_POINT: z.string().optional(),
  FAULT_FILE: z.string().optional(),
  SMTP_URL: url("smtp:", "smtps:").optional(),
  MAIL_FROM: z.string().default("Cungcau <khong-tra-loi@cungcau.invalid>"),
  /** when nobody is mailed who has not chosen otherwise, HH:MM-HH:MM on their wall clock, or "none"; demo and test: none */
  MAIL_QUIET_HOURS: z.string().regex(/^(none|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, {
    message: 'must look like 21:00-07:00, or be "none"',
  }),
  /** per recipient domain and worker, "gmail.com=2/10,*=20/100": mails at a time and a second; unset: no limit */
  MAIL_DOMAIN_LIMITS: z.string().default(""),
  /** DKIM (RFC 6376) where the mail server does not sign: all three, the key as PEM or as a file */
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_KEY: z.string().optional(),
  DKIM_KEY_FILE: z.string().optional(),
  /** secret shared with the service that reports bounces to /hooks/mail-bounces; unset: there is no such address */
  MAIL_BOUNCE_SECRET: z.string().min(32).optional(),
  /** who may read /metrics: "Authorization: Bearer …"; unset: there is no such address */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** a worker's own port for /healthz, /readyz and /metrics, on HOST; unset: none */
  WORKER_PORT: port.optional(),
  DATA_DIR: z.string().min(1),
  /** uploaded files in a bucket of an S3-compatible server (decision 0042); unset: in DATA_DIR */
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { message: "must be a bucket's name" })
    .optional(),
  /** unset: Amazon's own servers */
  S3_ENDPOINT: url("http:", "https:")
    .refine((value) => !URL.canParse(value) || /^\/?$/.test(new URL(value).pathname), {
      message: "must be an address without a path (the bucket goes into S3_BUCKET)",
    })
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, { message: "must be a region's name" })
    .default("us-east-1"),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  /** the bucket in the address's path; unless set, wherever S3_ENDPOINT is */
  S3_PATH_STYLE: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  /** put before every key: nothing else of the bucket is looked at, so that others may share it */
  S3_PREFIX: z
    .string()
    .regex(/^([A-Za-z0-9_-]+\/)+$/, { message: 'must end with "/"' })
    .default("cungcau/"),
  PUBLIC_URL: url("http:", "https:"),
  SESSION_SECRET: z.string().min(32),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** addresses of proxies in front whose X-Forwarded-For may be believed (Express "trust proxy") */
  TRUST_PROXY: z.string().optional(),
});

export type Env = z.infer<typeof schema>;

/** A configuration mistake, in words an operator can act on. */
export class EnvError extends Error {}

/**
 * Reads and checks the environment once. Production refuses to start without PUBLIC_URL, SESSION_SECRET and SMTP_URL;
 * demo and test get theirs from the launcher.
 * @throws EnvError naming every variable that is wrong
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const production = given.APP_MODE === "production" || given.APP_MODE === undefined;
  // who tries the exchange out at night wants to see what it sends
  const parsed = schema.safeParse({ MAIL_QUIET_HOURS: production ? "21:00-07:00" : "none", ...given });
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (production) {
    if (!given.SMTP_URL) problems.push("SMTP_URL: required in production (smtp://user:password@host:587)");
    if (given.PUBLIC_URL?.startsWith("http:")) problems.push("PUBLIC_URL: must start with https:// in production");
  }
  const dkim = [given.DKIM_DOMAIN, given.DKIM_SELECTOR, given.DKIM_KEY ?? given.DKIM_KEY_FILE];
  if (dkim.some(Boolean) && !dkim.every(Boolean)) {
    problems.push("DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY (or DKIM_KEY_FILE) belong together");
  }
  if (Boolean(given.EMBEDDER_URL) !== Boolean(given.EMBEDDER_MODEL)) {
    problems.push("EMBEDDER_URL and EMBEDDER_MODEL belong together");
  }
  if (given.S3_ENDPOINT && !given.S3_BUCKET) problems.push("S3_BUCKET: required where S3_ENDPOINT is set");
  if (Boolean(given.S3_ACCESS_KEY) !== Boolean(given.S3_SECRET_KEY)) {
    problems.push("S3_ACCESS_KEY and S3_SECRET_KEY belong together");
  }
  try {
    parseDomainLimits(given.MAIL_DOMAIN_LIMITS ?? "");
  } catch {
    problems.push('MAIL_DOMAIN_LIMITS: must look like "gmail.com=2/10,*=20/100"');
  }
  if (!parsed.success || problems.length > 0) {
    throw new EnvError(`The environment is not complete:\n  ${problems.join("\n  ")}`);
  }
  return parsed.data;
}
