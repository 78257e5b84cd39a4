import { Readable } from "node:stream";
import { createTransport, type Transporter } from "nodemailer";
import type MailMessage from "nodemailer/lib/mailer/mail-message";
import type MimeNode from "nodemailer/lib/mime-node";
import type SMTPPool from "nodemailer/lib/smtp-pool";
import { createDomainLimits, type DomainLimit } from "../domain-limits";
import { faultPoint, isArmed } from "../fault-points.server";
import type { MailOutcome, MailPort, OutgoingMail } from "../ports/mail";
import { composeMessage, envelopeOf } from "./mail-message.server";

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

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

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
    const status = /^\d{3}[ -](?:\d{3}[ -])?([245]\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? "")?.[1];
    return {
      accepted: false,
      temporary,
      code: String(error.responseCode),
      response: said(error.response, "refused"),
      ...(status ? { status } : {}),
      atRecipient: /^RCPT/i.test(error.command ?? ""),
    };
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
  maxConnections: 4,
  maxMessages: 200,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 45_000,
} as const;
/** Digests have connections of their own: an immediate mail never waits behind a thousand of them. */
const BULK_POOL = { ...SMTP_POOL, maxConnections: 8, maxMessages: 1_000 } as const;

/** A mail's words and addresses are ours: no file or address named in them is ever fetched. */
const NOTHING_FETCHED = { disableFileAccess: true, disableUrlAccess: true } as const;

function inOnePiece(bytes: Buffer): Readable {
  const parts: (Buffer | null)[] = [bytes, null];
  return new Readable({
    highWaterMark: bytes.length + 1,
    read() {
      this.push(parts.shift() ?? null);
    },
  });
}

type Pool = Transporter<SMTPPool.SentMessageInfo, SMTPPool.Options>;
type Handed = MailMessage<SMTPPool.SentMessageInfo>;
/** How a finished message goes out. Fails with nodemailer's error, or when `signal` cuts it. */
type Send = (mail: OutgoingMail, signal: AbortSignal) => Promise<SMTPPool.SentMessageInfo>;

/** nodemailer's own way: through its plugins and streams, one of which signs. */
const signing =
  (pool: Pool): Send =>
  (mail, signal) =>
    pool.sendMail({
      envelope: { from: mail.from, to: mail.to },
      messageId: mail.messageId,
      raw: composeMessage(mail),
      signal,
    });

/**
 * Straight to nodemailer's pool of connections, which asks of a mail no more than its envelope, its id and its bytes: what
 * stands before it takes a message apart and puts it together again (docs/decisions/0036).
 */
const straight =
  ({ transporter }: Pool): Send =>
  (mail, signal) =>
    new Promise((resolve, reject) => {
      const bytes = composeMessage(mail);
      const envelope = envelopeOf(mail);
      const message: Partial<MimeNode> = {
        getEnvelope: () => envelope,
        messageId: () => mail.messageId,
        // it asks for no other one
        getHeader: () => mail.messageId,
        createReadStream: () => inOnePiece(bytes),
      };
      const handed: Partial<Handed> = { data: { signal }, message: message as MimeNode };
      transporter.send(handed as Handed, (error, info) => (info && !error ? resolve(info) : reject(error)));
    });

/** Lets so many through at a time, first come first served; each says when it leaves. */
function createPlaces(count: number): () => Promise<() => void> {
  let free = count;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return leave;
  };
}

export type SmtpOptions = {
  limits?: ReadonlyMap<string, DomainLimit>;
  dkim?: { domainName: string; keySelector: string; privateKey: string };
};

/** What a signature covers: the usual headers, and those by which a reader stops mails (RFC 8058 §4 demands it). */
const SIGNED =
  "from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding:auto-submitted:list-unsubscribe:list-unsubscribe-post";

/**
 * nodemailer over small pools of SMTP connections. `smtpUrl` is smtp://user:password@host:587 or smtps://…:465.
 * A mail whose recipient's domain has had enough for now comes back with `retryAfterMs`, without having been tried.
 */
export function createMailSmtp(smtpUrl: string, { limits = new Map(), dkim }: SmtpOptions = {}): MailPort {
  const open = (pool: typeof SMTP_POOL | typeof BULK_POOL) => {
    const transport = createTransport({
      url: smtpUrl,
      ...pool,
      ...NOTHING_FETCHED,
      ...(dkim ? { dkim: { ...dkim, headerFieldNames: SIGNED } } : {}),
      // watching every command takes time of every mail
      ...(isArmed("deliver:before-data") ? { transactionLog: true, logger: commandWatch } : {}),
    });
    return { send: (dkim ? signing : straight)(transport), close: () => transport.close() };
  };
  const now = open(SMTP_POOL);
  const bulk = open(BULK_POOL);
  // a connection is free when its mail is marked, not when the server took it (ports/mail)
  const places = { now: createPlaces(SMTP_POOL.maxConnections), bulk: createPlaces(BULK_POOL.maxConnections) };
  const turnOf = createDomainLimits(limits);
  const onTheWay = new Set<AbortController>();
  let over = false;
  return {
    async send(mail, signal, accepted) {
      const turn = await turnOf(mail.to);
      if ("retryAfterMs" in turn) {
        const { retryAfterMs } = turn;
        return { accepted: false, temporary: true, code: "LIMIT", response: "domain limit", retryAfterMs };
      }
      const way = new AbortController();
      const cut = () => way.abort();
      if (over || signal?.aborted) cut();
      signal?.addEventListener("abort", cut, { once: true });
      onTheWay.add(way);
      const leave = await (mail.bulk ? places.bulk : places.now)();
      let marking: Promise<unknown> | undefined;
      try {
        const info = await (mail.bulk ? bulk : now).send(mail, way.signal);
        // a failure to mark is no answer of the server's
        marking = accepted?.();
        await marking;
        return { accepted: true, response: said(info.response, "250") };
      } catch (error) {
        const outcome = error instanceof Error && !marking ? classifySmtpError(error) : null;
        if (!outcome) throw error;
        return outcome;
      } finally {
        leave();
        turn.release();
        onTheWay.delete(way);
        signal?.removeEventListener("abort", cut);
      }
    },
    cut() {
      over = true;
      for (const way of onTheWay) way.abort();
    },
    async close() {
      now.close();
      bulk.close();
    },
  };
}
