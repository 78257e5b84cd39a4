import type { Ctx } from "~/platform/context";
import { maskAddress } from "~/platform/mask-address";
import { TOPICS } from "../domain/topics";
import { type Stoppable, verifyStopToken } from "../stop-token.server";
import { choicesOf } from "./choices.server";

export type StopView = { state: "wrong" } | { state: "ready"; what: Stoppable; address: string; stopped: boolean };

/** What a stop link would stop, for whom, and whether it is stopped already. Looking changes nothing. */
export async function viewStop(ctx: Ctx, token: string): Promise<StopView> {
  const link = verifyStopToken(ctx.env, token);
  const person = link && (await ctx.db.person.findUnique({ where: { id: link.personId }, select: { email: true } }));
  if (!link || !person) return { state: "wrong" };
  const { modes } = await choicesOf(ctx, link.personId);
  const { what } = link;
  const stopped =
    what === "digest" ? TOPICS.every((topic) => !["daily", "weekly"].includes(modes[topic])) : modes[what] === "off";
  return { state: "ready", what, address: maskAddress(person.email), stopped };
}
