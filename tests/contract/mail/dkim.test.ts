import { generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMailSmtp } from "~/platform/adapters/mail-smtp.server";
import { smtpOptions } from "~/platform/adapters/smtp-options.server";
import { parseEnv } from "~/platform/env.server";
import type { MailPort } from "~/platform/ports/mail";
import { verifyDkim } from "./verify-dkim";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const DNS: Record<string, string> = {
  "san2026._domainkey.sokhcn.example.vn": `v=DKIM1; k=rsa; p=${publicKey.export({ format: "der", type: "spki" }).toString("base64")}`,
};
const heard: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      heard.push(Buffer.concat(chunks).toString("latin1"));
      done();
    });
  },
});
let url: string;
const ports: MailPort[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const port of ports) await port.close();
  await new Promise<void>((resolve) => server.close(resolve));
});

/** Sends one mail as a worker configured like this would; the bytes that the server got. */
async function sent(env: Record<string, string>): Promise<string> {
  const parsed = parseEnv({
    ...{ NODE_ENV: "test", APP_MODE: "test", DATABASE_URL: "postgres://127.0.0.1/none", DATA_DIR: "/nowhere" },
    ...{ PUBLIC_URL: "http://127.0.0.1:3000", SESSION_SECRET: "a secret for tests that is long enough" },
    ...env,
  });
  const port = createMailSmtp(url, smtpOptions(parsed));
  ports.push(port);
  const outcome = await port.send({
    messageId: "<0199-dkim@sokhcn.example.vn>",
    from: "Sàn công nghệ <san@sokhcn.example.vn>",
    to: "nguoi-nhan@example.invalid",
    subject: "Xin xác nhận: “Xử lý nước thải hầm lò”   và hai khoảng trắng",
    text: "Kính gửi Quý đơn vị,\n\nDòng có khoảng trắng cuối.  \n.\nMột dòng chỉ có dấu chấm ở trên.\n\n\n",
    html: "<p>Kính gửi <b>Quý đơn vị</b></p>",
    bulk: false,
    headers: { "List-Unsubscribe": "<https://sokhcn.example.vn/mail/stop/abc>" },
  });
  expect(outcome).toMatchObject({ accepted: true });
  return heard.at(-1) ?? "";
}

const DKIM = {
  DKIM_DOMAIN: "sokhcn.example.vn",
  DKIM_SELECTOR: "san2026",
  // in one line, as environment files hold it
  DKIM_KEY: privateKey.export({ format: "pem", type: "pkcs8" }).toString().replaceAll("\n", "\\n"),
};

describe("DKIM", () => {
  it("a mail that was really sent carries a signature that the key in the DNS verifies", async () => {
    const verdict = verifyDkim(await sent(DKIM), (name) => DNS[name]);
    expect(verdict).toMatchObject({ domain: "sokhcn.example.vn", selector: "san2026", body: true, signature: true });
    for (const name of ["from", "to", "subject", "message-id", "date", "content-type"])
      expect(verdict?.signed).toContain(name);
  });

  it("which fails once a word of the text or of the subject was changed on the way", async () => {
    const raw = await sent(DKIM);
    const [head = "", ...rest] = raw.split("\r\n\r\n");
    const text = [head, ...rest.map((part) => part.replace("text/html", "text/plain"))].join("\r\n\r\n");
    expect(verifyDkim(text, (name) => DNS[name])).toMatchObject({ body: false });
    const subject = raw.replace(/^Subject: /m, "Subject: Re: ");
    expect(verifyDkim(subject, (name) => DNS[name])).toMatchObject({ body: true, signature: false });
  });

  it("is left to the mail server where nothing is configured", async () => {
    expect(verifyDkim(await sent({}), (name) => DNS[name])).toBeNull();
  });
});
