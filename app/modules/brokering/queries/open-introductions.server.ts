import { type Ctx, isPerson } from "~/platform/context";
import { otherSide } from "../domain/introduction-states";
import { listingOf, loadIntroduction, summarise, versionOf } from "./describe-side.server";

export type OpenIntroduction = {
  introductionId: string;
  /** what it is about: the other side's listing as this side may read it; null when there is none */
  title: string | null;
  /** this side has not answered; otherwise it waits for the other side */
  myMove: boolean;
  replyBy: Date;
  proposedAt: Date;
};

/** Introductions that wait, of the organisations this person belongs to: theirs to answer first, then by reply-by date. */
export async function openIntroductionsOf(ctx: Ctx): Promise<OpenIntroduction[]> {
  const { actor } = ctx;
  if (!isPerson(actor) || actor.memberships.length === 0) return [];
  const sides = await ctx.db.introductionSide.findMany({
    where: {
      organisationId: { in: actor.memberships.map((membership) => membership.organisationId) },
      state: { in: ["asked", "accepted"] },
      introduction: { state: "proposed" },
    },
    orderBy: [{ state: "asc" }, { introduction: { replyBy: "asc" } }],
    take: 50,
    select: { side: true, state: true, introductionId: true },
  });
  const rows = await Promise.all(
    sides.map(async ({ side, state, introductionId }) => {
      const row = await loadIntroduction(ctx, introductionId);
      if (!row) return null;
      const other = otherSide(side);
      const about = listingOf(row, other) ? await summarise(ctx, other, versionOf(row, other)) : null;
      return {
        introductionId,
        title: about?.title ?? null,
        myMove: state === "asked",
        replyBy: row.replyBy,
        proposedAt: row.proposedAt,
      };
    }),
  );
  return rows.flatMap((row) => row ?? []);
}
