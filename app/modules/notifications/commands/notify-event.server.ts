import type { OutboxEvent, Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import { brokerFor } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { EVENTS, type EventType } from "~/platform/events";
import { newId } from "~/platform/ids";
import type { RelayedEvent } from "~/platform/subscriptions";
import { rulesFor } from "../domain/catalogue";
import type { Facts } from "../domain/facts";
import { mailKey, messageIdOf, onceId } from "../domain/keys";
import { HOME_ZONE } from "../domain/rhythm";
import type { Rule } from "../domain/rule";
import { type Choices, defaultChoices, planOf, type Reader } from "../queries/choices.server";
import { loadFacts } from "../queries/load-facts.server";
import { resolveAudience } from "../queries/resolve-audience.server";
import type { NewMail, NewNotice } from "./keep-told.server";

/** An event as it stands in the outbox. */
export type EventRow = Pick<OutboxEvent, "id" | "type" | "subjectKind" | "subjectId" | "payload" | "requestId">;
type Told = { rule: Rule; reader: Reader };

const NOT_NEEDED = "-";

/** What was found out about one event before anybody is looked up. */
export type Gathered = {
  row: EventRow;
  facts: Facts;
  brokerId: string | null;
  wanted: { rule: Rule; ids: string[] }[];
};

/** Re-reads what an event is about and who is to hear of it; null when there is nothing to tell (any more). */
export async function gather(ctx: Ctx, row: EventRow): Promise<Gathered | null> {
  if (!isEventType(row.type)) return null;
  const event: RelayedEvent = { id: row.id, type: row.type, subjectId: row.subjectId, payload: idsIn(row.payload) };
  const facts = await loadFacts(ctx, event, row.subjectKind);
  if (!facts) return null;
  const rules = rulesFor(event.type, facts.conditions);
  const [broker, wanted] = await Promise.all([
    facts.brokerId ? null : brokerFor(ctx, facts.organisationId),
    Promise.all(rules.map(async (rule) => ({ rule, ids: await resolveAudience(ctx, rule.to, facts) }))),
  ]);
  const told = wanted.map(({ rule, ids }) => ({ rule, ids: ids.filter((id) => id !== facts.doneById) }));
  return { row, facts, brokerId: facts.brokerId ?? broker?.personId ?? null, wanted: told };
}

/**
 * The rows by which everyone concerned is told: one notice per event and person, one mail per event and recipient. A
 * notice is always there; the mail follows its reader's choices: at once (or when their quiet hours end), in a digest, or
 * not at all. `readers` leaves out people who were disabled.
 */
export function compose(
  ctx: Ctx,
  { row, facts, brokerId, wanted }: Gathered,
  readers: ReadonlyMap<string, Reader>,
  choices: (personId: string) => Choices,
): { notices: NewNotice[]; mails: NewMail[] } {
  const subject = { subjectKind: row.subjectKind, subjectId: row.subjectId };
  const createdAt = ctx.clock.now();
  const notices: NewNotice[] = [];
  const mails: NewMail[] = [];
  const zoneOf = (personId: string) => choices(personId).rhythm.timeZone;
  const params = (rule: Rule, locale: Locale, timeZone: string): Prisma.InputJsonObject => ({
    ...facts.words(locale, timeZone),
    path: pathOf(rule, facts),
    ...(facts.linkId ? { linkId: facts.linkId } : {}),
    ...(brokerId ? { brokerId } : {}),
  });
  const addMail = (
    rule: Rule,
    recipient: string,
    to: { personId: string | null; toAddress: string; locale: Locale; sendAfter: Date | null },
    timeZone: string,
  ) => {
    const id = newId();
    mails.push({
      ...subject,
      ...to,
      id,
      createdAt,
      kind: rule.template,
      dedupeKey: mailKey(rule.once ? onceId(rule.template, row.subjectId) : row.id, recipient),
      params: params(rule, to.locale, timeZone),
      messageId: messageIdOf(id, ctx.env.MAIL_FROM),
      requestId: row.requestId,
    });
  };

  // every (rule, reader) pair, in the catalogue's order
  const told = wanted.flatMap(({ rule, ids }) =>
    ids.flatMap((id) => {
      const reader = readers.get(id);
      return reader ? [{ rule, reader }] : [];
    }),
  );
  for (const { rule, reader } of firstPerChannel(told, "page")) {
    notices.push({
      ...subject,
      id: newId(),
      eventId: rule.once ? onceId(rule.template, row.subjectId) : row.id,
      personId: reader.id,
      kind: rule.template,
      params: params(rule, reader.locale, zoneOf(reader.id)),
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
    const to = { personId: reader.id, toAddress: reader.email, locale: reader.locale, sendAfter };
    addMail(rule, reader.id, to, zoneOf(reader.id));
  }
  const toInvitee = wanted.find(({ rule }) => rule.to === "invitee")?.rule;
  if (toInvitee && facts.invitee) {
    const { address: toAddress, locale } = facts.invitee;
    const plan = planOf(defaultChoices(ctx.env), toInvitee.template, createdAt);
    const sendAfter = plan.by === "mail" ? plan.sendAfter : null;
    addMail(toInvitee, "invitee", { personId: null, toAddress, locale, sendAfter }, HOME_ZONE);
  }
  return { notices, mails };
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
    sessionId: facts.sessionId ?? NOT_NEEDED,
    meetingId: facts.meetingId ?? NOT_NEEDED,
    dealId: facts.dealId ?? NOT_NEEDED,
    searchId: facts.searchId ?? NOT_NEEDED,
    questionId: facts.questionId ?? NOT_NEEDED,
    token: "{token}",
  });
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
