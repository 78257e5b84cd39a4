import type { SendMailOptions } from "nodemailer";
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
