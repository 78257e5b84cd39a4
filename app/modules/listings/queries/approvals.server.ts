import type { ListingKind, ListingState } from "~/generated/prisma/enums";
import { type Ctx, isManagerOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { completeness } from "../domain/completeness";
import { type Draft, readDraft } from "../domain/draft";
import type { ListingView } from "../domain/types";
import { previewDraft } from "./preview-draft.server";
import { namesOf } from "./version-view.server";

/** Drafts whose writers wait for the office: not those withdrawn or refused since. */
const WAITING: ListingState[] = ["draft", "submitted", "changes_requested", "published", "expired"];

export type ApprovalRow = {
  id: string;
  kind: ListingKind;
  title: string;
  organisation: string;
  askedAt: Date;
  askedBy: string;
  completeness: number;
  /** a version of it is on the shelf already */
  revision: boolean;
};

/** What the members of the actor's organisations ask their office to send, oldest first; empty for who manages none. */
export async function approvalQueue(ctx: Ctx): Promise<ApprovalRow[]> {
  const { actor } = ctx;
  if (!isPerson(actor)) return [];
  const managed = actor.memberships.filter((m) => m.role === "manager").map((m) => m.organisationId);
  if (managed.length === 0) return [];
  const rows = await ctx.db.listing.findMany({
    where: { organisationId: { in: managed }, approvalAskedAt: { not: null }, state: { in: WAITING } },
    orderBy: [{ approvalAskedAt: "asc" }, { id: "asc" }],
    take: 500,
    select: {
      id: true,
      kind: true,
      state: true,
      draft: true,
      approvalAskedAt: true,
      approvalAskedById: true,
      organisation: { select: { nameVi: true } },
    },
  });
  const names = await namesOf(
    ctx,
    rows.map((row) => row.approvalAskedById),
  );
  return rows.flatMap(({ approvalAskedAt, approvalAskedById, ...row }) => {
    if (!approvalAskedAt) return [];
    const draft = readDraft(row.draft);
    return {
      id: row.id,
      kind: row.kind,
      title: draft.title.trim(),
      organisation: row.organisation?.nameVi ?? "",
      askedAt: approvalAskedAt,
      askedBy: (approvalAskedById && names.get(approvalAskedById)) || "",
      completeness: completeness(row.kind, draft),
      revision: row.state === "published",
    };
  });
}

export type ApprovalView = Omit<ApprovalRow, "completeness" | "revision"> & {
  /** of the draft shown: what is approved is what was read */
  draftRevision: number;
  contact: Pick<Draft, "contactName" | "contactPhone" | "contactEmail">;
  preview: ListingView | null;
};

/** A draft as its organisation's office reads it before sending. Null for everybody but a manager, and when nobody asks. */
export async function viewApproval(ctx: Ctx, id: string): Promise<ApprovalView | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await ctx.db.listing.findFirst({
    where: { id, approvalAskedAt: { not: null }, state: { in: WAITING } },
    select: {
      id: true,
      kind: true,
      organisationId: true,
      draft: true,
      draftRevision: true,
      approvalAskedAt: true,
      approvalAskedById: true,
      organisation: { select: { nameVi: true } },
    },
  });
  if (!row?.approvalAskedAt || !isManagerOf(actor, row.organisationId)) return null;
  const [names, preview] = await Promise.all([namesOf(ctx, [row.approvalAskedById]), previewDraft(ctx, id, "office")]);
  const { title, contactName, contactPhone, contactEmail } = readDraft(row.draft);
  return {
    id: row.id,
    kind: row.kind,
    title: title.trim(),
    organisation: row.organisation?.nameVi ?? "",
    askedAt: row.approvalAskedAt,
    askedBy: (row.approvalAskedById && names.get(row.approvalAskedById)) || "",
    draftRevision: row.draftRevision,
    contact: { contactName, contactPhone, contactEmail },
    preview,
  };
}

/**
 * Who answered what a member asked the office about: for managers who come later. Null for everybody else, and for a
 * draft that nobody ever asked about. `by` is null when the log does not name a person.
 */
export async function answeredDraft(ctx: Ctx, id: string): Promise<{ by: string | null } | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await db.listing.findUnique({ where: { id }, select: { organisationId: true } });
  if (!row || !isManagerOf(actor, row.organisationId)) return null;
  const answers = ["listing.submitted", "listing.updated", "listing.approval-declined"];
  const log = await db.auditEntry.findMany({
    where: { subjectKind: "listing", subjectId: id, action: { in: ["listing.approval-asked", ...answers] } },
    orderBy: { seq: "desc" },
    select: { action: true, actorId: true },
  });
  if (!log.some(({ action }) => action === "listing.approval-asked")) return null;
  const actorId = log.find(({ action }) => answers.includes(action))?.actorId ?? null;
  return { by: (actorId && (await namesOf(ctx, [actorId])).get(actorId)) || null };
}
