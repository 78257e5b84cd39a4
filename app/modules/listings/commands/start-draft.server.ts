import type { Prisma } from "~/generated/prisma/client";
import type { ListingKind, Locale, OrganisationType } from "~/generated/prisma/enums";
import { brokerFor, limited } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, hasGrant, isPerson, type PersonActor } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { numberRuleAt } from "~/platform/rules.server";
import type { OWNER_TYPES } from "../domain/choices";
import { addMonths, writeDay } from "../domain/days";
import { type Draft, EMPTY_LINE, readDraft } from "../domain/draft";

export type StartDraftInput = {
  kind: ListingKind;
  /** null: the person drafts before having an organisation */
  organisationId: string | null;
  /** a broker types it for the organisation, which confirms later */
  onBehalf?: boolean;
};

const INSTITUTES: readonly (OrganisationType | null)[] = [
  "research_institute",
  "university",
  "other_st_organisation",
  "innovation_centre",
];

/** The holder's kind by the organisation's. */
export function ownerTypeOf(type: OrganisationType | null): (typeof OWNER_TYPES)[number] {
  if (INSTITUTES.includes(type)) return "institute";
  if (type === "state_body") return "state";
  return type === "individual" ? "individual" : type === "international_organisation" ? "foreign" : "enterprise";
}

/**
 * Begins a draft, with what is known already filled in (contact of the writer, province of the office, default expiry).
 * Members draft for their organisations, also before these are verified; brokers of the office for any live organisation.
 * Failures: listings:error.{notMember,notBroker,noSuchOrganisation,tooManyDrafts {minutes, time}}, notFound.
 */
export async function startDraft(ctx: Ctx, input: StartDraftInput): Promise<Result<{ listingId: string }>> {
  return startDraftWith(ctx, input, {});
}

/** The same with some of it filled in, by the listing it is copied from. */
export async function startDraftWith(
  ctx: Ctx,
  input: StartDraftInput,
  over: Partial<Draft>,
  copyOf?: string,
): Promise<Result<{ listingId: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const refused =
    (await mayStart(ctx, actor, input)) ??
    (await limited(ctx, "draft", [`person:${actor.personId}`], "listings:error.tooManyDrafts"));
  if (refused) return refused;
  const onBehalf = input.onBehalf === true;
  const now = ctx.clock.now();
  const begun = begunDraft(
    await draftStart(ctx, actor, onBehalf),
    input.kind,
    await organisationFacts(ctx, input.organisationId),
  );
  const broker = await brokerFor(ctx, input.organisationId);
  const draft = readDraft({ ...begun, ...over });
  const id = newId();
  return transact(ctx, async (tx) => {
    await tx.listing.create({
      data: {
        id,
        officeId: actor.officeId,
        kind: input.kind,
        organisationId: input.organisationId,
        state: "draft",
        draft,
        brokerId: onBehalf ? actor.personId : (broker?.personId ?? null),
        createdById: actor.personId,
        onBehalf,
        origin: onBehalf ? "broker" : "member",
        createdAt: now,
        updatedAt: now,
      },
    });
    await audit(tx, ctx, {
      action: "listing.drafted",
      subjectKind: "listing",
      subjectId: id,
      after: { kind: input.kind, organisationId: input.organisationId, ...(copyOf ? { copyOf } : {}) },
      ...(onBehalf && input.organisationId ? { onBehalfOfId: input.organisationId } : {}),
    });
    return ok({ listingId: id });
  });
}

/** Organisations that a broker of this office may post for. */
export const postedFor = (officeId: string) =>
  ({ officeId, state: { in: ["pending", "verified"] }, anonymous: false }) satisfies Prisma.OrganisationWhereInput;

/** Why this person may not draft for this organisation; null when they may. */
export async function mayStart(ctx: Ctx, actor: PersonActor, input: StartDraftInput): Promise<Failure | null> {
  const { db } = ctx;
  if (input.onBehalf === true) {
    if (!hasGrant(actor, "broker")) return fail("common:forbidden");
    const live =
      input.organisationId &&
      (await db.organisation.findFirst({
        where: { id: input.organisationId, ...postedFor(actor.officeId) },
        select: { id: true },
      }));
    if (!live)
      return fail("listings:error.noSuchOrganisation", { fields: { organisationId: ["listings:error.choose"] } });
  } else if (
    input.organisationId !== null &&
    !actor.memberships.some((m) => m.organisationId === input.organisationId)
  ) {
    return fail("listings:error.notMember", { fields: { organisationId: ["listings:error.notMember"] } });
  }
  return null;
}

/** What every draft of a writer begins with, whichever organisation it is for. */
export type DraftStart = {
  lang: Locale;
  now: Date;
  /** the usual life of a listing */
  months: Record<ListingKind, number>;
  officeProvince: string;
  /** a broker's own telephone is not the organisation's contact */
  contact: Partial<Pick<Draft, "contactName" | "contactPhone" | "contactEmail">>;
};
/** What a draft takes over from its organisation. */
export type OrganisationFacts = { nameVi: string; type: OrganisationType | null; provinceCode: string | null };

export async function draftStart(ctx: Ctx, actor: PersonActor, onBehalf: boolean): Promise<DraftStart> {
  const { db } = ctx;
  const now = ctx.clock.now();
  const [person, office, need, offering] = await Promise.all([
    db.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: { fullName: true, phone: true, email: true },
    }),
    db.office.findUniqueOrThrow({ where: { id: actor.officeId }, select: { provinceCode: true } }),
    numberRuleAt(db, "listing.need.months", now),
    numberRuleAt(db, "listing.offering.months", now),
  ]);
  return {
    lang: ctx.locale,
    now,
    months: { need: need.value, offering: offering.value },
    officeProvince: office.provinceCode,
    contact: onBehalf
      ? {}
      : { contactName: person.fullName, contactPhone: person.phone ?? "", contactEmail: person.email },
  };
}

/** What a draft begins with: what is known of its writer, office and organisation, and the usual last day. */
export function begunDraft(start: DraftStart, kind: ListingKind, organisation: OrganisationFacts | null): Draft {
  return {
    ...readDraft({}),
    lang: start.lang,
    visibility: "public",
    lines: [EMPTY_LINE],
    // most technologies belong to who offers them
    owners:
      kind === "offering" && organisation
        ? [{ type: ownerTypeOf(organisation.type), name: organisation.nameVi, share: "100" }]
        : [],
    expiresOn: writeDay(new Date(`${addMonths(localDay(start.now), start.months[kind])}T00:00:00Z`)),
    provinceCode: organisation?.provinceCode ?? start.officeProvince,
    ...start.contact,
  };
}

/** The organisation's part of it. */
export async function organisationFacts(ctx: Ctx, organisationId: string | null): Promise<OrganisationFacts | null> {
  if (!organisationId) return null;
  const select = { provinceCode: true, nameVi: true, type: true } as const;
  return ctx.db.organisation.findUnique({ where: { id: organisationId }, select });
}
