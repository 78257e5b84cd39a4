import { readFileSync } from "node:fs";
import { parseDomainLimits } from "../domain-limits";
import type { Env } from "../env.server";
import type { SmtpOptions } from "./mail-smtp.server";

/** How mails go out, from the environment. A key may stand in one line with \\n for its line breaks. */
export function smtpOptions(env: Env): SmtpOptions {
  const key = env.DKIM_KEY?.replaceAll("\\n", "\n") ?? (env.DKIM_KEY_FILE && readFileSync(env.DKIM_KEY_FILE, "utf8"));
  return {
    limits: parseDomainLimits(env.MAIL_DOMAIN_LIMITS),
    ...(env.DKIM_DOMAIN && env.DKIM_SELECTOR && key
      ? { dkim: { domainName: env.DKIM_DOMAIN, keySelector: env.DKIM_SELECTOR, privateKey: key } }
      : {}),
  };
}
