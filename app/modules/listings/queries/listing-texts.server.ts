import type { Ctx } from "~/platform/context";
import { visibleTo } from "../policy";
import { pickText } from "./rows.server";

/**
 * The longer texts of listings this reader may see, in their language, by id: for showing where a word was found. Reference
 * sites and standards are left out, as they may tell whose a blind listing is.
 */
export async function listingTexts(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.listing.findMany({
    where: { AND: [{ id: { in: ids }, publishedVersionId: { not: null } }, visibleTo(ctx.actor, ctx.clock.now())] },
    select: {
      id: true,
      publishedVersion: {
        select: {
          texts: {
            select: {
              lang: true,
              description: true,
              problemSolved: true,
              advantages: true,
              currentTechnology: true,
            },
          },
        },
      },
    },
  });
  return new Map(
    rows.flatMap(({ id, publishedVersion }) => {
      const text = pickText(publishedVersion?.texts ?? [], ctx.locale);
      if (!text) return [];
      const { description, problemSolved, advantages, currentTechnology } = text;
      const words = [description, problemSolved, advantages, currentTechnology].filter(Boolean).join(" ");
      return words ? [[id, words] as const] : [];
    }),
  );
}
