import type { Prisma } from "~/generated/prisma/client";
import type { OrganisationState, OrganisationType } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { fold } from "~/platform/text";
import { nameKey } from "../domain/names";
import { LIVE_ORGANISATION_STATES } from "../domain/states";
import { parseTaxCode } from "../domain/tax-code";

export type FoundOrganisation = {
  id: string;
  nameVi: string;
  shortName: string | null;
  taxCode: string | null;
  type: OrganisationType | null;
  provinceCode: string | null;
  state: OrganisationState;
  hasMembers: boolean;
};

/** The form in which names are stored for look-up: folded, punctuation as blanks. */
export function foldedName(name: string): string {
  return fold(name)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Organisations whose name shares the typed one's key, or that has this tax code: shown before a new one is founded. */
export async function likelyDuplicates(
  db: Tx,
  name: string,
  taxCode?: string,
  limit = 8,
): Promise<FoundOrganisation[]> {
  const key = nameKey(name);
  const either: Prisma.OrganisationWhereInput[] = [];
  if (key.length >= 3)
    either.push({ nameFolded: { contains: key } }, { shortName: { equals: name.trim(), mode: "insensitive" } });
  if (taxCode) either.push({ taxCode });
  if (either.length === 0) return [];
  const rows = await db.organisation.findMany({
    where: { anonymous: false, state: { in: [...LIVE_ORGANISATION_STATES] }, OR: either },
    select: {
      id: true,
      nameVi: true,
      shortName: true,
      taxCode: true,
      type: true,
      provinceCode: true,
      state: true,
      _count: { select: { memberships: { where: { state: "active" } } } },
    },
    orderBy: [{ state: "desc" }, { nameFolded: "asc" }],
    take: limit,
  });
  return rows.map(({ _count, ...row }) => ({ ...row, hasMembers: _count.memberships > 0 }));
}

/**
 * Organisations by tax code or name, for a person who looks for their own and for a broker who posts on behalf.
 * Signed-out callers find nothing. At most `limit`.
 */
export async function findOrganisations(ctx: Ctx, text: string, limit = 20): Promise<FoundOrganisation[]> {
  if (!isPerson(ctx.actor) && ctx.actor.kind !== "system") return [];
  const parsed = parseTaxCode(text);
  return likelyDuplicates(ctx.db, parsed.ok ? "" : text, parsed.ok ? parsed.code : undefined, limit);
}
