import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { isRobot } from "../domain/is-robot";
import type { ListingView } from "../domain/types";
import { isOfficeBroker } from "../policy";

/**
 * Counts that somebody opened the page of a listing: how often and on which day, nothing about who. Programs, the owner and
 * the Department's brokers are left out. Never makes the reader wait, and never fails a page.
 */
export function countView(ctx: Ctx, listing: ListingView, headers: Headers): void {
  const own = listing.mayEdit || isOfficeBroker(ctx.actor, listing.officeId);
  if (listing.state === "published" && !own && !isRobot(headers))
    ctx.views.count(listing.id, localDay(ctx.clock.now()));
}
