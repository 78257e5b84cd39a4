import { audit } from "~/platform/audit.server";
import { type Ctx, isManagerOf, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { abort, fail, ok, type Result } from "~/platform/result";

/**
 * Whether what members write goes to the organisation's managers before it goes to the Department. Managers decide it; off
 * unless they switch it on. Failures: notFound.
 */
export async function setOfficeApproval(
  ctx: Ctx,
  input: { organisationId: string; required: boolean },
): Promise<Result> {
  const { organisationId: id, required } = input;
  if (!isPerson(ctx.actor) || !isId(id) || !isManagerOf(ctx.actor, id)) return fail("notFound");
  return transact(ctx, async (tx) => {
    const changed = await tx.organisation.updateMany({
      where: { id, officeApproval: !required, state: { in: ["pending", "verified"] } },
      data: { officeApproval: required },
    });
    // set so already: nothing changed and nothing is wrong
    if (changed.count === 0) {
      const there = await tx.organisation.count({ where: { id, officeApproval: required } });
      return there > 0 ? ok() : abort("notFound");
    }
    await audit(tx, ctx, {
      action: "organisation.office-approval-set",
      subjectKind: "organisation",
      subjectId: id,
      before: { officeApproval: !required },
      after: { officeApproval: required },
    });
    return ok();
  });
}
