import type { MailMode } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { fail, ok, type Result } from "~/platform/result";
import { MAIL_TRANSITIONS } from "../domain/mail-states";
import { nextDigestAt, type Rhythm } from "../domain/rhythm";
import { kindsOf, TOPICS, type Topic } from "../domain/topics";
import { loadChoices } from "../queries/choices.server";
import type { ChoicesInput } from "../schemas";

/**
 * Keeps when and how often the signed-in person wants mails. What already waits for a digest follows the new choice:
 * it moves to the new hour, or is let go when the topic is off or immediate from now on (the page has it).
 * Fails: notFound (signed out).
 */
export async function saveChoices(ctx: Ctx, input: ChoicesInput): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  const { personId } = actor;
  return transact(ctx, async (tx) => {
    await lockPerson(tx, personId);
    const before = (await loadChoices(tx, ctx.env, [personId]))(personId);
    const settings = {
      timeZone: input.timeZone,
      quietFrom: input.quiet?.from ?? null,
      quietUntil: input.quiet?.until ?? null,
      digestHour: input.digestHour,
      digestWeekday: input.digestWeekday,
      updatedAt: ctx.clock.now(),
    };
    await tx.noticeSettings.upsert({ where: { personId }, create: { personId, ...settings }, update: settings });
    const modes = { ...before.modes, ...input.modes };
    for (const topic of TOPICS) if (input.modes[topic]) await setMode(tx, personId, topic, modes[topic]);
    await moveWaiting(tx, ctx, personId, modes, {
      timeZone: input.timeZone,
      quiet: input.quiet,
      digestHour: input.digestHour,
      digestWeekday: input.digestWeekday,
    });
    await dropHeld(
      tx,
      personId,
      TOPICS.filter((topic) => modes[topic] === "off"),
    );
    const { updatedAt: _at, ...after } = settings;
    await audit(tx, ctx, {
      action: "person.notice-choices-changed",
      subjectKind: "person",
      subjectId: personId,
      before: { ...before.rhythm, modes: before.modes },
      after: { ...after, modes },
    });
    return ok();
  });
}

/** One writer of a person's choices at a time; before the audit log's own lock. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
}

/** Mails of these topics that are still held back are not wanted any more. */
export async function dropHeld(tx: Tx, personId: string, topics: readonly Topic[]): Promise<void> {
  await tx.mail.updateMany({
    where: {
      personId,
      state: { in: [...MAIL_TRANSITIONS.stop.from] },
      sendAfter: { not: null },
      kind: { in: topics.flatMap(kindsOf) },
    },
    data: { state: MAIL_TRANSITIONS.stop.to, sendAfter: null, lastError: "stopped by its reader" },
  });
}

/** Keeps how mails of one topic come. */
export async function setMode(tx: Tx, personId: string, topic: Topic, mode: MailMode): Promise<void> {
  await tx.noticePreference.upsert({
    where: { personId_topic: { personId, topic } },
    create: { personId, topic, mode },
    update: { mode },
  });
}

/** Notices that wait for a digest wait for the one that the person's choices now name, or for none. */
export async function moveWaiting(
  tx: Tx,
  ctx: Ctx,
  personId: string,
  modes: Record<Topic, MailMode>,
  rhythm: Rhythm,
): Promise<void> {
  for (const topic of TOPICS) {
    const mode = modes[topic];
    const digestDueAt = mode === "daily" || mode === "weekly" ? nextDigestAt(ctx.clock.now(), mode, rhythm) : null;
    await tx.notice.updateMany({
      where: { personId, kind: { in: kindsOf(topic) }, digestDueAt: { not: null } },
      data: { digestDueAt },
    });
  }
}
