import type { RefusalSource } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { mayLiftSuppressions } from "../policy";

export type SuppressionView = {
  id: string;
  address: string;
  personName: string | null;
  source: RefusalSource;
  status: string;
  said: string;
  since: Date;
};
const PER_PAGE = 25;

/** Which of these addresses are stopped now. */
export async function stoppedAmong(db: Tx, addresses: readonly string[]): Promise<Set<string>> {
  const rows = await db.mailSuppression.findMany({
    where: { address: { in: addresses.map((address) => address.toLowerCase()) }, liftedAt: null },
    select: { address: true },
  });
  return new Set(rows.map((row) => row.address));
}

/** The signed-in person's own address when mails to it are stopped, else null. */
export async function unreachableAddress(ctx: Ctx): Promise<string | null> {
  if (!isPerson(ctx.actor)) return null;
  const { email } = ctx.actor;
  return (await stoppedAmong(ctx.db, [email])).size > 0 ? email : null;
}

/** Stopped addresses, newest first; null for everybody but administrators. Pages count from 1. */
export async function listSuppressions(
  ctx: Ctx,
  page: number,
): Promise<{ addresses: SuppressionView[]; page: number; pages: number } | null> {
  if (!mayLiftSuppressions(ctx.actor)) return null;
  const where = { liftedAt: null };
  const pages = Math.max(1, Math.ceil((await ctx.db.mailSuppression.count({ where })) / PER_PAGE));
  const shown = Math.min(Math.max(1, Math.trunc(page) || 1), pages);
  const rows = await ctx.db.mailSuppression.findMany({
    where,
    orderBy: [{ since: "desc" }, { id: "desc" }],
    skip: (shown - 1) * PER_PAGE,
    take: PER_PAGE,
    select: { id: true, address: true, source: true, status: true, said: true, since: true },
  });
  const people = await ctx.db.person.findMany({
    where: { email: { in: rows.map((row) => row.address) } },
    select: { email: true, fullName: true },
  });
  const names = new Map(people.map((person) => [person.email, person.fullName]));
  return {
    addresses: rows.map((row) => ({ ...row, personName: names.get(row.address) ?? null })),
    page: shown,
    pages,
  };
}
