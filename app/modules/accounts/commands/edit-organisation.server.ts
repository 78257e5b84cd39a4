import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isMemberOf, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { mayEditOrganisation, maySeeOrganisation } from "../policy";
import type { OrganisationProfileInput } from "../schemas";
import { profileData } from "./found-organisation.server";

/**
 * Changes an organisation's profile. Its tax code stays: another code is another organisation.
 * Fails: notFound, accounts:error.forbidden.
 */
export async function editOrganisation(
  ctx: Ctx,
  input: OrganisationProfileInput & { organisationId: string },
): Promise<Result> {
  const id = input.organisationId;
  if (!isPerson(ctx.actor) || !isId(id)) return fail("notFound");
  return transact(ctx, async (tx) => {
    const before = await tx.organisation.findFirst({
      where: { id, anonymous: false, state: { in: ["pending", "verified"] } },
      select: { id: true, state: true, nameVi: true, type: true, provinceCode: true },
    });
    if (!before || !maySeeOrganisation(ctx.actor, before)) return fail("notFound");
    if (!mayEditOrganisation(ctx.actor, id))
      return fail(isMemberOf(ctx.actor, id) ? "accounts:error.managersOnly" : "accounts:error.forbidden");
    await tx.organisation.update({ where: { id }, data: profileData(input) });
    await audit(tx, ctx, {
      action: "organisation.profile-changed",
      subjectKind: "organisation",
      subjectId: id,
      before: { nameVi: before.nameVi, type: before.type, provinceCode: before.provinceCode },
      after: { nameVi: input.nameVi, type: input.type, provinceCode: input.provinceCode ?? null },
    });
    return ok();
  });
}
