import type { MailMode } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import type { Env } from "~/platform/env.server";
import { DEFAULT_DIGEST, HOME_ZONE, nextDigestAt, parseQuietHours, quietUntil, type Rhythm } from "../domain/rhythm";
import { DEFAULT_MODE, isTopic, TIMELY, type Topic, topicOf } from "../domain/topics";

/** When and how often one person wants mails. */
export type Choices = { rhythm: Rhythm; modes: Record<Topic, MailMode> };

/** What holds for somebody who has chosen nothing. */
export function defaultChoices(env: Env): Choices {
  return {
    rhythm: { timeZone: HOME_ZONE, quiet: parseQuietHours(env.MAIL_QUIET_HOURS), ...DEFAULT_DIGEST },
    modes: DEFAULT_MODE,
  };
}

/** The choices of these people; whoever chose nothing has the Department's defaults. */
export async function loadChoices(db: Tx, env: Env, personIds: readonly string[]): Promise<(id: string) => Choices> {
  const personId = { in: [...personIds] };
  const [settings, preferences] = await Promise.all([
    db.noticeSettings.findMany({ where: { personId } }),
    db.noticePreference.findMany({ where: { personId } }),
  ]);
  const defaults = defaultChoices(env);
  const rhythms = new Map(
    settings.map((row): [string, Rhythm] => [
      row.personId,
      {
        timeZone: row.timeZone,
        quiet:
          row.quietFrom === null || row.quietUntil === null ? null : { from: row.quietFrom, until: row.quietUntil },
        digestHour: row.digestHour,
        digestWeekday: row.digestWeekday,
      },
    ]),
  );
  const modes = new Map<string, Record<Topic, MailMode>>();
  for (const { personId: id, topic, mode } of preferences) {
    if (isTopic(topic)) modes.set(id, { ...(modes.get(id) ?? DEFAULT_MODE), [topic]: mode });
  }
  return (id) => ({ rhythm: rhythms.get(id) ?? defaults.rhythm, modes: modes.get(id) ?? defaults.modes });
}

/** How a person is to be told by mail of something of this kind, seen from this moment. */
export type MailPlan =
  | { by: "mail"; sendAfter: Date | null }
  | { by: "digest"; digestDueAt: Date }
  | { by: "page-only" };

/** Security mails go at once, whatever was chosen and whatever the hour. */
export function planOf(choices: Choices, kind: string, now: Date): MailPlan {
  const topic = topicOf(kind);
  if (topic === "security") return { by: "mail", sendAfter: null };
  const mode = choices.modes[topic];
  if (mode === "off") return { by: "page-only" };
  if (mode === "immediate") return { by: "mail", sendAfter: quietUntil(now, choices.rhythm) };
  if (TIMELY.has(kind)) return { by: "page-only" };
  return { by: "digest", digestDueAt: nextDigestAt(now, mode, choices.rhythm) };
}

/** The choices of the person who asks, for their page. */
export async function choicesOf(ctx: Ctx, personId: string): Promise<Choices> {
  return (await loadChoices(ctx.db, ctx.env, [personId]))(personId);
}
