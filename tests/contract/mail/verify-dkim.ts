import { createHash, createPublicKey, verify } from "node:crypto";

/** What a receiving server does with a DKIM signature (RFC 6376, rsa-sha256, relaxed/relaxed), by node's crypto alone. */

const tagsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(";")
      .map((part) => part.split("=", 1).concat(part.slice(part.indexOf("=") + 1)))
      .filter(([name]) => name?.trim())
      .map(([name = "", value = ""]) => [name.trim(), value.replace(/\s+/g, "")]),
  );

const relaxedHeader = (line: string): string => {
  const colon = line.indexOf(":");
  const value = line
    .slice(colon + 1)
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim();
  return `${line.slice(0, colon).trim().toLowerCase()}:${value}`;
};

const relaxedBody = (body: string): string => {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  return lines.length === 0 ? "" : `${lines.join("\r\n")}\r\n`;
};

export type DkimVerdict = { domain: string; selector: string; signed: string[]; body: boolean; signature: boolean };

/** `txt` answers the question for `<selector>._domainkey.<domain>`; null when the mail carries no signature. */
export function verifyDkim(raw: string, txt: (name: string) => string | undefined): DkimVerdict | null {
  const end = raw.indexOf("\r\n\r\n");
  const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
  const body = raw.slice(end + 4);
  const own = headers.find((line) => /^dkim-signature:/i.test(line));
  if (!own) return null;
  const tags = tagsOf(own.slice(own.indexOf(":") + 1));
  if (tags.a !== "rsa-sha256" || tags.c !== "relaxed/relaxed") throw new Error(`not expected: ${tags.a} ${tags.c}`);
  const signed = (tags.h ?? "").split(":").map((name) => name.toLowerCase());
  const left = [...headers];
  const lines = signed.flatMap((name) => {
    // the last of its name first (5.4.2)
    const at = left.findLastIndex((line) => line.toLowerCase().startsWith(`${name}:`));
    return at === -1 ? [] : left.splice(at, 1).map(relaxedHeader);
  });
  const bare = relaxedHeader(own.replace(/([;\s]b=)[^;]*/, "$1"));
  const key = tagsOf(txt(`${tags.s}._domainkey.${tags.d}`) ?? "").p;
  if (!key) throw new Error("no key in the DNS");
  const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
  const data = Buffer.from([...lines, bare].join("\r\n"), "latin1");
  return {
    domain: tags.d ?? "",
    selector: tags.s ?? "",
    signed,
    body: createHash("sha256").update(relaxedBody(body), "latin1").digest("base64") === tags.bh,
    signature: verify("sha256", data, publicKey, Buffer.from(tags.b ?? "", "base64")),
  };
}
