import type { ListingKind } from "~/generated/prisma/enums";
import { brokerFor, brokerIdsFor } from "~/modules/accounts/index.server";
import { type AuditRecord, auditAll } from "~/platform/audit.server";
import { type Ctx, hasGrant, isPerson, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { openDues } from "~/platform/rules.server";
import type { Draft } from "../domain/draft";
import { canSubmit, sendsThroughOffice } from "../policy";
import type { SubmittedContent } from "../schemas";
import { type DraftRules, draftRules, readByRules } from "./check-draft.server";
import {
  begunDraft,
  draftStart,
  mayStart,
  type OrganisationFacts,
  organisationFacts,
  postedFor,
} from "./start-draft.server";
import { versionRows } from "./version-rows";

export type EnteredDraft = { kind: ListingKind; draft: Draft; organisationId: string | null };
/** `asked`: complete, and the organisation's office is asked to send it */
export type Entered = { listingId: string; sent: boolean; asked: boolean };
/** What many drafts begin with and are checked by. */
export type ManyDrafts = {
  begun: Record<ListingKind, Draft>;
  /** the same for an organisation that a broker posts for */
  begunFor: (organisation: OrganisationFacts) => Record<ListingKind, Draft>;
  /** messages by form field; empty when it could be sent */
  check: (kind: ListingKind, draft: Draft) => Record<string, string[]>;
  /** whether this person may send for this organisation */
  maySend: boolean;
  /** what they send goes to the organisation's office first */
  throughOffice: boolean;
};
/** `onBehalf`: each draft is for an organisation of its own, and a broker of the office types it */
export type ManyFor = { organisationId: string | null; onBehalf?: boolean };

/**
 * Whether this person may draft for this organisation (or, on behalf, for the office's organisations at all), and what such
 * drafts begin with and are checked by. Failures: common:notFound, listings:error.notMember.
 */
export async function manyDrafts(ctx: Ctx, { organisationId, onBehalf = false }: ManyFor): Promise<Result<ManyDrafts>> {
  const { actor } = ctx;
  if (!isPerson(actor) || (onBehalf && !hasGrant(actor, "broker"))) return fail("common:notFound");
  const refused = onBehalf ? null : await mayStart(ctx, actor, { organisationId, kind: "need" });
  if (refused) return refused;
  const [start, organisation, rules] = await Promise.all([
    draftStart(ctx, actor, onBehalf),
    organisationFacts(ctx, organisationId),
    officeRules(ctx, actor.officeId),
  ]);
  const begun = (facts: OrganisationFacts | null) => ({
    need: begunDraft(start, "need", facts),
    offering: begunDraft(start, "offering", facts),
  });
  return ok({
    begun: begun(organisation),
    begunFor: begun,
    check: (kind, draft) => {
      const read = readByRules(rules, kind, draft);
      return read.ok ? {} : read.fields;
    },
    maySend: onBehalf || (organisationId !== null && canSubmit(actor, ownNew(actor.officeId, organisationId))),
    throughOffice: !onBehalf && (await throughOffice(ctx.db, actor, organisationId)),
  });
}

async function officeRules(ctx: Ctx, officeId: string): Promise<DraftRules> {
  const { provinceCode } = await ctx.db.office.findUniqueOrThrow({
    where: { id: officeId },
    select: { provinceCode: true },
  });
  return draftRules(ctx, provinceCode);
}

async function throughOffice(db: Tx, actor: PersonActor, organisationId: string | null): Promise<boolean> {
  if (!organisationId) return false;
  const select = { officeApproval: true };
  return sendsThroughOffice(
    actor,
    { organisationId },
    await db.organisation.findUnique({ where: { id: organisationId }, select }),
  );
}

/** A fresh draft of the organisation, as the policy sees it. */
const ownNew = (officeId: string, organisationId: string | null) => ({
  officeId,
  organisationId,
  createdById: null,
  onBehalf: false,
  onBehalfConfirmedAt: null,
  state: "draft" as const,
});

/** Why these drafts may not be entered; null when they may. */
async function refusedMany(
  tx: Tx,
  ctx: Ctx,
  actor: PersonActor,
  organisationIds: (string | null)[],
  { send, onBehalf }: { send: boolean; onBehalf: boolean },
): Promise<Failure | null> {
  if (onBehalf) {
    if (!hasGrant(actor, "broker")) return fail("common:notFound");
    const ids = organisationIds.flatMap((id) => id ?? []);
    const live = await tx.organisation.count({ where: { id: { in: ids }, ...postedFor(actor.officeId) } });
    return live === organisationIds.length ? null : fail("listings:error.noSuchOrganisation");
  }
  for (const organisationId of organisationIds) {
    const refused = await mayStart(ctx, actor, { kind: "need", organisationId });
    if (refused) return refused;
    if (send && !canSubmit(actor, ownNew(actor.officeId, organisationId))) return fail("listings:error.notVerified");
  }
  return null;
}

/**
 * Makes many drafts at once, in the caller's transaction and in a handful of statements; with `send` those that are
 * complete go to review in it too, each with its version, review and deadline, as if sent one by one; or wait for the
 * organisation's office where it looks first. On behalf, each is its organisation's, which is asked to confirm what was sent.
 * Readers are told once for all by whoever calls this.
 * Failures: common:notFound, listings:error.{notMember,notVerified,noSuchOrganisation}.
 */
export async function enterMany(
  tx: Tx,
  ctx: Ctx,
  input: { drafts: EnteredDraft[]; send: boolean; onBehalf?: boolean },
): Promise<Result<Entered[]>> {
  const { actor } = ctx;
  const { drafts, send, onBehalf = false } = input;
  if (!isPerson(actor)) return fail("common:notFound");
  const organisationIds = [...new Set(drafts.map(({ organisationId }) => organisationId))];
  const refused = await refusedMany(tx, ctx, actor, organisationIds, { send, onBehalf });
  if (refused) return refused;
  const now = ctx.clock.now();
  const { officeId, personId } = actor;
  const rules = await officeRules(ctx, officeId);
  const brokers = await brokerIdsFor(
    tx,
    organisationIds.flatMap((id) => id ?? []),
  );
  const first = organisationIds.includes(null) ? ((await brokerFor(ctx, null))?.personId ?? null) : null;
  const brokerOf = (organisationId: string | null) => (organisationId && brokers.get(organisationId)) ?? first;
  const office = new Set<string | null>();
  for (const id of organisationIds) if (!onBehalf && (await throughOffice(tx, actor, id))) office.add(id);
  const made = drafts.map(({ kind, draft, organisationId }) => {
    const read = send ? readByRules(rules, kind, draft) : null;
    const whole = read?.ok === true;
    const asked = whole && office.has(organisationId);
    return {
      id: newId(),
      kind,
      draft,
      organisationId,
      asked,
      sent: whole && !asked ? sending(read.content, now, personId) : null,
      audited: onBehalf && organisationId ? { onBehalfOfId: organisationId } : {},
    };
  });
  await tx.listing.createMany({
    data: made.map(({ id, kind, draft, organisationId, asked, sent }) => ({
      id,
      officeId,
      kind,
      organisationId,
      state: sent ? ("submitted" as const) : ("draft" as const),
      draft,
      // who typed it keeps it until it is sent
      brokerId: onBehalf && !sent ? personId : brokerOf(organisationId),
      ...(asked ? { approvalAskedAt: now, approvalAskedById: personId } : {}),
      createdById: personId,
      onBehalf,
      origin: onBehalf ? ("broker" as const) : ("member" as const),
      createdAt: now,
      updatedAt: now,
    })),
  });
  const audits: AuditRecord[] = made.map(({ id, kind, organisationId, audited }) => ({
    action: "listing.drafted",
    subjectKind: "listing",
    subjectId: id,
    after: { kind, organisationId },
    ...audited,
  }));
  const sent = made.flatMap(({ id, organisationId, audited, sent: one }) =>
    one ? [{ id, organisationId, audited, ...one }] : [],
  );
  const rows = sent.map((one) => versionRows(one.content, { ...one.version, listingId: one.id }));
  await tx.listingVersion.createMany({ data: rows.map(({ version }) => version) });
  await tx.listingText.createMany({ data: rows.flatMap(({ texts }) => texts) });
  await tx.requirementLine.createMany({ data: rows.flatMap(({ lines }) => lines) });
  await tx.review.createMany({
    data: sent.map(({ id, reviewId, version }) => ({
      id: reviewId,
      listingId: id,
      versionId: version.id,
      state: "open" as const,
      submittedAt: now,
      submittedById: personId,
    })),
  });
  await openDues(
    tx,
    ctx,
    sent.map(({ reviewId, organisationId }) => ({
      kind: "review",
      subjectKind: "review",
      subjectId: reviewId,
      officeId,
      personId: brokerOf(organisationId),
    })),
    "review.workingDays",
  );
  if (onBehalf)
    await openDues(
      tx,
      ctx,
      sent.map(({ id }) => ({ kind: "listing.confirm-on-behalf", subjectKind: "listing", subjectId: id, officeId })),
      "onBehalf.confirm.workingDays",
    );
  audits.push(
    ...made
      .filter(({ asked }) => asked)
      .map(({ id }) => ({
        action: "listing.approval-asked",
        subjectKind: "listing",
        subjectId: id,
        after: { state: "draft", approval: "asked" },
      })),
    ...sent.map(({ id, reviewId, version, audited }) => ({
      action: "listing.submitted",
      subjectKind: "listing",
      subjectId: id,
      before: { state: "draft" },
      after: { state: "submitted", versionId: version.id, number: version.number, reviewId },
      ...audited,
    })),
  );
  await auditAll(tx, ctx, audits);
  return ok(made.map(({ id, asked, sent: one }) => ({ listingId: id, sent: one !== null, asked })));
}

function sending(content: SubmittedContent, createdAt: Date, createdById: string) {
  return { content, reviewId: newId(), version: { id: newId(), number: 1, createdAt, createdById } };
}
