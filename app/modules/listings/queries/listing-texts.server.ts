import type { Ctx } from "~/platform/context";
import { openText } from "../domain/open-part";
import { visibleTo } from "../policy";
import { pickText, TEXT_SELECT } from "./rows.server";

/**
 * The longer texts of listings this reader may see, in their language, by id: for showing where a word was found. Of a blind
 * listing the open ones, which are all that the index finds it by.
 */
export async function listingTexts(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.listing.findMany({
    where: { AND: [{ id: { in: ids }, publishedVersionId: { not: null } }, visibleTo(ctx.actor, ctx.clock.now())] },
    select: {
      id: true,
      visibility: true,
      publishedVersion: { select: { texts: { select: TEXT_SELECT } } },
    },
  });
  return new Map(
    rows.flatMap(({ id, visibility, publishedVersion }) => {
      const text = pickText(publishedVersion?.texts ?? [], ctx.locale);
      if (!text) return [];
      const { description, problemSolved, advantages, currentTechnology } =
        visibility === "blind" ? openText(text) : text;
      const words = [description, problemSolved, advantages, currentTechnology].filter(Boolean).join(" ");
      return words ? [[id, words] as const] : [];
    }),
  );
}
