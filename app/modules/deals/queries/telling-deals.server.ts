import type { Prisma } from "~/generated/prisma/client";
import type { DealStage } from "~/generated/prisma/enums";
import type { Db, Tx } from "~/platform/db/client.server";

/** Stages from which a deal itself tells what came of the contact. */
const SIGNED_OR_BEYOND: DealStage[] = [
  "signed",
  "registration_filed",
  "registered",
  "performing",
  "accepted",
  "liquidated",
];

/** Deals that end the chase: signed or beyond, lost, or ended early. */
const TELLING_DEAL: Prisma.DealWhereInput = {
  OR: [{ stage: { in: SIGNED_OR_BEYOND } }, { status: { in: ["lost", "terminated"] } }],
};

/** Of these cases, those whose deal tells what came of them. */
export async function casesWithTellingDeal(db: Db | Tx, caseIds: string[]): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set();
  const rows = await db.deal.findMany({
    where: { caseId: { in: caseIds }, ...TELLING_DEAL },
    select: { caseId: true },
  });
  return new Set(rows.flatMap((row) => row.caseId ?? []));
}
