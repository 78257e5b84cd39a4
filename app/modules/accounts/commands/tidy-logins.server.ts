import type { Ctx } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import { numberRuleAt } from "~/platform/rules.server";

const DAY = 86_400_000;
/** Rows of one statement, so that no sign-in waits for a long one. */
const BATCH = 1_000;
const BATCHES = 50;

export type Tidied = { logins: number; links: number };

/**
 * Removes sign-ins and one-time links whose time, used or not, ran out so many days ago (rules retention.loginDays,
 * retention.linkDays): they open nothing any more and hold a browser's name and a time of somebody
 * (data minimisation, Luật 91/2025/QH15). What people did stays in the audit log. At most fifty thousand of each a run; the
 * next goes on. For the system only. Failures: common:forbidden.
 */
export async function tidyLogins(ctx: Ctx): Promise<Result<Tidied>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const before = async (key: string) => new Date(now.getTime() - (await numberRuleAt(ctx.db, key, now)).value * DAY);
  const [login, link] = [await before("retention.loginDays"), await before("retention.linkDays")];
  const logins = await inBatches(
    () => ctx.db.$executeRaw`
      DELETE FROM login WHERE id IN (
        SELECT id FROM login WHERE expires_at < ${login} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  );
  const links = await inBatches(
    () => ctx.db.$executeRaw`
      DELETE FROM one_time_link WHERE id IN (
        SELECT id FROM one_time_link WHERE expires_at < ${link} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
  );
  return ok({ logins, links });
}

async function inBatches(remove: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const removed = await remove();
    sum += removed;
    if (removed < BATCH) break;
  }
  return sum;
}
