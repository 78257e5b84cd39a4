import { audit } from "~/platform/audit.server";
import type { Ctx, PersonActor } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { isUniqueViolation, type Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { ORGANISATION_TRANSITIONS } from "../domain/states";
import { mayDecideOrganisations } from "../policy";
import { foldedName, likelyDuplicates } from "../queries/find-organisations.server";
import type { FoundOrganisationInput } from "../schemas";
import { limited } from "./shared.server";

/**
 * Puts a new organisation on the exchange. A member's waits for a broker, with the founder as its provisional manager and a
 * claim that carries the evidence; a broker's is verified at once and has nobody yet. One that was rejected under the same
 * tax code is handed in again.
 * Fails: notFound (signed out), accounts:error.taxCodeTaken {id}, maybeDuplicate, required (evidence), tooMany.
 */
export async function foundOrganisation(
  ctx: Ctx,
  input: FoundOrganisationInput,
): Promise<Result<{ id: string; state: "pending" | "verified" }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  const byBroker = mayDecideOrganisations(actor);
  if (!byBroker && (input.evidence?.length ?? 0) < 20) {
    return fail("accounts:error.evidenceShort", { fields: { evidence: ["accounts:error.evidenceShort"] } });
  }
  const refused = await limited(ctx, "write", [`person:${actor.personId}`]);
  if (refused) return refused;
  try {
    return await transact(ctx, async (tx) => {
      if (input.taxCode) {
        const known = await tx.organisation.findUnique({
          where: { taxCode: input.taxCode },
          select: { id: true, state: true },
        });
        if (known && known.state !== "rejected")
          abort("accounts:error.taxCodeTaken", {
            params: { id: known.id },
            fields: { taxCode: ["accounts:error.taxCodeTaken"] },
          });
        if (known) return ok(await resubmit(tx, ctx, actor, known.id, input, byBroker));
      }
      if (input.notDuplicate !== "yes" && (await likelyDuplicates(tx, input.nameVi, undefined, 1)).length > 0) {
        abort("accounts:error.maybeDuplicate");
      }
      const id = newId();
      await tx.organisation.create({
        data: {
          id,
          officeId: actor.officeId,
          ...profileData(input),
          taxCode: input.taxCode ?? null,
          parentId: await parentOf(tx, input.taxCode),
          origin: byBroker ? "broker" : "member",
          createdAt: ctx.clock.now(),
          createdById: actor.personId,
        },
      });
      return ok(await handIn(tx, ctx, actor, id, input, byBroker));
    });
  } catch (error) {
    // somebody founded it under this tax code in the same moment
    if (isUniqueViolation(error))
      return fail("accounts:error.taxCodeTaken", { fields: { taxCode: ["accounts:error.taxCodeTaken"] } });
    throw error;
  }
}

/** Columns of the profile, as the found and edit forms give them. */
export function profileData(input: Omit<FoundOrganisationInput, "taxCode" | "evidence" | "notDuplicate">) {
  return {
    type: input.type,
    nameVi: input.nameVi,
    nameEn: input.nameEn ?? null,
    shortName: input.shortName ?? null,
    nameFolded: foldedName(`${input.nameVi} ${input.shortName ?? ""}`),
    countryCode: input.countryCode,
    provinceCode: input.provinceCode ?? null,
    communeCode: input.communeCode ?? null,
    address: input.address ?? null,
    website: input.website ?? null,
    about: input.about ?? null,
  };
}

async function parentOf(tx: Tx, taxCode: string | undefined): Promise<string | null> {
  if (!taxCode?.includes("-")) return null;
  const parent = await tx.organisation.findUnique({ where: { taxCode: taxCode.slice(0, 10) }, select: { id: true } });
  return parent?.id ?? null;
}

async function resubmit(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor,
  id: string,
  input: FoundOrganisationInput,
  byBroker: boolean,
) {
  const { from, to } = ORGANISATION_TRANSITIONS.resubmit;
  const before = await tx.organisation.findUniqueOrThrow({ where: { id }, select: { createdById: true } });
  const again = await tx.organisation.updateMany({
    where: { id, state: { in: [...from] } },
    data: { ...profileData(input), state: to, createdById: actor.personId, rejectReason: null, rejectNote: null },
  });
  if (again.count === 0) abort("accounts:error.taxCodeTaken", { fields: { taxCode: ["accounts:error.taxCodeTaken"] } });
  // a tax code is public: somebody else than the first founder sees nothing of this organisation before a broker has looked
  return handIn(tx, ctx, actor, id, input, byBroker, before.createdById === actor.personId);
}

async function handIn(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor,
  id: string,
  input: FoundOrganisationInput,
  byBroker: boolean,
  provisional = true,
) {
  const now = ctx.clock.now();
  const facts = { type: input.type, taxCode: input.taxCode ?? null };
  if (byBroker) {
    const { from, to } = ORGANISATION_TRANSITIONS.verify;
    await tx.organisation.updateMany({
      where: { id, state: { in: [...from] } },
      data: { state: to, verifiedAt: now, verifiedById: actor.personId, brokerId: actor.personId },
    });
    await audit(tx, ctx, {
      action: "organisation.registered-by-broker",
      subjectKind: "organisation",
      subjectId: id,
      after: facts,
    });
    return { id, state: "verified" as const };
  }
  if (provisional)
    await tx.membership.upsert({
      where: { personId_organisationId: { personId: actor.personId, organisationId: id } },
      create: {
        id: newId(),
        personId: actor.personId,
        organisationId: id,
        role: "manager",
        state: "active",
        createdAt: now,
      },
      update: { role: "manager", state: "active", decidedAt: null, decidedById: null },
    });
  const claimId = newId();
  await tx.organisationClaim.create({
    data: { id: claimId, organisationId: id, personId: actor.personId, evidence: input.evidence ?? "", createdAt: now },
  });
  await audit(tx, ctx, {
    action: "organisation.submitted",
    subjectKind: "organisation",
    subjectId: id,
    after: { ...facts, claimId },
  });
  await emit(tx, ctx, "organisation.submitted", id, { claimId });
  return { id, state: "pending" as const };
}
