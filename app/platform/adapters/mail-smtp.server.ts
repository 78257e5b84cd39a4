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

/**
 * nodemailer over a small pool of SMTP connections. `smtpUrl` is smtp://user:password@host:587 or smtps://…:465.
 * All waits are bounded well under the time after which another worker may take a claimed mail over.
 */
export function createMailSmtp(smtpUrl: string): MailPort {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    maxMessages: 200,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 45_000,
    ...NOTHING_FETCHED,
    transactionLog: true,
    logger: commandWatch,
  });
  return {
    async send(mail) {
      try {
        const info = await transport.sendMail(toMessage(mail));
        return { accepted: true, response: said(info.response, "250") };
      } catch (error) {
        const outcome = error instanceof Error ? classifySmtpError(error) : null;
        if (!outcome) throw error;
        return outcome;
      }
    },
    close: async () => transport.close(),
  };
}
