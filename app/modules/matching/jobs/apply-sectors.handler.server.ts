import { listingsOfSectorChange } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { keepTerms } from "../commands/count-corpus.server";
import { openCorpus } from "../queries/corpus.server";
import { applySectorsJob } from "./apply-sectors.job";
import { computeMatchesJob } from "./compute-matches.job";

const BATCH = 200;

/**
 * A sector was renamed, merged, retired or brought back: its listings are read anew (the sector's name stands for words of
 * their own), indexed where they stand now and matched again. Safe to run twice: job ids derive from change and listing.
 */
export function handleApplySectors(ctx: () => Ctx, queue: QueuePort): JobHandler {
  return async ({ payload }) => {
    const { changeId } = applySectorsJob.payload.parse(payload);
    const change = await listingsOfSectorChange(ctx(), changeId);
    if (!change) return;
    const { large } = await openCorpus(ctx());
    for (let at = 0; at < change.listingIds.length; at += BATCH) {
      const ids = change.listingIds.slice(at, at + BATCH);
      if (large) await keepTerms(ctx(), ids);
      await queue.add(
        ids.map((listingId) => ({
          definition: computeMatchesJob,
          id: `compute-matches.sector-${change.seq}.${listingId}`,
          payload: { listingId },
        })),
      );
    }
  };
}
