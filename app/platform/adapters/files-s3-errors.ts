import { FilesError } from "../ports/files";

type Answer = { name: string; status: number | null; code: string | null; attempts: boolean };

function answerOf(error: unknown): Answer {
  const field = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;
  const metadata = field(error, "$metadata");
  const status = field(metadata, "httpStatusCode");
  const code = field(error, "code");
  return {
    name: error instanceof Error ? error.name : "unknown",
    status: typeof status === "number" ? status : null,
    code: typeof code === "string" ? code : null,
    attempts: metadata !== undefined,
  };
}

/** As Amazon and compatible servers call it that the keys do not fit. */
const KEYS = /AccessKey|AccessDenied|Forbidden|Signature|Token|UserNotFound/;
const REGION = ["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"];
const WAITED = ["TimeoutError", "AbortError"];

/**
 * What the client or the server said, as what somebody can do about it. Names, numbers and the bucket only: what the client
 * throws holds the whole request with its signature, so it goes no further. A mistake of the program stays what it is.
 */
export function filesErrorOf(error: unknown, bucket: string): unknown {
  const { name, status, code, attempts } = answerOf(error);
  const say = (problem: FilesError["problem"], words: string) =>
    new FilesError(problem, `${words} (${[name, status ?? code].filter(Boolean).join(" ")})`);
  if (name === "NoSuchBucket") return say("noStore", `There is no bucket "${bucket}": make it, or mend S3_BUCKET`);
  if (REGION.includes(name) || status === 301)
    return say("wrong", `The bucket "${bucket}" is in another region: mend S3_REGION or S3_ENDPOINT`);
  if (name === "RequestTimeTooSkewed") return say("wrong", "The clock of this machine is wrong");
  if (name === "CredentialsProviderError")
    return say("denied", "There are no keys: set S3_ACCESS_KEY and S3_SECRET_KEY, or give the machine a role");
  if (KEYS.test(name) || status === 401 || status === 403)
    return say("denied", `The keys may not use the bucket "${bucket}": mend S3_ACCESS_KEY and S3_SECRET_KEY`);
  if (status !== null && status < 500 && status !== 429)
    return say("wrong", "What answers does not speak S3 as it should: mend S3_ENDPOINT or S3_PATH_STYLE");
  if (attempts || code !== null || WAITED.includes(name)) return say("away", "The store of files does not answer");
  return error;
}
