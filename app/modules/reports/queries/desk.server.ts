import { dealTasks } from "~/modules/deals/index.server";
import { type Ctx, hasGrant } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { byUrgency, type WaitingItem } from "../domain/waiting";
import { type Funnel, funnel } from "./funnel.server";
import { unattendedItems } from "./unattended.server";
import { dealItems } from "./waiting-brokers.server";

export type Desk = {
  /** contracts and files that wait for a registrar; null for who is none */
  registrations: WaitingItem[] | null;
  /** open files whose broker is none any more; for leaders */
  unattended: WaitingItem[];
  /** this year's figures; null for who may not see them */
  funnel: Funnel | null;
  mayReadCases: boolean;
};

/**
 * Home of the Department's people who are no brokers: what waits for a registrar, how far the exchange has come for a
 * leader. Null for everybody else.
 */
export async function desk(ctx: Ctx): Promise<Desk | null> {
  const { actor } = ctx;
  if (!hasGrant(actor, "registrar", "leader")) return null;
  const year = Number(localDay(ctx.clock.now()).slice(0, 4));
  const [unattended, tasks, figures] = await Promise.all([
    hasGrant(actor, "leader") ? unattendedItems(ctx) : [],
    hasGrant(actor, "registrar") ? dealTasks(ctx) : null,
    funnel(ctx, { year, mine: false }),
  ]);
  return {
    registrations: tasks && (await dealItems(ctx, tasks)).sort(byUrgency),
    unattended,
    funnel: figures,
    mayReadCases: hasGrant(actor, "broker", "leader"),
  };
}
