import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { FILE_DUE } from "../commands/due-kinds";
import { daysBetween } from "../domain/deadlines";
import { maySeeOfficeDeals, ownSides } from "../policy";
import type { DealRow } from "./views";

const PARTY = { select: { nameVi: true, nameEn: true, anonymous: true } } as const;
const ROW = {
  id: true,
  officeId: true,
  reference: true,
  title: true,
  stage: true,
  status: true,
  origin: true,
  value: true,
  currency: true,
  brokerId: true,
  transferorId: true,
  transfereeId: true,
  nextAction: true,
  nextActionOn: true,
  signedOn: true,
  registrationDuty: true,
  reasonCode: true,
  createdAt: true,
  broker: { select: { fullName: true } },
  transferor: PARTY,
  transferee: PARTY,
} as const satisfies Prisma.DealSelect;

export const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

/** Rows of deals as lists show them. `where` is already bounded by visibleDeals. */
export async function dealRows(
  ctx: Ctx,
  where: Prisma.DealWhereInput,
  page: { skip?: number; take: number; orderBy: Prisma.DealOrderByWithRelationInput[] },
): Promise<DealRow[]> {
  const { actor } = ctx;
  const today = localDay(ctx.clock.now());
  const rows = await ctx.db.deal.findMany({ where, select: ROW, ...page });
  const dues = await ctx.db.due.findMany({
    where: { kind: FILE_DUE, state: "open", subjectId: { in: rows.map((row) => row.id) } },
    select: { subjectId: true, dueOn: true },
  });
  return rows.map(({ broker, transferor, transferee, nextAction, nextActionOn, ...whole }) => {
    const { brokerId, officeId, transferorId, transfereeId, ...row } = whole;
    // the broker's plans are for the Department; who belongs to a party reads as that party
    const staff = maySeeOfficeDeals(actor) && actor.officeId === officeId && ownSides(actor, whole).length === 0;
    const due = dayOf(dues.find((one) => one.subjectId === row.id)?.dueOn ?? null);
    const live = row.status === "active" || row.status === "paused";
    const on = staff ? dayOf(nextActionOn) : null;
    return {
      ...row,
      signedOn: dayOf(row.signedOn),
      transferor: transferor && displayName(transferor, ctx.locale),
      transferee: transferee && displayName(transferee, ctx.locale),
      broker: broker.fullName,
      mine: isPerson(actor) && actor.personId === brokerId,
      nextAction: staff ? nextAction : null,
      nextActionOn: on,
      overdue: live && on !== null && on < today,
      deadline: due === null ? null : { dueOn: due, daysLeft: daysBetween(today, due) },
    };
  });
}
