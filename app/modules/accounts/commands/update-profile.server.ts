import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { CONSENT_PURPOSES, CONSENT_TEXT_VERSION, type ConsentPurpose } from "../domain/consents";
import type { PersonProfileInput } from "../schemas";

/** Changes the signed-in person's name, telephone, position and language. Fails: notFound (signed out). */
export async function updateProfile(ctx: Ctx, input: PersonProfileInput): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  return transact(ctx, async (tx) => {
    await tx.person.update({
      where: { id: actor.personId },
      data: {
        fullName: input.fullName,
        phone: input.phone ?? null,
        position: input.position ?? null,
        locale: input.locale,
      },
    });
    await audit(tx, ctx, { action: "person.profile-changed", subjectKind: "person", subjectId: actor.personId });
    return ok();
  });
}

/**
 * Sets which purposes the signed-in person agrees to. Agreeing adds a row with today's text version, withdrawing dates the
 * old one; "account" cannot be withdrawn without closing the account, so it stays. Fails: notFound (signed out).
 */
export async function setConsents(ctx: Ctx, input: { purposes: string[] }): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  const wanted = new Set<string>(input.purposes);
  return transact(ctx, async (tx) => {
    await tx.$queryRaw`SELECT id FROM person WHERE id = ${actor.personId}::uuid FOR UPDATE`;
    const now = ctx.clock.now();
    const given = await tx.consent.findMany({
      where: { personId: actor.personId, withdrawnAt: null },
      select: { id: true, purpose: true },
    });
    const has = new Set(given.map((row) => row.purpose));
    const added: ConsentPurpose[] = CONSENT_PURPOSES.filter((purpose) => wanted.has(purpose) && !has.has(purpose));
    const dropped = given.filter((row) => row.purpose !== "account" && !wanted.has(row.purpose));
    if (added.length === 0 && dropped.length === 0) return ok();
    await tx.consent.updateMany({ where: { id: { in: dropped.map((row) => row.id) } }, data: { withdrawnAt: now } });
    await tx.consent.createMany({
      data: added.map((purpose) => ({
        id: newId(),
        personId: actor.personId,
        purpose,
        textVersion: CONSENT_TEXT_VERSION,
        channel: "account page",
        givenAt: now,
      })),
    });
    await audit(tx, ctx, {
      action: "person.consents-changed",
      subjectKind: "person",
      subjectId: actor.personId,
      after: { given: added, withdrawn: dropped.map((row) => row.purpose) },
    });
    return ok();
  });
}
