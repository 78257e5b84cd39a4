import type { PersonActor } from "~/platform/context";
import type { Db, Tx } from "~/platform/db/client.server";
import type { PartySide } from "../domain/choices";

export type KnownParty = { id: string; countryCode: string };
type Named = Record<PartySide, string | null>;

/**
 * The organisations a broker named as parties: of the office, not rejected, not merged away, two different ones.
 * @returns error keys per field where a name is no such organisation
 */
export async function findParties(
  db: Db | Tx,
  actor: PersonActor,
  named: Named,
): Promise<
  { ok: true; parties: Record<PartySide, KnownParty | null> } | { ok: false; fields: Record<string, string[]> }
> {
  const rows = await db.organisation.findMany({
    where: {
      id: { in: [named.transferor, named.transferee].flatMap((id) => id ?? []) },
      officeId: actor.officeId,
      state: { in: ["pending", "verified"] },
    },
    select: { id: true, countryCode: true },
  });
  const fields: Record<string, string[]> = {};
  const parties: Record<PartySide, KnownParty | null> = { transferor: null, transferee: null };
  for (const side of ["transferor", "transferee"] as const) {
    const id = named[side];
    parties[side] = rows.find((row) => row.id === id) ?? null;
    if (id && !parties[side]) fields[`${side}Id`] = ["deals:error.noSuchOrganisation"];
  }
  if (named.transferor !== null && named.transferor === named.transferee)
    fields.transfereeId = ["deals:error.sameOrganisation"];
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, parties };
}
