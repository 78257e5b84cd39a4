/**
 * A real SMTP server in a process of its own, which survives the crash of a worker. Writes what it heard and accepted
 * to the file named on the command line, one JSON object a line, each before it answers; prints its port.
 * Refuses by the local part of the recipient: busy-… 450, gone-… 550; takes a second over slow-…, and never answers for stuck-….
 */
import { appendFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const file = process.argv[2];
if (!file) throw new Error("name the file to write to");
const note = (line: Record<string, unknown>) => appendFileSync(file, `${JSON.stringify(line)}\n`);

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  // one command, one answer: what was heard before a crash was really sent before it
  hidePIPELINING: true,
  onRcptTo(address, _session, done) {
    note({ heard: "rcpt", to: address.address });
    const code = /^busy-/.test(address.address) ? 450 : /^gone-/.test(address.address) ? 550 : 0;
    done(code ? Object.assign(new Error("refused"), { responseCode: code }) : null);
  },
  onData(stream, session, done) {
    const to = session.envelope.rcptTo.map((entry) => entry.address);
    note({ heard: "data", to: to[0] });
    simpleParser(stream).then(async (mail) => {
      if (to[0]?.startsWith("stuck-")) return;
      if (to[0]?.startsWith("slow-")) await new Promise((resolve) => setTimeout(resolve, 1_000));
      note({
        heard: "accepted",
        to: to[0],
        messageId: mail.messageId,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        attached: mail.attachments.map((file) => `${file.filename ?? ""}\n${file.content.toString("utf8")}`),
      });
      done();
    }, done);
  },
});
server.on("error", () => {}); // a client that was killed in the middle
server.listen(0, "127.0.0.1", () => {
  const address = server.server.address();
  console.log(typeof address === "object" && address ? address.port : "");
});
process.on("SIGTERM", () => server.close(() => process.exit(0)));
