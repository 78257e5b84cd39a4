import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Ctx } from "~/platform/context";
import { recordRefusal } from "./record-refusal.server";

/** A report may be this old or this much ahead: an intercepted one cannot be played again later. */
const FRESH_MS = 5 * 60_000;
const MOST = 1_000;

/** What a mail service reports of mails it could not deliver; fields as in a delivery status notification (RFC 3464). */
const reportSchema = z.object({
  events: z
    .array(
      z.object({
        /** Message-ID of the mail, as we wrote it */
        messageId: z.string().max(300),
        /** RFC 3464 §2.3.3; only "failed" is final */
        action: z.enum(["failed", "delayed", "delivered", "relayed", "expanded"]),
        /** RFC 3463 status, such as 5.1.1 */
        status: z.string().regex(/^[245]\.\d{1,3}\.\d{1,3}$/),
        diagnostic: z.string().max(2_000).default(""),
      }),
    )
    .max(MOST),
});

export type BounceReport = { body: string; timestamp: string | null; signature: string | null };
export type BounceAnswer = { status: 200; taken: number } | { status: 400 | 401 | 404 };

/**
 * Takes a report of mails that came back. It counts only for a mail that we sent, and only for that mail's recipient; the
 * same report twice changes nothing. Signed with HMAC-SHA256 over "timestamp.body"; without MAIL_BOUNCE_SECRET there is no
 * such address.
 */
export async function reportBounces(ctx: Ctx, report: BounceReport): Promise<BounceAnswer> {
  const secret = ctx.env.MAIL_BOUNCE_SECRET;
  if (!secret) return { status: 404 };
  if (!signed(secret, report, ctx.clock.now())) return { status: 401 };
  const parsed = reportSchema.safeParse(jsonIn(report.body));
  if (!parsed.success) return { status: 400 };
  const failed = parsed.data.events.filter((event) => event.action === "failed" && event.status.startsWith("5."));
  const mails = await ctx.db.mail.findMany({
    where: { messageId: { in: failed.map((event) => bracketed(event.messageId)) } },
    select: { id: true, messageId: true, toAddress: true },
  });
  const known = new Map(mails.map((mail) => [mail.messageId, mail]));
  let taken = 0;
  for (const event of failed) {
    const mail = known.get(bracketed(event.messageId));
    if (!mail) continue;
    taken += 1;
    await recordRefusal(
      ctx,
      { mailId: mail.id, address: mail.toAddress, source: "report" },
      { code: "550", status: event.status, response: withoutAddresses(event.diagnostic) },
    );
  }
  return { status: 200, taken };
}

/** The signature of a report, in hexadecimal. */
export function bounceSignature(secret: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}

function signed(secret: string, { body, timestamp, signature }: BounceReport, now: Date): boolean {
  if (!timestamp || !signature || !/^\d{10}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1_000) > FRESH_MS) return false;
  const given = Buffer.from(signature, "hex");
  const expected = Buffer.from(bounceSignature(secret, timestamp, body), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const bracketed = (messageId: string): string => `<${messageId.replace(/^<|>$/g, "")}>`;
const withoutAddresses = (text: string): string =>
  (text.split(/\r?\n/)[0] ?? "").replace(/<?[^\s<>@]+@[^\s<>@]+>?/g, "<…>");
