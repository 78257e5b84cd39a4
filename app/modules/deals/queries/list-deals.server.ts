import type { Prisma } from "~/generated/prisma/client";
import type { DealStatus } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { DEAL_STAGES } from "../domain/choices";
import { maySeeOfficeDeals, visibleDeals } from "../policy";
import { dealRows } from "./deal-row.server";
import type { CaseDeal, DealList } from "./views";

const PAGE_SIZE = 25;
const BOARD_SIZE = 300;
const LIVE: DealStatus[] = ["active", "paused"];

export type ListDealsAsk = {
  view: "board" | "list";
  mine?: boolean;
  /** default: active and paused */
  status?: DealStatus;
  page?: number;
};

/**
 * Deals as a board by stage (everything live) or a list by next date: the office's for its staff, their own for members.
 * Null for who may see none at all.
 */
export async function listDeals(ctx: Ctx, ask: ListDealsAsk): Promise<DealList | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor)) return null;
  const member = actor.memberships.length > 0;
  const staff = maySeeOfficeDeals(actor);
  if (!staff && !member) return null;
  const seen = visibleDeals(actor);
  const own: Prisma.DealWhereInput = { brokerId: actor.personId };
  const status: Prisma.DealWhereInput = { status: ask.status ?? { in: LIVE } };
  const where: Prisma.DealWhereInput = { AND: [seen, status, ...(ask.mine ? [own] : [])] };
  const [byStatus, mine, total] = await Promise.all([
    db.deal.groupBy({ by: ["status"], where: seen, _count: { _all: true } }),
    db.deal.count({ where: { AND: [seen, own, { status: { in: LIVE } }] } }),
    db.deal.count({ where }),
  ]);
  const count = (of: DealStatus) => byStatus.find((row) => row.status === of)?._count._all ?? 0;
  const size = ask.view === "board" ? BOARD_SIZE : PAGE_SIZE;
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, Math.trunc(ask.page ?? 1)), pages);
  const ended = ask.status !== undefined && !LIVE.includes(ask.status);
  const rows = await dealRows(ctx, where, {
    skip: (page - 1) * size,
    take: size,
    orderBy: ended
      ? [{ createdAt: "desc" }, { id: "asc" }]
      : [{ nextActionOn: { sort: "asc", nulls: "last" } }, { id: "asc" }],
  });
  return {
    rows,
    total,
    page,
    pages,
    counts: {
      mine,
      active: count("active"),
      paused: count("paused"),
      lost: count("lost"),
      terminated: count("terminated"),
      closed: count("closed"),
    },
    columns: DEAL_STAGES.map((stage) => ({ stage, rows: rows.filter((row) => row.stage === stage) })),
    reader: staff ? "staff" : "member",
  };
}

/** Deals that came from a case, newest first; nothing for who may not see them. */
export async function dealsOfCase(ctx: Ctx, caseId: string): Promise<CaseDeal[]> {
  if (!isId(caseId)) return [];
  return dealRows(
    ctx,
    { AND: [{ caseId }, visibleDeals(ctx.actor)] },
    { take: 20, orderBy: [{ createdAt: "desc" }, { id: "asc" }] },
  );
}
