import type { AccessScope } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";

export type GrantAccessInput = {
  /** exactly one of the two */
  subject: { personId: string } | { organisationId: string };
  thing: { listingId: string } | { fileId: string };
  scope: AccessScope;
  /** coded reason, e.g. "introduction.accepted", "invited" */
  reason: string;
  reasonId?: string;
  until?: Date;
};

/**
 * Opens something below for somebody, inside the caller's transaction: contacts after consent, an invited listing, an annex.
 * The caller has authorised it. Safe to repeat: a live grant of the same subject, thing and scope is returned as it is.
 * @returns the grant's id
 */
export async function grantAccess(tx: Tx, ctx: Ctx, input: GrantAccessInput): Promise<string> {
  const same = { ...input.subject, ...input.thing, scope: input.scope, revokedAt: null };
  const until = input.until ?? null;
  const present = await tx.accessGrant.findFirst({ where: { ...same, until }, select: { id: true } });
  if (present) return present.id;
  const id = newId();
  await tx.accessGrant.create({
    data: {
      ...input.subject,
      ...input.thing,
      id,
      scope: input.scope,
      reason: input.reason,
      reasonId: input.reasonId ?? null,
      until,
      grantedById: ctx.actor.kind === "person" ? ctx.actor.personId : null,
      createdAt: ctx.clock.now(),
    },
  });
  const subjectId = "listingId" in input.thing ? input.thing.listingId : input.thing.fileId;
  await audit(tx, ctx, {
    action: "access.granted",
    subjectKind: "listingId" in input.thing ? "listing" : "file",
    subjectId,
    after: { grantId: id, scope: input.scope, reason: input.reason, ...input.subject },
  });
  return id;
}
