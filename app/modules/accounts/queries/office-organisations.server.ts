import type { OrganisationType } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { LIVE_ORGANISATION_STATES } from "../domain/states";
import { mayDecideOrganisations } from "../policy";

/** An organisation as the rows of a list are matched to it. */
export type NamedOrganisation = {
  id: string;
  nameVi: string;
  nameEn: string | null;
  shortName: string | null;
  taxCode: string | null;
  type: OrganisationType | null;
  provinceCode: string | null;
  /** false: refused or merged, and its tax code cannot be given to another one */
  live: boolean;
};

/**
 * The office's organisations by which a list with names and tax codes is matched: every live one, and those no longer live that
 * hold a tax code. For the office's brokers; nobody else gets any.
 */
export async function officeOrganisations(ctx: Ctx): Promise<NamedOrganisation[]> {
  const { actor } = ctx;
  if (!isPerson(actor) || !mayDecideOrganisations(actor)) return [];
  const live: readonly string[] = LIVE_ORGANISATION_STATES;
  const rows = await ctx.db.organisation.findMany({
    where: {
      anonymous: false,
      OR: [
        { officeId: actor.officeId, state: { in: [...LIVE_ORGANISATION_STATES] } },
        // a tax code is given once, whichever office keeps its holder
        { taxCode: { not: null }, state: { notIn: [...LIVE_ORGANISATION_STATES] } },
        { taxCode: { not: null }, officeId: { not: actor.officeId } },
      ],
    },
    select: {
      id: true,
      officeId: true,
      nameVi: true,
      nameEn: true,
      shortName: true,
      taxCode: true,
      type: true,
      provinceCode: true,
      state: true,
    },
  });
  return rows.map(({ state, officeId, ...row }) => ({
    ...row,
    live: officeId === actor.officeId && live.includes(state),
  }));
}
