import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { fail, ok, type Result } from "~/platform/result";
import { TOPICS, type Topic } from "../domain/topics";
import { loadChoices } from "../queries/choices.server";
import { verifyStopToken } from "../stop-token.server";
import { dropHeld, lockPerson, moveWaiting, setMode } from "./save-choices.server";

/**
 * Stops one kind of mail, or puts it into a daily digest, by the link in a mail: no sign-in, and nothing but this kind.
 * Doing it twice changes nothing. Fails: mailing:error.linkWrong.
 */
export async function stopMails(ctx: Ctx, input: { token: string; mode: "off" | "daily" }): Promise<Result> {
  const link = verifyStopToken(ctx.env, input.token);
  if (!link) return fail("mailing:error.linkWrong");
  const { personId, what } = link;
  return transact(ctx, async (tx) => {
    await lockPerson(tx, personId);
    const { modes, rhythm } = (await loadChoices(tx, ctx.env, [personId]))(personId);
    const inDigest = (topic: Topic) => modes[topic] === "daily" || modes[topic] === "weekly";
    const mode = what === "digest" ? "off" : input.mode;
    const changed = (what === "digest" ? TOPICS.filter(inDigest) : [what]).filter((topic) => modes[topic] !== mode);
    if (changed.length === 0) return ok();
    for (const topic of changed) await setMode(tx, personId, topic, mode);
    const after = { ...modes, ...Object.fromEntries(changed.map((topic) => [topic, mode])) };
    await moveWaiting(tx, ctx, personId, after, rhythm);
    await dropHeld(tx, personId, changed);
    await audit(tx, ctx, {
      action: "person.mails-stopped",
      subjectKind: "person",
      subjectId: personId,
      before: { modes },
      after: { modes: after, by: "link" },
    });
    return ok();
  });
}
