import type { AuditRecord } from "~/platform/audit.server";
import type { Ctx, PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { abort } from "~/platform/result";
import { LIVE_ORGANISATION_STATES } from "../domain/states";
import { typeOfName } from "../domain/type-of-name";
import { mayDecideOrganisations } from "../policy";
import { foldedName } from "../queries/find-organisations.server";

/** As a list names it; `taxCode` in the stored form. */
export type OrganisationToMake = { name: string; taxCode: string | null };

/**
 * Makes the organisations of a list that the office does not have, in the caller's transaction: not verified, with nobody in
 * them, until somebody claims them or a broker has looked. Ids in the order asked. The audit rows are for the caller to write
 * at its end, because the log is locked from the first of them until the commit.
 * Aborts: common:notFound (no broker), imports:error.madeMeanwhile {name} (somebody was quicker; the list is matched anew then).
 * Throws a unique violation when that happens in the very same moment.
 */
export async function makeNamedOrganisations(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor,
  wanted: readonly OrganisationToMake[],
): Promise<{ ids: string[]; audits: AuditRecord[] }> {
  if (!mayDecideOrganisations(actor)) abort("common:notFound");
  if (wanted.length === 0) return { ids: [], audits: [] };
  const now = ctx.clock.now();
  const codes = wanted.flatMap(({ taxCode }) => taxCode ?? []);
  const names = wanted.map(({ name }) => foldedName(name));
  const parentCodes = codes.filter((code) => code.includes("-")).map((code) => code.slice(0, 10));
  const [there, parents] = await Promise.all([
    tx.organisation.findMany({
      where: {
        anonymous: false,
        OR: [
          { taxCode: { in: codes } },
          { officeId: actor.officeId, nameFolded: { in: names }, state: { in: [...LIVE_ORGANISATION_STATES] } },
        ],
      },
      select: { nameVi: true, taxCode: true },
    }),
    tx.organisation.findMany({ where: { taxCode: { in: parentCodes } }, select: { id: true, taxCode: true } }),
  ]);
  // two of one name with tax codes of their own are two
  const same = (one: OrganisationToMake, other: (typeof there)[number]) =>
    one.taxCode !== null && other.taxCode !== null
      ? one.taxCode === other.taxCode
      : foldedName(one.name) === foldedName(other.nameVi);
  const quicker = there.find((other) => wanted.some((one) => same(one, other)));
  if (quicker) abort("imports:error.madeMeanwhile", { params: { name: quicker.nameVi } });
  const parentOf = new Map(parents.map(({ id, taxCode }) => [taxCode, id]));
  const made = wanted.map(({ name, taxCode }) => ({
    id: newId(),
    officeId: actor.officeId,
    type: typeOfName(name),
    nameVi: name,
    nameFolded: foldedName(name),
    taxCode,
    parentId: taxCode?.includes("-") ? (parentOf.get(taxCode.slice(0, 10)) ?? null) : null,
    origin: "imported" as const,
    createdAt: now,
  }));
  await tx.organisation.createMany({ data: made });
  return {
    ids: made.map(({ id }) => id),
    audits: made.map(({ id, type }) => ({
      action: "organisation.imported",
      subjectKind: "organisation",
      subjectId: id,
      after: { type, anonymous: false, state: "pending" },
    })),
  };
}
