import { type ParsedMail, simpleParser } from "mailparser";
import { createTransport } from "nodemailer";
import addressparser from "nodemailer/lib/addressparser";
import { describe, expect, it } from "vitest";
import type { OutgoingMail } from "../ports/mail";
import { composeMessage } from "./mail-message.server";

const mail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: "<0199-mail@cungcau.invalid>",
  from: "Sàn công nghệ, Sở KH&CN <khong-tra-loi@cungcau.invalid>",
  to: "don-vi@example.test",
  subject: "Nhu cầu “Xử lý nước thải mỏ” đã được duyệt",
  text: "Kính gửi Quý đơn vị,\n\nHồ sơ đã được duyệt.\n.\nMột dòng chỉ có dấu chấm ở trên.\n",
  html: "<!doctype html><p>Kính gửi Quý đơn vị 🏭</p>",
  headers: { "Auto-Submitted": "auto-generated", "List-Unsubscribe": "<https://sokhcn.example.vn/mail/stop/abc>" },
  ...over,
});
const calendar = { method: "REQUEST", filename: "cuoc-gap.ics", text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" } as const;

/** The same mail as nodemailer writes it. */
async function byNodemailer({ calendar, bulk: _bulk, ...given }: OutgoingMail): Promise<Buffer> {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await writer.sendMail({
    ...given,
    textEncoding: "base64",
    ...(calendar
      ? { icalEvent: { method: calendar.method, filename: calendar.filename, content: calendar.text } }
      : {}),
  });
  if (!Buffer.isBuffer(message)) throw new Error("no message");
  return message;
}

const lines = (text: string | false | undefined) => (text || "").replace(/\r\n/g, "\n").trim();
/** What a reader gets. */
const read = (got: ParsedMail) => ({
  subject: got.subject,
  from: got.from?.value,
  to: Array.isArray(got.to) ? got.to.map((one) => one.value) : got.to?.value,
  text: lines(got.text),
  html: lines(got.html),
  messageId: got.messageId,
  headers: ["auto-submitted", "list", "mime-version"].map((name) => got.headers.get(name)),
  attachments: got.attachments.map((one) => ({
    type: one.contentType,
    filename: one.filename,
    disposition: one.contentDisposition,
    params: one.headers.get("content-type"),
    text: one.content.toString("utf8"),
  })),
});

const LONG = "Đổi mới công nghệ khai thác và chế biến than hầm lò ở vùng Quảng Ninh ".repeat(6).trim();

describe("a message says what nodemailer's own says", () => {
  it.each<[string, Partial<OutgoingMail>]>([
    ["as it is", {}],
    ["with an invitation", { calendar }],
    ["a long subject in Vietnamese", { subject: LONG }],
    ["a long subject without an accent", { subject: "Technology exchange of the province ".repeat(5).trim() }],
    ["letters outside the first plane", { subject: `${"🏭⚙️".repeat(30)} nhà máy` }],
    ["a sender's name that has to be quoted", { from: '"Sở, KH & CN" <a@b.invalid>' }],
    ["a sender's name in ASCII with a comma", { from: '"Department, Quang Ninh" <a@b.invalid>' }],
    ["a sender without a name", { from: "a@b.invalid" }],
    ["a recipient with a plus and an apostrophe", { to: "o'hara+san@example.test" }],
    ["a recipient whose domain has accents", { to: "don-vi@sởkhcn.example" }],
    ["a very long line", { html: `<p>${LONG.repeat(20)}</p>` }],
  ])("%s", async (_name, over) => {
    const given = mail(over);
    const ours = read(await simpleParser(composeMessage(given)));
    const theirs = read(await simpleParser(await byNodemailer(given)));
    expect(ours).toEqual(theirs);
    expect(ours.subject).toBe(given.subject);
    expect(addressparser(given.from)[0]?.name).toBe(ours.from?.[0]?.name);
  });
});

describe("a message on the wire", () => {
  it.each([mail(), mail({ subject: LONG, calendar }), mail({ subject: `${"a".repeat(70)} ${LONG}` })])(
    "is ASCII with lines that every server takes and encoded words that none may break",
    (given) => {
      const source = composeMessage(given).toString("latin1");
      expect(source).toMatch(/^[\r\n -~]*$/);
      expect(source.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
      const head = source.slice(0, source.indexOf("\r\n\r\n")).split("\r\n");
      for (const line of head) {
        if (line.includes("=?UTF-8")) expect(line.length).toBeLessThanOrEqual(76);
        expect(line.trim()).not.toBe("");
        for (const [, word = ""] of line.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g))
          expect(Buffer.from(word, "base64").toString("utf8")).not.toContain("\ufffd");
      }
      for (const line of source.split("\r\n")) expect(line.length).toBeLessThanOrEqual(998);
    },
  );
  it("has the same bytes every time but for its date", () => {
    const at = new Date("2026-11-23T02:00:00Z");
    expect(composeMessage(mail({ calendar }), at)).toEqual(composeMessage(mail({ calendar }), at));
    expect(composeMessage(mail(), at).toString()).toContain("\r\nDate: Mon, 23 Nov 2026 02:00:00 +0000\r\n");
  });
  it.each(["x\r\nBcc: khac@example.test", "x\nBcc: khac@example.test", "x\r\n\r\n<p>y", "x\u0000\u2028y"])(
    "lets no value begin a header of its own: %j",
    async (value) => {
      for (const over of [
        { subject: value },
        { from: `"${value}" <a@b.invalid>` },
        { to: `${value} <a@b.invalid>` },
        { messageId: `<${value}@b.invalid>` },
        { headers: { "X-Test": value } },
      ]) {
        const source = composeMessage(mail(over)).toString("utf8");
        expect(source).not.toMatch(/^bcc:/im);
        expect((await simpleParser(source)).html).toContain("Kính gửi Quý đơn vị");
      }
    },
  );
  it("takes nothing given for an encoded word", async () => {
    const subject = "=?UTF-8?B?xx?= is a word";
    expect((await simpleParser(composeMessage(mail({ subject })))).subject).toBe(subject);
  });
  it("refuses a header whose name is none", () => {
    expect(() => composeMessage(mail({ headers: { "X-Test: a\r\nBcc": "b" } }))).toThrow(/none/);
  });
});
