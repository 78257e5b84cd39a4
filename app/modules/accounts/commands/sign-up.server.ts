import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isUniqueViolation, type Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { ok, type Result } from "~/platform/result";
import { CONSENT_TEXT_VERSION, type ConsentPurpose } from "../domain/consents";
import { hashPassword } from "../passwords.server";
import { getOffice } from "../queries/get-office.server";
import type { SignUpInput } from "../schemas";
import { type Caller, createLink, limited } from "./shared.server";

/**
 * Signs a person up and has a confirmation link mailed. The answer is the same whether the address is new, waiting for
 * its confirmation or known: only the mailbox tells. Until somebody confirms with mailbox and password both, the newest
 * sign-up replaces the earlier one; a confirmed person gets a link to choose a new password instead.
 * Fails: accounts:error.tooMany.
 */
export async function signUp(ctx: Ctx, input: SignUpInput & Caller): Promise<Result> {
  const refused = await limited(ctx, "sign-up", [`email:${input.email}`, `address:${input.remoteAddress}`]);
  if (refused) return refused;
  // hashed in every case, so that time tells nothing either
  const passwordHash = await hashPassword(input.password);
  try {
    return await store(ctx, input, passwordHash);
  } catch (error) {
    if (isUniqueViolation(error)) return store(ctx, input, passwordHash);
    throw error;
  }
}

function store(ctx: Ctx, input: SignUpInput, passwordHash: string): Promise<Result> {
  return transact(ctx, async (tx) => {
    const office = await getOffice(tx);
    const data = { fullName: input.fullName, phone: input.phone ?? null, locale: input.locale, passwordHash };
    const known = await tx.person.findUnique({
      where: { email: input.email },
      select: { id: true, emailConfirmedAt: true, disabledAt: true },
    });
    if (known?.disabledAt) return ok();
    if (known?.emailConfirmedAt) {
      const linkId = await createLink(tx, ctx, known.id, "reset_password");
      await emit(tx, ctx, "person.reset-requested", known.id, { linkId });
      return ok();
    }
    const id = known?.id ?? newId();
    if (known) {
      // somebody may confirm the earlier sign-up at this very moment: then this one comes too late and changes nothing
      const replaced = await tx.person.updateMany({ where: { id, emailConfirmedAt: null }, data });
      if (replaced.count === 0) return ok();
    } else {
      await tx.person.create({
        data: { id, officeId: office.id, email: input.email, createdAt: ctx.clock.now(), ...data },
      });
    }
    await recordConsents(tx, ctx, id, input.consents);
    const linkId = await createLink(tx, ctx, id, "confirm_email");
    await audit(tx, ctx, {
      action: known ? "person.signed-up-again" : "person.signed-up",
      subjectKind: "person",
      subjectId: id,
      after: { consents: input.consents },
    });
    await emit(tx, ctx, known ? "person.confirmation-requested" : "person.signed-up", id, { linkId });
    return ok();
  });
}

/** One row per purpose agreed to; what an earlier form agreed to and this one does not is withdrawn. */
async function recordConsents(tx: Tx, ctx: Ctx, personId: string, purposes: ConsentPurpose[]): Promise<void> {
  const now = ctx.clock.now();
  await tx.consent.updateMany({ where: { personId, withdrawnAt: null }, data: { withdrawnAt: now } });
  await tx.consent.createMany({
    data: [...new Set(purposes)].map((purpose) => ({
      id: newId(),
      personId,
      purpose,
      textVersion: CONSENT_TEXT_VERSION,
      channel: "sign-up form",
      givenAt: now,
    })),
  });
}
