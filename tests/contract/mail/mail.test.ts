import ICAL from "ical.js";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMailPreview, type MailPreview } from "~/platform/adapters/mail-preview.server";
import { createMailSmtp } from "~/platform/adapters/mail-smtp.server";
import type { MailCalendar, MailPort, OutgoingMail } from "~/platform/ports/mail";
import { freePort } from "../queue/redis-server";

/** The mail contract: both adapters take a mail; the SMTP one is also asked what a real server may answer. */
const mail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: "<0199-mail@cungcau.invalid>",
  from: "Cungcau <khong-tra-loi@cungcau.invalid>",
  to: "don-vi@example.test",
  subject: "Nhu cầu “Xử lý nước thải mỏ” đã được duyệt",
  text: "Kính gửi Quý đơn vị,\n\nHồ sơ đã được duyệt.\nhttps://example.test/a?b=1&c=2\n",
  html: "<!doctype html><p>Kính gửi Quý đơn vị</p>",
  headers: { "Auto-Submitted": "auto-generated" },
  ...over,
});

type Refusal = { at: "rcpt" | "data" | "mail"; code: number; text: string };
const received: { parsed: ParsedMail; to: string[] }[] = [];
let refusal: Refusal | null = null;
let port = 0;
const refuse = (at: Refusal["at"]) => {
  if (refusal?.at !== at) return null;
  return Object.assign(new Error(refusal.text), { responseCode: refusal.code });
};
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onMailFrom: (_address, _session, done) => done(refuse("mail")),
  onRcptTo: (_address, _session, done) => done(refuse("rcpt")),
  onData(stream, session, done) {
    simpleParser(stream).then(
      (parsed) => {
        const failure = refuse("data");
        if (!failure) received.push({ parsed, to: session.envelope.rcptTo.map((to) => to.address) });
        done(failure);
      },
      (error: Error) => done(error),
    );
  },
});

