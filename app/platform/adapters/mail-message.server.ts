import { domainToASCII } from "node:url";
import addressparser from "nodemailer/lib/addressparser";
import type { OutgoingMail } from "../ports/mail";

/** A line with encoded words (RFC 2047 §2), and one that is folded, is not longer. */
const LINE = 76;
/** Where lines would be longer than SMTP carries: an address or a link is never that long. */
const LONGEST = 990;

/**
 * A mail as it goes over the wire (RFC 5322, CRLF line ends), written in one piece: text and HTML as alternatives, all bodies in
 * base64. nodemailer writes messages as a chain of streams, which costs more than all the rest of sending one
 * (docs/decisions/0036). The calendar goes out as RFC 6047 asks: an alternative of type text/calendar with its method, beside a
 * file for programs that know no invitations. The same mail has the same bytes every time but for its date.
 * @throws Error for a header whose name is none
 */
export function composeMessage(mail: OutgoingMail, date = new Date()): Buffer {
  const { calendar } = mail;
  // neither "=" before "_" nor "_" itself comes in base64, so that no part can hold it
  const boundary = `=_${mail.messageId.replace(/[^0-9A-Za-z]/g, "").slice(0, 48)}`;
  const parts = [
    part("text/plain; charset=utf-8", crlf(mail.text)),
    part("text/html; charset=utf-8", crlf(mail.html)),
    ...(calendar ? [part(`text/calendar; charset=utf-8; method=${calendar.method}`, calendar.text)] : []),
  ];
  const words = multipart("alternative", `${boundary}_a`, parts);
  const filename = calendar?.filename.replace(/[^\w.-]/g, "_");
  const body = calendar
    ? multipart("mixed", `${boundary}_m`, [
        words,
        part(
          `application/ics; name="${filename}"`,
          calendar.text,
          `Content-Disposition: attachment; filename="${filename}"\r\n`,
        ),
      ])
    : words;
  const headers = [
    header("From", addressOf(mail.from, "From")),
    header("To", addressOf(mail.to, "To")),
    header("Subject", wordsOf(mail.subject, "Subject")),
    header("Message-ID", oneLine(mail.messageId)),
    header("Date", date.toUTCString().replace("GMT", "+0000")),
    ...Object.entries(mail.headers ?? {}).map(([name, value]) => header(name, wordsOf(value, name))),
    "MIME-Version: 1.0\r\n",
  ];
  return Buffer.from(headers.join("") + body, "utf8");
}

/** Text as mail carries it (RFC 2046 §4.1.1). */
const crlf = (text: string): string => text.replace(/\r\n?|\n/g, "\r\n");

/** What would end a header or hide in it becomes a space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const oneLine = (value: string): string => value.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();

function part(type: string, content: string, more = ""): string {
  const encoded = Buffer.from(content, "utf8").toString("base64");
  let lines = "";
  for (let at = 0; at < encoded.length; at += LINE) lines += `${encoded.slice(at, at + LINE)}\r\n`;
  return `Content-Type: ${type}\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${lines}`;
}

function multipart(kind: string, boundary: string, parts: string[]): string {
  const inner = parts.map((one) => `--${boundary}\r\n${one}`).join("\r\n");
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}\r\n--${boundary}--\r\n`;
}

/** One header field; long ones are folded where a space stands before a word. */
function header(name: string, value: string): string {
  if (!/^[A-Za-z0-9-]+$/.test(name)) throw new Error("A mail's header has a name that is none");
  const whole = `${name}: ${value}`;
  if (whole.length <= LINE || value.includes("\r\n")) return `${whole}\r\n`;
  let lines = "";
  let line = "";
  for (const word of whole.split(/(?=(?<! ) )/)) {
    // a name without a word behind it would be an empty line to some programs
    if (line.length + word.length > LINE && line !== "" && line !== `${name}:`) {
      lines += `${line}\r\n`;
      line = word;
    } else line += word;
  }
  return `${lines}${line}\r\n`;
}

/** A value as it may stand in a header: plain where it is ASCII, else as encoded words of whole characters (RFC 2047). */
function wordsOf(value: string, name: string): string {
  const text = oneLine(value);
  return /^[ -~]*$/.test(text) && !text.includes("=?") && text.length < LONGEST
    ? text
    : encodedWords(text, name.length + 2);
}

/** `taken` characters stand before it in its line. */
function encodedWords(text: string, taken: number): string {
  const around = "=?UTF-8?B??=".length;
  const words: string[] = [];
  let bytes: string[] = [];
  let size = 0;
  // three bytes become four characters; the continuing lines begin with a space
  const room = () => Math.floor((LINE - around - (words.length === 0 ? taken : 1)) / 4) * 3;
  const end = () => {
    words.push(`=?UTF-8?B?${Buffer.from(bytes.join(""), "utf8").toString("base64")}?=`);
    bytes = [];
    size = 0;
  };
  for (const character of text) {
    const length = Buffer.byteLength(character, "utf8");
    if (size > 0 && size + length > room()) end();
    bytes.push(character);
    size += length;
  }
  end();
  return words.join("\r\n ");
}

type Address = { person: string; address: string };
let lastSender: { given: string; read: Address } | undefined;

/** `a@b`, or `Name <a@b>`, taken apart: the domain as the mail system writes it. The sender is nearly always the same. */
function readAddress(given: string): Address {
  if (/^[!#-'*+\-/-9=?A-Z^-~.]+@[A-Za-z0-9.-]+$/.test(given)) return { person: "", address: given };
  if (given === lastSender?.given) return lastSender.read;
  const [found] = addressparser(given, { flatten: true });
  const address = oneLine(found?.address ?? "");
  const at = address.lastIndexOf("@");
  const ascii = at < 0 ? address : `${address.slice(0, at + 1)}${domainToASCII(address.slice(at + 1))}`;
  return { person: oneLine(found?.name ?? ""), address: ascii };
}

/** From whom and to whom the mail server is asked to take it: bare addresses. */
export function envelopeOf({ from, to }: Pick<OutgoingMail, "from" | "to">): { from: string; to: string[] } {
  const sender = readAddress(from);
  lastSender = { given: from, read: sender };
  const { address } = readAddress(to);
  return { from: sender.address, to: address === "" ? [] : [address] };
}

function addressOf(given: string, name: string): string {
  const { person, address } = readAddress(given);
  return person === "" ? address : `${personOf(person, name)} <${address}>`;
}

function personOf(person: string, name: string): string {
  if (/^[\w !#$%&'*+\-/=?^`{|}~]*$/.test(person) && !person.includes("=?")) return person;
  if (/^[ -~]*$/.test(person) && !person.includes("=?")) return `"${person.replace(/[\\"]/g, "\\$&")}"`;
  return encodedWords(person, name.length + 2);
}
