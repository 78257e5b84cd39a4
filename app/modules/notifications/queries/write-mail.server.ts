import type { Prisma } from "~/generated/prisma/client";
import { getOffice, linkToken } from "~/modules/accounts/index.server";
import { answerToken } from "~/modules/brokering/index.server";
import { outcomeToken } from "~/modules/deals/index.server";
import { reconfirmToken } from "~/modules/listings/index.server";
import { meetingToken, minutesToken, participantCalendar } from "~/modules/sessions/index.server";
import type { Ctx } from "~/platform/context";
import type { Env } from "~/platform/env.server";
import { changedReasonLabel } from "~/platform/lists/reasons.server";
import type { MailCalendar } from "~/platform/ports/mail";
import { DIGEST } from "../domain/keys";
import { reasonLabel, reasonWords } from "../domain/reason-label";
import { isMailTemplate, type MailTemplate, renderMail, type WrittenMail } from "../domain/render-mail";
import { HOME_ZONE } from "../domain/rhythm";
import { topicOf } from "../domain/topics";
import { stopToken } from "../stop-token.server";
import { choicesOf } from "./choices.server";
import { type Letter, readLetters } from "./letters.server";
import { invitationWords, isStillToCome } from "./sessions-facts.server";
import { writeDigests } from "./write-digests.server";

const LINK_PURPOSE: Partial<Record<MailTemplate, Parameters<typeof linkToken>[1]>> = {
  "confirm-email": "confirm_email",
  "reset-password": "reset_password",
  invitation: "invitation",
  "address-check": "address_check",
};

/** Mails with a one-tap answer: the link is the reader's own, for the side, participant or question named by `linkId`. */
const ANSWERED_BY_LINK: Partial<Record<MailTemplate, (env: Env, thingId: string, personId: string) => string>> = {
  "introduction-proposed": answerToken,
  "introduction-reminder": answerToken,
  "meeting-invited": meetingToken,
  "meeting-moved": meetingToken,
  "meeting-reminder-answer": meetingToken,
  "minutes-to-confirm": minutesToken,
  "outcome-asked": outcomeToken,
  "listing-reconfirm": reconfirmToken,
  "listing-hidden": reconfirmToken,
};

/** Mails that carry one side's invitation (RFC 5546); `linkId` names the participant. */
const CALENDAR_METHOD: Partial<Record<MailTemplate, "REQUEST" | "CANCEL">> = {
  "meeting-invited": "REQUEST",
  "meeting-moved": "REQUEST",
  "meeting-changed": "REQUEST",
  "meeting-cancelled": "CANCEL",
};

/** Reminders of what lies ahead: no news any more once it has begun or was called off. `linkId` names the participant. */
const AHEAD: ReadonlySet<string> = new Set<MailTemplate>([
  "meeting-reminder",
  "meeting-reminder-answer",
  "meeting-soon",
]);

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
  const answered = ANSWERED_BY_LINK[template];
  if (answered && personId) return answered(ctx.env, linkId, personId);
  const purpose = LINK_PURPOSE[template];
  return purpose ? linkToken(ctx.env, purpose, linkId) : null;
}

/** Who to call: the broker in charge, else the Department. @throws when there is none yet */
async function contactOf(ctx: Ctx, letter: Letter) {
  if (letter.brokerName !== null) {
    return { role: "broker" as const, name: letter.brokerName, phone: letter.brokerPhone };
  }
  const name = letter.locale === "en" ? letter.officeEn : letter.officeVi;
  if (name !== null) return { role: "office" as const, name, phone: letter.officePhone };
  const office = await getOffice(ctx.db);
  return { role: "office" as const, name: office.nameVi, phone: office.phone };
}

/**
 * The invitation as it stands at this moment, with the words of the same moment: a meeting may move while a mail waits.
 * "outdated" when it was called off or held since, so that it must not invite any more; null for mails without one.
 */
async function invitationOf(
  ctx: Ctx,
  template: MailTemplate,
  { locale, toAddress, personId }: Pick<Letter, "locale" | "toAddress" | "personId">,
  participantId: string | undefined,
) {
  if (participantId && AHEAD.has(template)) return (await isStillToCome(ctx, participantId)) ? null : "outdated";
  const method = CALENDAR_METHOD[template];
  if (!method || !participantId) return null;
  const calendar = await participantCalendar({ ...ctx, locale }, participantId, method, toAddress);
  if (!calendar) return "outdated";
  const timeZone = personId ? (await choicesOf(ctx, personId)).rhythm.timeZone : HOME_ZONE;
  return { calendar, words: await invitationWords(ctx, participantId, locale, timeZone) };
}

export type MailToSend = WrittenMail & {
  calendar?: MailCalendar;
  /** no news any more: it is not handed over */
  outdated?: true;
};

/** Writes a mail row out in its reader's language; null when its template no longer exists, or the row itself. */
export async function writeMail(ctx: Ctx, mail: { id: string }): Promise<MailToSend | null> {
  const [letter] = await readLetters(ctx.db, [mail.id]);
  return letter ? writeLetter(ctx, letter) : null;
}

/** Writes a mail out with what was read beside it. Nothing more is read but for digests and for what carries a calendar. */
export async function writeLetter(ctx: Ctx, mail: Letter): Promise<MailToSend | null> {
  if (mail.kind === DIGEST) return (await writeDigests(ctx, [mail])).get(mail.id)?.() ?? null;
  if (!isMailTemplate(mail.kind)) return null;
  const topic = topicOf(mail.kind);
  const params = stringsIn(mail.params);
  const [contact, invitation] = await Promise.all([
    contactOf(ctx, mail),
    invitationOf(ctx, mail.kind, mail, params.linkId),
  ]);
  const now = invitation === "outdated" ? null : invitation;
  const written = renderMail({
    template: mail.kind,
    locale: mail.locale,
    words: { ...params, ...now?.words },
    reason: params.reasonCode
      ? ((await changedReasonLabel(ctx, reasonWords(mail.kind), params.reasonCode, mail.locale)) ??
        reasonLabel(mail.locale, mail.kind, params.reasonCode))
      : null,
    url: addressOf(ctx, mail.kind, params, mail.personId),
    readerName: mail.readerName,
    contact,
    ...(mail.personId && topic !== "security"
      ? { stop: { publicUrl: ctx.env.PUBLIC_URL, token: stopToken(ctx.env, mail.personId, topic) } }
      : {}),
  });
  if (invitation === "outdated") return { ...written, outdated: true };
  return now ? { ...written, calendar: now.calendar } : written;
}
