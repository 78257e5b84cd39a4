import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { engineWith } from "../domain/engine";
import { type Background, backgroundOf, cosineOf, likenessOf, vectorOf } from "../domain/likeness";
import type { Meaning } from "../domain/score-pair";

type Reader = Pick<Ctx, "db" | "env" | "embedder" | "clock">;

/** Newest listings of each side by which it is told what is usual. */
const SAMPLE = { need: 64, offering: 256 };
const KEEP_MS = 10 * 60_000;
/** Told anew at once when the vectors became so many more. */
const GROWTH = 0.1;

type Kept = { space: string; at: number; count: number; background: Background | null };
const kept = new WeakMap<Db, Kept>();

/** What stands for the model in an engine's version; null while there is none. */
export const modelTag = ({ env, embedder }: Pick<Ctx, "env" | "embedder">): string | null =>
  embedder && env.EMBEDDER_WEIGHT > 0 ? `${embedder.space}.${String(env.EMBEDDER_WEIGHT)}` : null;

/** The engine that matches are computed by now where both texts have their vectors. */
export const engineNow = (ctx: Pick<Ctx, "env" | "embedder">): string => engineWith(modelTag(ctx));

async function backgroundNow({ db, clock }: Reader, space: string): Promise<Background | null> {
  const count = await db.listingVector.count({ where: { space } });
  const now = clock.now().getTime();
  const last = kept.get(db);
  const fresh =
    last?.space === space &&
    Math.abs(now - last.at) < KEEP_MS &&
    Math.abs(count - last.count) <= count * GROWTH &&
    last.count > 0;
  if (last && fresh) return last.background;
  const sample = async (kind: "need" | "offering") =>
    (
      await db.listingVector.findMany({
        where: { space, kind },
        orderBy: { listingId: "desc" },
        take: SAMPLE[kind],
        select: { vector: true },
      })
    ).map(({ vector }) => vectorOf(vector));
  const [needs, offerings] = [await sample("need"), await sample("offering")];
  const background = backgroundOf(needs, offerings);
  kept.set(db, { space, at: now, count, background });
  return background;
}

/**
 * How alike in meaning a listing and these others are, by the vectors of their published versions; null while no model is named or
 * the listing's vector is not there yet. No model is asked: vectors were made beforehand, and only those of the others are read.
 */
export async function meaningOf(ctx: Reader, ownId: string, otherIds: readonly string[]): Promise<Meaning | null> {
  const tag = modelTag(ctx);
  const { embedder } = ctx;
  if (tag === null || embedder === null) return null;
  const ids = [ownId, ...otherIds];
  const rows = await ctx.db.$queryRaw<{ id: string; vector: Uint8Array }[]>`
    SELECT v.listing_id AS id, v.vector FROM listing_vector v
    JOIN listing l ON l.id = v.listing_id AND l.published_version_id = v.version_id
    WHERE v.space = ${embedder.space} AND v.listing_id = ANY(${ids}::uuid[])`;
  const vectors = new Map(rows.map(({ id, vector }) => [id, vectorOf(vector)]));
  if (!vectors.has(ownId)) return null;
  const background = await backgroundNow(ctx, embedder.space);
  return {
    tag,
    model: embedder.model,
    points: ctx.env.EMBEDDER_WEIGHT,
    likeness(needId, offeringId) {
      const [a, b] = [vectors.get(needId), vectors.get(offeringId)];
      const cosine = background && a && b ? cosineOf(a, b) : null;
      return background && cosine !== null ? likenessOf(cosine, background) : 0;
    },
  };
}
