import type { ListingKind, ListingState } from "~/generated/prisma/enums";
import { describeFiles, type FileFacts } from "~/modules/documents/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { completeness } from "../domain/completeness";
import { type Draft, readDraft } from "../domain/draft";
import { draftOfVersion } from "../domain/draft-of-version";
import { looksLikeIpNumber } from "../domain/ip-number";
import { isEditable } from "../domain/listing-states";
import { placedDraft } from "../domain/place-sectors";
import { canEdit, canSubmit, isOwner, sendsThroughOffice } from "../policy";
import { taxonomy } from "./list-sectors.server";
import { FULL_VERSION_SELECT, fullVersionOf } from "./version-view.server";

export type DraftView = {
  id: string;
  kind: ListingKind;
  state: ListingState;
  reference: string | null;
  draft: Draft;
  revision: number;
  savedAt: Date;
  organisation: { id: string; name: string; verified: boolean } | null;
  onBehalf: boolean;
  completeness: number;
  /** protection numbers that do not look like the usual ones: a remark, no error */
  oddNumbers: string[];
  mayEdit: boolean;
  maySubmit: boolean;
  /** what this person sends goes to the organisation's office first */
  throughOffice: boolean;
  files: FileFacts[];
  /** confidential annexes; the name only for the owner and for who added it */
  annexes: { id: string; number: number; name: string | null; bytes: number }[];
  /** office's province: its communes can be chosen */
  officeProvince: string;
};

/** The draft for the form. A published listing without one begins with its published version. Null for whoever may not edit it. */
export async function loadDraft(ctx: Ctx, id: string): Promise<DraftView | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await ctx.db.listing.findUnique({
    where: { id },
    select: {
      id: true,
      kind: true,
      state: true,
      reference: true,
      officeId: true,
      organisationId: true,
      createdById: true,
      onBehalf: true,
      onBehalfConfirmedAt: true,
      draft: true,
      draftRevision: true,
      updatedAt: true,
      office: { select: { provinceCode: true } },
      organisation: { select: { id: true, nameVi: true, state: true, officeApproval: true } },
      reviews: { where: { state: "open" }, select: { id: true } },
      versions: { orderBy: { number: "desc" }, take: 1, select: FULL_VERSION_SELECT },
      annexes: {
        where: { removedAt: null },
        orderBy: { number: "asc" },
        select: { id: true, number: true, fileId: true, addedById: true },
      },
    },
  });
  if (!row || !canEdit(actor, row)) return null;
  const latest = row.versions[0] && fullVersionOf(row.versions[0]);
  const typed =
    row.draft === null && latest
      ? draftOfVersion({
          ...latest,
          contactName: latest.contact.name,
          contactPhone: latest.contact.phone,
          contactEmail: latest.contact.email,
        })
      : readDraft(row.draft);
  const draft = placedDraft(typed, (await taxonomy(ctx)).replaced);
  const member: boolean = isOwner(actor, row);
  const annexFiles = await describeFiles(
    ctx,
    row.annexes.map(({ fileId }) => fileId),
  );
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reference: row.reference,
    draft,
    revision: row.draftRevision,
    savedAt: row.updatedAt,
    organisation: row.organisation && {
      id: row.organisation.id,
      name: row.organisation.nameVi,
      verified: row.organisation.state === "verified",
    },
    onBehalf: row.onBehalf,
    completeness: completeness(row.kind, draft),
    oddNumbers: [{ type: draft.ipType, number: draft.ipNumber }, ...draft.ipTitles]
      .filter(({ type, number }) => type && number.trim() && !looksLikeIpNumber(type, number))
      .map(({ number }) => number.trim()),
    mayEdit: isEditable(row.state, row.reviews.length > 0),
    maySubmit: canSubmit(actor, row),
    throughOffice: sendsThroughOffice(actor, row, row.organisation),
    files: await describeFiles(
      ctx,
      [...draft.pictures.map(({ id }) => id), draft.pdfId].filter((one) => one !== null),
    ),
    annexes: row.annexes.map(({ id, number, fileId, addedById }) => {
      const file = annexFiles.find((one) => one.id === fileId);
      const known = member || addedById === actor.personId;
      return { id, number, name: known ? (file?.name ?? null) : null, bytes: file?.bytes ?? 0 };
    }),
    officeProvince: row.office.provinceCode,
  };
}
