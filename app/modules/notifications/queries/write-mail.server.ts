import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import { getOffice, linkToken } from "~/modules/accounts/index.server";
import { answerToken } from "~/modules/brokering/index.server";
import type { Ctx } from "~/platform/context";
import { reasonLabel } from "../domain/reason-label";
import { isMailTemplate, type MailTemplate, renderMail, type WrittenMail } from "../domain/render-mail";

export const MAIL_TO_WRITE = {
  id: true,
  kind: true,
  locale: true,
  personId: true,
  params: true,
} satisfies Prisma.MailSelect;
export type MailToWrite = Prisma.MailGetPayload<{ select: typeof MAIL_TO_WRITE }>;

const LINK_PURPOSE: Partial<Record<MailTemplate, Parameters<typeof linkToken>[1]>> = {
  "confirm-email": "confirm_email",
  "reset-password": "reset_password",
  invitation: "invitation",
};

/** Mails with a one-tap answer: the link is the reader's own, for the side named by `linkId`. */
const ANSWERED_BY_LINK: readonly MailTemplate[] = ["introduction-proposed", "introduction-reminder"];

function stringsIn(params: Prisma.JsonValue): Record<string, string> {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return {};
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The absolute address behind the button. One-time tokens are made here and are stored nowhere. */
function addressOf(ctx: Ctx, template: MailTemplate, params: Record<string, string>, personId: string | null): string {
  const path = params.path ?? "/";
  const token = params.linkId ? tokenOf(ctx, template, params.linkId, personId) : null;
  return new URL(token ? path.replace("{token}", token) : path, ctx.env.PUBLIC_URL).href;
}

function tokenOf(ctx: Ctx, template: MailTemplate, linkId: string, personId: string | null): string | null {
  if (personId && ANSWERED_BY_LINK.includes(template)) return answerToken(ctx.env, linkId, personId);
  const purpose = LINK_PURPOSE[template];
  return purpose ? linkToken(ctx.env, purpose, linkId) : null;
}

async function contactOf(ctx: Ctx, locale: Locale, personId: string | null, brokerId: string | undefined) {
  if (brokerId && brokerId !== personId) {
    const broker = await ctx.db.person.findUnique({ where: { id: brokerId }, select: { fullName: true, phone: true } });
    if (broker) return { role: "broker" as const, name: broker.fullName, phone: broker.phone };
  }
  const office = await getOffice(ctx.db);
  return { role: "office" as const, name: locale === "en" ? office.nameEn : office.nameVi, phone: office.phone };
}

/** Writes a mail row out in its reader's language; null when its template no longer exists. */
export async function writeMail(ctx: Ctx, mail: MailToWrite): Promise<WrittenMail | null> {
  if (!isMailTemplate(mail.kind)) return null;
  const params = stringsIn(mail.params);
  const [reader, contact] = await Promise.all([
    mail.personId ? ctx.db.person.findUnique({ where: { id: mail.personId }, select: { fullName: true } }) : null,
    contactOf(ctx, mail.locale, mail.personId, params.brokerId),
  ]);
  return renderMail({
    template: mail.kind,
    locale: mail.locale,
    words: params,
    reason: params.reasonCode ? reasonLabel(mail.locale, mail.kind, params.reasonCode) : null,
    url: addressOf(ctx, mail.kind, params, mail.personId),
    readerName: reader?.fullName ?? null,
    contact,
  });
}
