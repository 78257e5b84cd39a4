import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import { brokerFor } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { EVENTS, type EventType } from "~/platform/events";
import { faultPoint } from "~/platform/fault-points.server";
import { newId } from "~/platform/ids";
import { ok } from "~/platform/result";
import type { RelayedEvent } from "~/platform/subscriptions";
import { rulesFor } from "../domain/catalogue";
import type { Facts } from "../domain/facts";
import { mailKey, messageIdOf, onceId } from "../domain/keys";
import type { Rule } from "../domain/rule";
import { defaultChoices, loadChoices, planOf } from "../queries/choices.server";
import { loadFacts } from "../queries/load-facts.server";
import { resolveAudience } from "../queries/resolve-audience.server";

type Reader = { id: string; email: string; locale: Locale; confirmed: boolean };
type Told = { rule: Rule; reader: Reader };

const NOT_NEEDED = "-";

/**
 * Tells everyone whom an event concerns: one notice row per event and person, one mail row per event and recipient,
 * in one transaction. A notice is always there; the mail follows its reader's choices: at once (or when their quiet
 * hours end), in a digest, or not at all. Runs as often as it likes: unique keys keep every row single. Everything is
 * re-read here; the job carries the event's id only.
 * @returns ids of the event's mails that may be handed to the mail server now
 */
export async function notifyEvent(ctx: Ctx, eventId: string): Promise<{ mailIds: string[] }> {
  const row = await ctx.db.outboxEvent.findUnique({ where: { id: eventId } });
  if (!row || !isEventType(row.type)) return { mailIds: [] };
  const event: RelayedEvent = { id: row.id, type: row.type, subjectId: row.subjectId, payload: idsIn(row.payload) };
  const facts = await loadFacts(ctx, event, row.subjectKind);
  if (!facts) return { mailIds: [] };
  const rules = rulesFor(event.type, facts.conditions);

  const broker = await brokerFor(ctx, facts.organisationId);
  const brokerId = facts.brokerId ?? broker?.personId ?? null;
  const subject = { subjectKind: row.subjectKind, subjectId: row.subjectId };
  const createdAt = ctx.clock.now();
  const notices: Prisma.NoticeCreateManyInput[] = [];
  const mails: Prisma.MailCreateManyInput[] = [];
  const params = (rule: Rule, locale: Locale): Prisma.InputJsonObject => ({
    ...facts.words(locale),
    path: pathOf(rule, facts),
    ...(facts.linkId ? { linkId: facts.linkId } : {}),
    ...(brokerId ? { brokerId } : {}),
  });
  const addMail = (
    rule: Rule,
    recipient: string,
    to: { personId: string | null; toAddress: string; locale: Locale; sendAfter: Date | null },
  ) => {
    const id = newId();
    mails.push({
      ...subject,
      ...to,
      id,
      createdAt,
      kind: rule.template,
      dedupeKey: mailKey(rule.once ? onceId(rule.template, row.subjectId) : event.id, recipient),
      params: params(rule, to.locale),
      messageId: messageIdOf(id, ctx.env.MAIL_FROM),
    });
  };

  const told = await toldBy(ctx, rules, facts);
  const choices = await loadChoices(
    ctx.db,
    ctx.env,
    told.map(({ reader }) => reader.id),
  );
  for (const { rule, reader } of firstPerChannel(told, "page")) {
    notices.push({
      ...subject,
      id: newId(),
      eventId: rule.once ? onceId(rule.template, row.subjectId) : event.id,
      personId: reader.id,
      kind: rule.template,
      params: params(rule, reader.locale),
      createdAt,
    });
  }
  for (const { rule, reader } of firstPerChannel(told, "mail")) {
    if (!reader.confirmed && !rule.security) continue;
    const plan = planOf(choices(reader.id), rule.template, createdAt);
    const notice = notices.find((row) => row.personId === reader.id);
    if (plan.by === "page-only") continue;
    if (plan.by === "digest" && notice) {
      notice.digestDueAt = plan.digestDueAt;
      continue;
    }
    const sendAfter = plan.by === "mail" ? plan.sendAfter : null;
    addMail(rule, reader.id, { personId: reader.id, toAddress: reader.email, locale: reader.locale, sendAfter });
  }
  const toInvitee = rules.find((rule) => rule.to === "invitee");
  if (toInvitee && facts.invitee) {
    const { address: toAddress, locale } = facts.invitee;
    const plan = planOf(defaultChoices(ctx.env), toInvitee.template, createdAt);
    const sendAfter = plan.by === "mail" ? plan.sendAfter : null;
    addMail(toInvitee, "invitee", { personId: null, toAddress, locale, sendAfter });
  }
  if (notices.length + mails.length === 0) return { mailIds: [] };

  await transact(ctx, async (tx) => {
    await tx.notice.createMany({ data: notices, skipDuplicates: true });
    await tx.mail.createMany({ data: mails, skipDuplicates: true });
    faultPoint("notify:before-commit");
    return ok();
  });
  faultPoint("notify:after-commit");
  const waiting = await ctx.db.mail.findMany({
    where: {
      dedupeKey: { in: mails.map((mail) => mail.dedupeKey) },
      state: { in: ["queued", "sending"] },
      OR: [{ sendAfter: null }, { sendAfter: { lte: createdAt } }],
    },
    select: { id: true },
  });
  return { mailIds: waiting.map((mail) => mail.id) };
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type);
}

function idsIn(payload: Prisma.JsonValue): Record<string, string> {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return {};
  return Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Where the reader is led. A one-time token is never stored: its place is kept and filled when the mail is written. */
function pathOf(rule: Rule, facts: Facts): string {
  return rule.path({
    organisationId: facts.organisationId ?? NOT_NEEDED,
    listingId: facts.listingId ?? NOT_NEEDED,
    reviewId: facts.reviewId ?? NOT_NEEDED,
    caseId: facts.caseId ?? NOT_NEEDED,
    introductionId: facts.introductionId ?? NOT_NEEDED,
    interestId: facts.interestId ?? NOT_NEEDED,
    meetingId: facts.meetingId ?? NOT_NEEDED,
    dealId: facts.dealId ?? NOT_NEEDED,
    questionId: facts.questionId ?? NOT_NEEDED,
    token: "{token}",
  });
}

/** Every (rule, reader) pair, in the catalogue's order; people who were disabled, or took the step, are left out. */
async function toldBy(ctx: Ctx, rules: Rule[], facts: Facts): Promise<Told[]> {
  const wanted = await Promise.all(
    rules.map(async (rule) => ({ rule, ids: await resolveAudience(ctx, rule.to, facts) })),
  );
  const people = await ctx.db.person.findMany({
    where: {
      id: { in: wanted.flatMap((entry) => entry.ids).filter((id) => id !== facts.doneById) },
      disabledAt: null,
    },
    select: { id: true, email: true, locale: true, emailConfirmedAt: true },
  });
  const readers = new Map(
    people.map(({ emailConfirmedAt, ...person }) => [person.id, { ...person, confirmed: emailConfirmedAt !== null }]),
  );
  return wanted.flatMap(({ rule, ids }) =>
    ids.flatMap((id) => (readers.has(id) ? [{ rule, reader: readers.get(id) as Reader }] : [])),
  );
}

/** A person is told once per channel, by the first rule that reaches them. */
function firstPerChannel(told: Told[], channel: "page" | "mail"): Told[] {
  const seen = new Set<string>();
  return told.filter(({ rule, reader }) => {
    if (!rule.channels.includes(channel) || seen.has(reader.id)) return false;
    seen.add(reader.id);
    return true;
  });
}
