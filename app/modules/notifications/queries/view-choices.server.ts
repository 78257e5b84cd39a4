import type { MailMode } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { HOME_ZONE } from "../domain/rhythm";
import { STAFF_TOPICS, TOPICS, type Topic } from "../domain/topics";
import { choicesOf } from "./choices.server";

export type ChoicesView = {
  timeZone: string;
  quiet: { from: number; until: number } | null;
  digestHour: number;
  digestWeekday: number;
  topics: { topic: Topic; mode: MailMode }[];
  /** zones to choose from, the home zone first */
  timeZones: string[];
};

/** The signed-in person's choices of when and how often mails come, with what they may choose from; null when signed out. */
export async function viewChoices(ctx: Ctx): Promise<ChoicesView | null> {
  const { actor } = ctx;
  if (!isPerson(actor)) return null;
  const { rhythm, modes } = await choicesOf(ctx, actor.personId);
  const asked = TOPICS.filter((topic) => actor.grants.length > 0 || !STAFF_TOPICS.includes(topic));
  return {
    ...rhythm,
    topics: asked.map((topic) => ({ topic, mode: modes[topic] })),
    timeZones: zones(rhythm.timeZone),
  };
}

/** "Asia/Saigon" is an old name of the home zone: one place is offered once. */
function zones(chosen: string): string[] {
  const known = Intl.supportedValuesOf("timeZone").filter((zone) => !["Asia/Saigon", HOME_ZONE].includes(zone));
  return [HOME_ZONE, ...(chosen === HOME_ZONE || known.includes(chosen) ? [] : [chosen]), ...known];
}
