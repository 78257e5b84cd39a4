import type { CaseOrigin, CaseState, IntroductionState, Side } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { visibleCases } from "../policy";

export type CaseRow = {
  id: string;
  title: string;
  origin: CaseOrigin;
  state: CaseState;
  nextAction: string | null;
  nextActionOn: Date | null;
  /** the next action's day has passed */
  overdue: boolean;
  broker: string;
  mine: boolean;
  provinceCode: string | null;
  communeCode: string | null;
  parties: { side: Side; organisation: string }[];
  /** state of the latest introduction */
  introduction: IntroductionState | null;
  closedAt: Date | null;
  createdAt: Date;
};
export type CaseList = {
  rows: CaseRow[];
  total: number;
  page: number;
  pages: number;
  counts: { mine: number; all: number; closed: number; overdue: number };
};

const PAGE_SIZE = 25;
const ROW = {
  id: true,
  title: true,
  origin: true,
  state: true,
  nextAction: true,
  nextActionOn: true,
  brokerId: true,
  provinceCode: true,
  communeCode: true,
  closedAt: true,
  createdAt: true,
  broker: { select: { fullName: true } },
  parties: {
    select: { side: true, organisation: { select: { nameVi: true, nameEn: true, anonymous: true } } },
    orderBy: { side: "asc" },
  },
  introductions: { select: { state: true }, orderBy: { proposedAt: "desc" }, take: 1 },
} as const;

async function rowsOf(
  ctx: Ctx,
  where: ReturnType<typeof visibleCases>,
  closed: boolean,
  skip: number,
  take: number,
): Promise<CaseRow[]> {
  const today = dateOnly(localDay(ctx.clock.now()));
  const rows = await ctx.db.brokerCase.findMany({
    where,
    select: ROW,
    skip,
    take,
    orderBy: closed ? [{ closedAt: "desc" }, { id: "asc" }] : [{ nextActionOn: "asc" }, { id: "asc" }],
  });
  return rows.map(({ broker, brokerId, parties, introductions, ...row }) => ({
    ...row,
    overdue: row.state === "open" && row.nextActionOn !== null && row.nextActionOn < today,
    broker: broker.fullName,
    mine: isPerson(ctx.actor) && ctx.actor.personId === brokerId,
    parties: parties.map(({ side, organisation }) => ({ side, organisation: displayName(organisation, ctx.locale) })),
    introduction: introductions[0]?.state ?? null,
  }));
}

/** Cases of the office: mine or all by next date, or the closed ones, latest first. Null for who may see none. */
export async function listCases(
  ctx: Ctx,
  ask: { view: "mine" | "all" | "closed"; page: number },
): Promise<CaseList | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !actor.grants.some((grant) => grant === "broker" || grant === "leader")) return null;
  const office = visibleCases(actor);
  const own = { brokerId: actor.personId, state: "open" as const };
  const overdue = { state: "open" as const, nextActionOn: { lt: dateOnly(localDay(ctx.clock.now())) } };
  const [mine, all, closed, late] = await Promise.all([
    db.brokerCase.count({ where: { AND: [office, own] } }),
    db.brokerCase.count({ where: { AND: [office, { state: "open" }] } }),
    db.brokerCase.count({ where: { AND: [office, { state: "closed" }] } }),
    db.brokerCase.count({ where: { AND: [office, ask.view === "mine" ? { ...own, ...overdue } : overdue] } }),
  ]);
  const total = { mine, all, closed }[ask.view];
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(Math.max(1, ask.page), pages);
  const where = {
    AND: [
      office,
      ask.view === "mine" ? own : { state: ask.view === "closed" ? ("closed" as const) : ("open" as const) },
    ],
  };
  const rows = await rowsOf(ctx, where, ask.view === "closed", (page - 1) * PAGE_SIZE, PAGE_SIZE);
  return { rows, total, page, pages, counts: { mine, all, closed, overdue: late } };
}

/** Open cases by next date, for a home page. Nothing for who may see none. */
export async function casesByNextDate(ctx: Ctx, ask: { mine: boolean; limit: number }): Promise<CaseRow[]> {
  const { actor } = ctx;
  const own = ask.mine && isPerson(actor) ? [{ brokerId: actor.personId }] : [];
  return rowsOf(ctx, { AND: [visibleCases(actor), { state: "open" }, ...own] }, false, 0, ask.limit);
}
