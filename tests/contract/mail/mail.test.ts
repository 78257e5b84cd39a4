import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMailPreview } from "~/platform/adapters/mail-preview.server";
import { createMailSmtp } from "~/platform/adapters/mail-smtp.server";
import type { MailPort, OutgoingMail } from "~/platform/ports/mail";
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

describe.each(["smtp", "preview"])("mail contract: %s", (kind) => {
  let port_: MailPort;
  beforeAll(() => {
    port_ = kind === "smtp" ? createMailSmtp(`smtp://127.0.0.1:${port}`) : createMailPreview();
  });
  afterAll(() => port_.close());
  it("accepts a mail", async () => {
    refusal = null;
    expect(await port_.send(mail())).toMatchObject({ accepted: true });
  });
  it("accepts many at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => port_.send(mail({ messageId: `<many-${i}@cungcau.invalid>` }))),
    );
    expect(answers.every((answer) => answer.accepted)).toBe(true);
  });
});

describe("mail over SMTP", () => {
  let smtp: MailPort;
  beforeAll(() => {
    smtp = createMailSmtp(`smtp://127.0.0.1:${port}`);
  });
  afterAll(() => smtp.close());

  it("carries words, Message-ID and headers unchanged", async () => {
    refusal = null;
    received.length = 0;
    await smtp.send(mail());
    const [only] = received;
    expect(received).toHaveLength(1);
    expect(only?.to).toEqual(["don-vi@example.test"]);
    expect(only?.parsed.messageId).toBe("<0199-mail@cungcau.invalid>");
    expect(only?.parsed.subject).toBe(mail().subject);
    expect(only?.parsed.text?.trim()).toBe(mail().text.trim());
    expect(only?.parsed.html).toContain("Kính gửi Quý đơn vị");
    expect(only?.parsed.headers.get("auto-submitted")).toBe("auto-generated");
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
