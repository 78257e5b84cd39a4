import type { MailMode } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { abort, fail, ok, type Result } from "~/platform/result";
import { queryTokens } from "~/platform/search/tokens";
import { cleanText } from "~/platform/text";
import { tellAt } from "../domain/alert-times";
import type { Asked } from "../schemas";

/** Searches a person may keep. */
export const MOST_SEARCHES = 50;
const MOST_WORDS = 32;

const coded = (facet: string, codes: readonly string[] | undefined) => (codes ?? []).map((code) => `${facet}=${code}`);

/** The columns by which a listing is asked whether the search finds it; null when the words hold no letter. */
function columnsOf(asked: Asked) {
  // tokens are letters and digits only, so they need no quoting inside a tsquery
  const words = queryTokens(asked.q, MOST_WORDS).map(({ folded }) => folded);
  if (words.length === 0 && asked.q.trim() !== "") return null;
  return {
    query: words.join(" & "),
    kind: asked.kind ?? null,
    sector: asked.sector ?? null,
    province: asked.province ?? null,
    trl: coded("trl", asked.trl),
    ip: coded("ip", asked.ip),
    prices: coded("prices", asked.prices),
    forms: coded("forms", asked.forms),
    rights: coded("rights", asked.rights),
    marks: coded("marks", asked.marks),
  };
}

/**
 * Keeps a search of the person who asks, with alerts of what is published from now on.
 * Failures: searches:error.{signIn,noWords,tooMany}.
 */
export async function saveSearch(
  ctx: Ctx,
  input: { name: string; mode: MailMode; asked: Asked },
): Promise<Result<{ searchId: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("searches:error.signIn");
  const columns = columnsOf(input.asked);
  if (!columns) return fail("searches:error.noWords");
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    // one at a time per person, so that the limit holds
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`searches ${actor.personId}`}, 0))`;
    if ((await tx.savedSearch.count({ where: { personId: actor.personId } })) >= MOST_SEARCHES)
      abort("searches:error.tooMany", { params: { most: MOST_SEARCHES } });
    const id = newId();
    await tx.savedSearch.create({
      data: {
        id,
        personId: actor.personId,
        name: cleanText(input.name),
        mode: input.mode,
        asked: input.asked,
        ...columns,
        createdAt: now,
        since: now,
      },
    });
    await audit(tx, ctx, {
      action: "search.saved",
      subjectKind: "saved-search",
      subjectId: id,
      after: { mode: input.mode },
    });
    return ok({ searchId: id });
  });
}

/**
 * Renames a search of one's own or changes how often it tells. What waits to be told follows; turned off, it is forgotten.
 * Failures: searches:error.notFound.
 */
export async function changeSearch(
  ctx: Ctx,
  input: { searchId: string; name: string; mode: MailMode },
): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("searches:error.notFound");
  const { searchId: id, mode } = input;
  return transact(ctx, async (tx) => {
    const [held] = await tx.$queryRaw<{ mode: MailMode; toldAt: Date | null }[]>`
      SELECT mode, told_at AS "toldAt" FROM saved_search
      WHERE id = ${id}::uuid AND person_id = ${actor.personId}::uuid FOR UPDATE`;
    if (!held) return fail("searches:error.notFound");
    if (mode === "off") await tx.savedSearchHit.deleteMany({ where: { searchId: id, toldAt: null } });
    const waits = (await tx.savedSearchHit.count({ where: { searchId: id, toldAt: null } })) > 0;
    const now = ctx.clock.now();
    await tx.savedSearch.update({
      where: { id },
      data: {
        name: cleanText(input.name),
        mode,
        tellAt: waits ? tellAt(mode, now, held.toldAt) : null,
        // what was published while it was off is no news
        ...(held.mode === "off" && mode !== "off" ? { since: now } : {}),
      },
    });
    await audit(tx, ctx, {
      action: "search.changed",
      subjectKind: "saved-search",
      subjectId: id,
      before: { mode: held.mode },
      after: { mode },
    });
    return ok();
  });
}

/** Forgets a search of one's own and what it found. Failures: searches:error.notFound. */
export async function deleteSearch(ctx: Ctx, input: { searchId: string }): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("searches:error.notFound");
  return transact(ctx, async (tx) => {
    const gone = await tx.savedSearch.deleteMany({ where: { id: input.searchId, personId: actor.personId } });
    if (gone.count === 0) return fail("searches:error.notFound");
    await audit(tx, ctx, { action: "search.deleted", subjectKind: "saved-search", subjectId: input.searchId });
    return ok();
  });
}