beforeAll(async () => {
  port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

/** An invitation with what is hard on the way: words in Vietnamese, a line longer than SMTP allows unencoded, CRLF ends. */
const calendar = (method: MailCalendar["method"], sequence: number): MailCalendar => ({
  method,
  filename: "cuoc-gap.ics",
  text: [
    "BEGIN:VCALENDAR",
    "PRODID:-//test//test//VI",
    "VERSION:2.0",
    `METHOD:${method}`,
    "BEGIN:VEVENT",
    "UID:0199-meeting@cungcau.invalid",
    `SEQUENCE:${sequence}`,
    "DTSTAMP:20261123T020000Z",
    "DTSTART:20261205T020000Z",
    "DTEND:20261205T023000Z",
    "SUMMARY:Gặp Viện Công nghệ môi trường về xử lý nước thải mỏ",
    `DESCRIPTION:${"Hội trường Sở\\, bàn số 3. ".repeat(60)}`,
    ...(method === "CANCEL" ? ["STATUS:CANCELLED"] : []),
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n"),
});

describe.each(["smtp", "preview"])("mail contract: %s", (kind) => {
  let port_: MailPort;
  let preview: MailPreview | null = null;
  beforeAll(() => {
    preview = kind === "preview" ? createMailPreview() : null;
    port_ = preview ?? createMailSmtp(`smtp://127.0.0.1:${port}`);
  });
  afterAll(() => port_.close());
  /** The message as whoever receives it reads it. */
  async function parsed(messageId: string): Promise<ParsedMail> {
    const kept = preview?.kept().find((mail) => mail.messageId === messageId);
    const found = kept
      ? await simpleParser(kept.source)
      : received.find((one) => one.parsed.messageId === messageId)?.parsed;
    if (!found) throw new Error(`${messageId} did not arrive`);
    return found;
  }
  const wordsOf = (text: string) => text.replace(/\r\n/g, "\n").trim();

  it("accepts a mail and carries its words, Message-ID and headers unchanged", async () => {
    refusal = null;
    const messageId = `<words-${kind}@cungcau.invalid>`;
    expect(await port_.send(mail({ messageId }))).toMatchObject({ accepted: true });
    const got = await parsed(messageId);
    expect(got.subject).toBe(mail().subject);
    expect(wordsOf(got.text ?? "")).toBe(wordsOf(mail().text));
    expect(got.html).toContain("Kính gửi Quý đơn vị");
    expect(got.headers.get("auto-submitted")).toBe("auto-generated");
    expect(got.attachments).toEqual([]);
  });
  it("accepts many at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => port_.send(mail({ messageId: `<many-${kind}-${i}@cungcau.invalid>` }))),
    );
    expect(answers.every((answer) => answer.accepted)).toBe(true);
    for (let i = 0; i < 12; i++)
      expect((await parsed(`<many-${kind}-${i}@cungcau.invalid>`)).subject).toBe(mail().subject);
  });
  it.each([
    ["REQUEST", 0],
    ["REQUEST", 1],
    ["CANCEL", 2],
  ] as const)(
    "carries an invitation (%s, SEQUENCE %i) as what programs act on and as a file",
    async (method, sequence) => {
      refusal = null;
      const messageId = `<calendar-${kind}-${sequence}@cungcau.invalid>`;
      const sent = calendar(method, sequence);
      expect(await port_.send(mail({ messageId, calendar: sent }))).toMatchObject({ accepted: true });
      const got = await parsed(messageId);
      // the words are still there: a program without a calendar shows them
      expect(wordsOf(got.text ?? "")).toBe(wordsOf(mail().text));
      expect(got.html).toContain("Kính gửi Quý đơn vị");
      const [alternative, file, ...more] = [...got.attachments].sort((a, b) =>
        b.contentType.localeCompare(a.contentType),
      );
      expect(more).toEqual([]);
      expect(alternative?.contentType).toBe("text/calendar");
      expect(alternative?.headers.get("content-type")).toMatchObject({ params: { method, charset: "utf-8" } });
      expect(file).toMatchObject({
        contentType: "application/ics",
        contentDisposition: "attachment",
        filename: sent.filename,
      });
      for (const part of [alternative, file]) {
        const text = part?.content.toString("utf8") ?? "";
        expect(text).toBe(sent.text);
        const root = new ICAL.Component(ICAL.parse(text));
        const event = new ICAL.Event(root.getFirstSubcomponent("vevent") ?? undefined);
        expect(root.getFirstPropertyValue("method")).toBe(method);
        expect([event.uid, event.sequence]).toEqual(["0199-meeting@cungcau.invalid", sequence]);
        expect(event.summary).toBe("Gặp Viện Công nghệ môi trường về xử lý nước thải mỏ");
      }
    },
  );
});

describe("mail over SMTP", () => {
  let smtp: MailPort;
  beforeAll(() => {
    smtp = createMailSmtp(`smtp://127.0.0.1:${port}`);
  });
  afterAll(() => smtp.close());

  it("names the recipient to the server", async () => {
    refusal = null;
    received.length = 0;
    await smtp.send(mail());
    expect(received.map((one) => one.to)).toEqual([["don-vi@example.test"]]);
  });

  it.each<[Refusal, { temporary: boolean; code: string }]>([
    [
      { at: "rcpt", code: 450, text: "mailbox don-vi@example.test is busy" },
      { temporary: true, code: "450" },
    ],
    [
      { at: "rcpt", code: 550, text: "no such mailbox <don-vi@example.test>" },
      { temporary: false, code: "550" },
    ],
    [
      { at: "data", code: 452, text: "out of space" },
      { temporary: true, code: "452" },
    ],
    [
      { at: "data", code: 554, text: "spam" },
      { temporary: false, code: "554" },
    ],
    [
      { at: "mail", code: 421, text: "closing" },
      { temporary: true, code: "421" },
    ],
  ])("says whether a refusal may pass: %j", async (given, wanted) => {
    refusal = given;
    const answer = await smtp.send(mail());
    refusal = null;
    expect(answer).toMatchObject({ accepted: false, ...wanted });
    expect(JSON.stringify(answer)).not.toContain("don-vi@example.test");
    expect(await smtp.send(mail())).toMatchObject({ accepted: true });
  });

  it("takes no more mails than connections before they are marked: what a crash can send twice", async () => {
    refusal = null;
    received.length = 0;
    let marking = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sends = Array.from({ length: 10 }, (_, i) =>
      smtp.send(mail({ messageId: `<held-${i}@cungcau.invalid>` }), undefined, () => {
        marking += 1;
        return held;
      }),
    );
    await expect.poll(() => marking).toBe(4);
    // a mail that comes and goes meanwhile: whatever else was on its way has arrived by then
    const other = createMailSmtp(`smtp://127.0.0.1:${port}`);
    for (let i = 0; i < 5; i++) expect(await other.send(mail())).toMatchObject({ accepted: true });
    await other.close();
    expect(received.filter(({ parsed }) => parsed.messageId?.startsWith("<held-"))).toHaveLength(4);
    release();
    expect((await Promise.all(sends)).every((answer) => answer.accepted)).toBe(true);
    expect(marking).toBe(10);
  });

  it("says that a mail could not be marked, and goes on", async () => {
    refusal = null;
    const away = Object.assign(new Error("the database is away"), { code: "ETIMEDOUT" });
    for (let i = 0; i < 6; i++)
      await expect(smtp.send(mail(), undefined, () => Promise.reject(away))).rejects.toBe(away);
    expect(await smtp.send(mail())).toMatchObject({ accepted: true });
  });

  it("takes a server that is away as temporary", async () => {
    const nobody = createMailSmtp(`smtp://127.0.0.1:${await freePort()}`);
    expect(await nobody.send(mail())).toMatchObject({ accepted: false, temporary: true });
    await nobody.close();
  });

  it("takes wrong credentials as temporary: the operator mends them and nothing is lost", async () => {
    const strict = new SMTPServer({
      allowInsecureAuth: true,
      disabledCommands: ["STARTTLS"],
      onAuth: (_auth, _session, done) => done(new Error("no")),
    });
    const strictPort = await freePort();
    await new Promise<void>((resolve) => strict.listen(strictPort, "127.0.0.1", resolve));
    const wrong = createMailSmtp(`smtp://user:wrong@127.0.0.1:${strictPort}`);
    expect(await wrong.send(mail())).toMatchObject({ accepted: false, temporary: true, code: "EAUTH" });
    await wrong.close();
    await new Promise<void>((resolve) => strict.close(resolve));
  });

  it("takes an address that is none as permanent", async () => {
    expect(await smtp.send(mail({ to: "" }))).toMatchObject({ accepted: false, temporary: false });
  });
});
