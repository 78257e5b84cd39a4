/** Named rate limits. Points and windows live in adapters/limits.server.ts. */
export type LimitName = "sign-in" | "sign-up" | "one-time-link" | "upload" | "draft" | "write" | "search";
export type LimitAnswer = { allowed: true } | { allowed: false; retryAfterSeconds: number };

/** Counts across all copies of the web process. */
export interface LimitsPort {
  consume(name: LimitName, key: string): Promise<LimitAnswer>;
  /** forgets the count, e.g. after a successful sign-in */
  reset(name: LimitName, key: string): Promise<void>;
}
