import { createTransport } from "nodemailer";
import { faultPoint } from "../fault-points.server";
import type { MailOutcome, MailPort } from "../ports/mail";
import { NOTHING_FETCHED, toMessage } from "./mail-message.server";

/** Faults of the way to the server, not of the mail: it may go through later. */
const ON_THE_WAY = new Set([
  "ECONNECTION",
  "ETIMEDOUT",
  "ESOCKET",
  "EDNS",
  "ETLS",
  "EPROTOCOL",
  "ECONNREFUSED",
  "ECONNRESET",
  "EMAXLIMIT",
  // cut by us: the worker is stopping, or the job's time is over
  "EABORT",
]);
/** Wrong credentials are the operator's to mend: mails wait for it instead of being lost. */
const OPERATOR = new Set(["EAUTH", "ENOAUTH", "EOAUTH2"]);

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

/** First line of what the server said, without addresses: servers like to repeat the recipient. */
function said(response: string | undefined, fallback: string): string {
  const line = (response ?? fallback).split(/\r?\n/)[0] ?? fallback;
  return line.replace(/<?[^\s<>@]+@[^\s<>@]+>?/g, "<…>").slice(0, 300);
}

/** A server's or socket's refusal as an outcome; null when the error is a programming mistake. */
export function classifySmtpError(error: SmtpError): Extract<MailOutcome, { accepted: false }> | null {
  if (OPERATOR.has(error.code ?? "")) {
    return {
      accepted: false,
      temporary: true,
      code: error.code ?? "EAUTH",
      response: said(error.response, "authentication failed"),
    };
  }
  if (error.responseCode !== undefined) {
    const temporary = error.responseCode >= 400 && error.responseCode < 500;
    return { accepted: false, temporary, code: String(error.responseCode), response: said(error.response, "refused") };
  }
  if (ON_THE_WAY.has(error.code ?? "")) {
    return {
      accepted: false,
      temporary: true,
      code: error.code ?? "ECONNECTION",
      response: said(undefined, error.code ?? "connection lost"),
    };
  }
  if (error.code === "EENVELOPE")
    return { accepted: false, temporary: false, code: "EENVELOPE", response: said(error.response, "bad address") };
  return null;
}

/** Sees each SMTP command just before it is written to the socket; nothing is logged, for commands hold addresses. */
const commandWatch = {
  debug: (entry: { tnx?: string }, text: unknown) => {
    if (entry.tnx === "client" && text === "DATA") faultPoint("deliver:before-data");
  },
  ...Object.fromEntries(["level", "trace", "info", "warn", "error", "fatal"].map((name) => [name, () => {}])),
};

/** Connections to the mail server, shared by all mails of a process. All waits are bounded well under MAIL_TAKEOVER_MS. */
const SMTP_POOL = {
  pool: true,
  maxConnections: 5,
  maxMessages: 200,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 45_000,
} as const;

/**
 * nodemailer over a small pool of SMTP connections. `smtpUrl` is smtp://user:password@host:587 or smtps://…:465.
 * All waits are bounded well under the time after which another worker may take a claimed mail over.
 */
export function createMailSmtp(smtpUrl: string): MailPort {
  const transport = createTransport({
    url: smtpUrl,
    ...SMTP_POOL,
    ...NOTHING_FETCHED,
    transactionLog: true,
    logger: commandWatch,
  });
  const onTheWay = new Set<AbortController>();
  let over = false;
  return {
    async send(mail, signal) {
      const way = new AbortController();
      const cut = () => way.abort();
      if (over || signal?.aborted) cut();
      signal?.addEventListener("abort", cut, { once: true });
      onTheWay.add(way);
      try {
        const info = await transport.sendMail({ ...toMessage(mail), signal: way.signal });
        return { accepted: true, response: said(info.response, "250") };
      } catch (error) {
        const outcome = error instanceof Error ? classifySmtpError(error) : null;
        if (!outcome) throw error;
        return outcome;
      } finally {
        onTheWay.delete(way);
        signal?.removeEventListener("abort", cut);
      }
    },
    cut() {
      over = true;
      for (const way of onTheWay) way.abort();
    },
    close: async () => transport.close(),
  };
}
