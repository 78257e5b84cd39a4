import { loadManyForMatching } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { EMBED_AT_ONCE } from "~/platform/ports/embedder";
import { JobError } from "~/platform/ports/queue";
import { bytesOf, textToEmbed } from "../domain/likeness";

/**
 * Has the model read what these listings publish now, and keeps the vectors. What it read already is left alone, so it is safe to
 * run late and twice; vectors of an earlier version or another model make way. Without a model nothing happens.
 * @returns ids of the listings whose vector is new
 * @throws JobError "embedder.away", or "embedder.refused" when it takes none of them
 */
export async function embedListings(
  ctx: Pick<Ctx, "db" | "clock" | "embedder">,
  listingIds: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const { embedder } = ctx;
  if (!embedder) return [];
  const { space } = embedder;
  const there = await ctx.db.listingVector.findMany({
    where: { space, listingId: { in: [...listingIds] } },
    select: { listingId: true, versionId: true },
  });
  const read = new Set(there.map(({ listingId, versionId }) => `${listingId}.${versionId}`));
  const wanted = (await loadManyForMatching(ctx.db, [...listingIds])).filter(
    ({ id, versionId }) => !read.has(`${id}.${versionId}`),
  );
  const made: string[] = [];
  let refused: JobError | undefined;
  const embed = async (some: typeof wanted): Promise<void> => {
    const vectors = await embedder.embed(some.map(textToEmbed), signal);
    for (const [place, { id, versionId, kind }] of some.entries()) {
      const vector = vectors[place];
      if (!vector) continue;
      const row = { versionId, kind, vector: bytesOf(vector), madeAt: ctx.clock.now() };
      await ctx.db.listingVector.upsert({
        where: { listingId_space: { listingId: id, space } },
        create: { listingId: id, space, ...row },
        update: row,
      });
      made.push(id);
    }
    await ctx.db.listingVector.deleteMany({ where: { listingId: { in: some.map(({ id }) => id) }, NOT: { space } } });
  };
  const embedWhatItTakes = async (some: typeof wanted): Promise<void> => {
    try {
      await embed(some);
    } catch (error) {
      if (!(error instanceof JobError) || error.code !== "embedder.refused") throw error;
      refused = error;
      // one text may be what it will not read: the others need not wait for it
      if (some.length > 1) for (const one of some) await embedWhatItTakes([one]);
    }
  };
  for (let at = 0; at < wanted.length; at += EMBED_AT_ONCE)
    await embedWhatItTakes(wanted.slice(at, at + EMBED_AT_ONCE));
  if (refused && made.length === 0) throw refused;
  return made;
}
