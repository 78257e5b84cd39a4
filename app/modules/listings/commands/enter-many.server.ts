import type { ListingKind } from "~/generated/prisma/enums";
import { brokerFor } from "~/modules/accounts/index.server";
import { type AuditRecord, auditAll } from "~/platform/audit.server";
import { type Ctx, isPerson, type PersonActor } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { openDues } from "~/platform/rules.server";
import type { Draft } from "../domain/draft";
import { canSubmit, sendsThroughOffice } from "../policy";
import type { SubmittedContent } from "../schemas";
import { type DraftRules, draftRules, readByRules } from "./check-draft.server";
import { mayStart, newDraft, type StartDraftInput } from "./start-draft.server";
import { versionRows } from "./version-rows";

export type EnteredDraft = { kind: ListingKind; draft: Draft };
/** `asked`: complete, and the organisation's office is asked to send it */
export type Entered = { listingId: string; sent: boolean; asked: boolean };
/** What many drafts of one organisation begin with and are checked by. */
export type ManyDrafts = {
  begun: Record<ListingKind, Draft>;
  /** messages by form field; empty when it could be sent */
  check: (kind: ListingKind, draft: Draft) => Record<string, string[]>;
  /** whether this person may send for this organisation */
  maySend: boolean;
  /** what they send goes to the organisation's office first */
  throughOffice: boolean;
};

/** Whether this person may draft for this organisation, and what such drafts begin with and are checked by. */
export async function manyDrafts(
  ctx: Ctx,
  { organisationId }: Pick<StartDraftInput, "organisationId">,
): Promise<Result<ManyDrafts>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const input = { organisationId, kind: "need" as const };
  const refused = await mayStart(ctx, actor, input);
  if (refused) return refused;
  const [need, offering, rules] = await Promise.all([
    newDraft(ctx, actor, input),
    newDraft(ctx, actor, { ...input, kind: "offering" }),
    officeRules(ctx, actor.officeId),
  ]);
  return ok({
    begun: { need, offering },
    check: (kind, draft) => {
      const read = readByRules(rules, kind, draft);
      return read.ok ? {} : read.fields;
    },
    maySend: organisationId !== null && canSubmit(actor, ownNew(actor.officeId, organisationId)),
    throughOffice: await throughOffice(ctx.db, actor, organisationId),
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

/**
 * Makes many drafts at once, in the caller's transaction and in a handful of statements; with `send` those that are
 * complete go to review in it too, each with its version, review and deadline, as if sent one by one; or wait for the
 * organisation's office where it looks first. Readers are told once for all by whoever calls this.
 * Failures: common:notFound, listings:error.{notMember,notVerified}.
 */
export async function enterMany(
  tx: Tx,
  ctx: Ctx,
  input: { organisationId: string | null; drafts: EnteredDraft[]; send: boolean },
): Promise<Result<Entered[]>> {
  const { actor } = ctx;
  const { organisationId, drafts, send } = input;
  if (!isPerson(actor)) return fail("common:notFound");
  const refused = await mayStart(ctx, actor, { kind: "need", organisationId });
  if (refused) return refused;
  if (send && !canSubmit(actor, ownNew(actor.officeId, organisationId))) return fail("listings:error.notVerified");
  const now = ctx.clock.now();
  const { officeId, personId } = actor;
  const rules = await officeRules(ctx, officeId);
  const brokerId = (await brokerFor(ctx, organisationId))?.personId ?? null;
  const office = await throughOffice(tx, actor, organisationId);
  const made = drafts.map(({ kind, draft }) => {
    const read = send ? readByRules(rules, kind, draft) : null;
    const whole = read?.ok === true;
    const asked = whole && office;
    return { id: newId(), kind, draft, asked, sent: whole && !office ? sending(read.content, now, personId) : null };
  });
  await tx.listing.createMany({
    data: made.map(({ id, kind, draft, asked, sent }) => ({
      id,
      officeId,
      kind,
      organisationId,
      state: sent ? ("submitted" as const) : ("draft" as const),
      draft,
      brokerId,
      ...(asked ? { approvalAskedAt: now, approvalAskedById: personId } : {}),
      createdById: personId,
      origin: "member" as const,
      createdAt: now,
      updatedAt: now,
    })),
  });
  const audits: AuditRecord[] = made.map(({ id, kind }) => ({
    action: "listing.drafted",
    subjectKind: "listing",
    subjectId: id,
    after: { kind, organisationId },
  }));
  const sent = made.flatMap((one) => (one.sent ? [{ id: one.id, ...one.sent }] : []));
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
    sent.map(({ reviewId }) => ({
      kind: "review",
      subjectKind: "review",
      subjectId: reviewId,
      officeId,
      personId: brokerId,
    })),
    "review.workingDays",
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
    ...sent.map(({ id, reviewId, version }) => ({
      action: "listing.submitted",
      subjectKind: "listing",
      subjectId: id,
      before: { state: "draft" },
      after: { state: "submitted", versionId: version.id, number: version.number, reviewId },
    })),
  );
  await auditAll(tx, ctx, audits);
  return ok(made.map(({ id, asked, sent: one }) => ({ listingId: id, sent: one !== null, asked })));
}

function sending(content: SubmittedContent, createdAt: Date, createdById: string) {
  return { content, reviewId: newId(), version: { id: newId(), number: 1, createdAt, createdById } };
}
