import { Transform } from "node:stream";
import type { SendMailOptions, Transporter } from "nodemailer";
import type { OutgoingMail } from "../ports/mail";

/**
 * A mail as nodemailer takes it; both adapters write the same message. The calendar goes out as RFC 6047 asks: an
 * alternative of type text/calendar with its method, beside a file for programs that know no invitations.
 */
export function toMessage({ calendar, bulk: _bulk, ...mail }: OutgoingMail): SendMailOptions {
  return {
    ...mail,
    textEncoding: "base64",
    ...(calendar
      ? { icalEvent: { method: calendar.method, filename: calendar.filename, content: calendar.text } }
      : {}),
  };
}

/** A mail's words and addresses are ours: no file or address named in them is ever fetched. */
export const NOTHING_FETCHED = { disableFileAccess: true, disableUrlAccess: true } as const;

/**
 * Lets a message go out in one piece. nodemailer writes it header by header and part by part, each time with a call into
 * the system, which costs more than writing the message does.
 */
export function inOnePiece(transport: Transporter): void {
  transport.use("stream", (mail, done) => {
    mail.message.processFunc((input) => {
      const parts: Buffer[] = [];
      const whole = new Transform({
        transform(part: Buffer, _encoding, next) {
          parts.push(part);
          next();
        },
        flush(next) {
          next(null, Buffer.concat(parts));
        },
      });
      input.once("error", (error) => whole.destroy(error));
      return input.pipe(whole);
    });
    done();
  });
}
