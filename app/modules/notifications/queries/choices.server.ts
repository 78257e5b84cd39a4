import type { Locale, MailMode } from "~/generated/prisma/enums";
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

/** Somebody who is told. */
export type Reader = { id: string; email: string; locale: Locale; confirmed: boolean };
type ReaderRow = Reader & {
  timeZone: string | null;
  quietFrom: number | null;
  quietUntil: number | null;
  digestHour: number | null;
  digestWeekday: number | null;
  modes: Record<string, MailMode> | null;
};

/** These people, without those who were disabled, and their choices: one statement for all of them. */
export async function loadReaders(
  db: Tx,
  env: Env,
  personIds: readonly string[],
): Promise<{ readers: ReadonlyMap<string, Reader>; choices: (id: string) => Choices }> {
  const rows = await db.$queryRaw<ReaderRow[]>`
    SELECT p.id, p.email, p.locale::text AS locale, p.email_confirmed_at IS NOT NULL AS confirmed,
      s.time_zone AS "timeZone", s.quiet_from AS "quietFrom", s.quiet_until AS "quietUntil",
      s.digest_hour AS "digestHour", s.digest_weekday AS "digestWeekday",
      (SELECT jsonb_object_agg(c.topic, c.mode) FROM notice_preference c WHERE c.person_id = p.id) AS modes
    FROM person p LEFT JOIN notice_settings s ON s.person_id = p.id
    WHERE p.id = ANY(${[...personIds]}::uuid[]) AND p.disabled_at IS NULL`;
  const defaults = defaultChoices(env);
  const chosen = new Map(rows.map((row) => [row.id, choicesIn(row, defaults)]));
  return {
    readers: new Map(rows.map(({ id, email, locale, confirmed }) => [id, { id, email, locale, confirmed }])),
    choices: (id) => chosen.get(id) ?? defaults,
  };
}

function choicesIn(row: ReaderRow, defaults: Choices): Choices {
  const { timeZone, digestHour, digestWeekday, quietFrom: from, quietUntil: until } = row;
  const rhythm =
    timeZone === null || digestHour === null || digestWeekday === null
      ? defaults.rhythm
      : { timeZone, quiet: from === null || until === null ? null : { from, until }, digestHour, digestWeekday };
  const modes = Object.entries(row.modes ?? {}).filter(([topic]) => isTopic(topic));
  return { rhythm, modes: modes.length > 0 ? { ...DEFAULT_MODE, ...Object.fromEntries(modes) } : defaults.modes };
}

/** The choices of these people; whoever chose nothing has the Department's defaults. */
export async function loadChoices(db: Tx, env: Env, personIds: readonly string[]): Promise<(id: string) => Choices> {
  return (await loadReaders(db, env, personIds)).choices;
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
