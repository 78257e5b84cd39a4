import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import type { JobHandler } from "~/platform/ports/queue";
import { askSearches } from "../commands/ask-searches.server";
import { tellSearches } from "../commands/tell-searches.server";
import { askSearchesJob } from "./ask-searches.job";

/** Jobs that run side by side in a worker ask all searches at once; what is to be told at once is told here. */
export function handleAskSearches(ctx: () => Ctx): JobHandler {
  const ask = coalesce<string, null>(
    async (listingIds) => {
      if ((await askSearches(ctx(), listingIds)) > 0) await tellSearches(ctx());
      return listingIds.map(() => null);
    },
    { most: 50 },
  );
  return async ({ payload }) => {
    await ask(askSearchesJob.payload.parse(payload).listingId);
  };
}
