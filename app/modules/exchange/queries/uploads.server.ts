import type { ImportUpload, Prisma } from "~/generated/prisma/client";
import type { ImportState, ListingKind } from "~/generated/prisma/enums";
import { manyDrafts } from "~/modules/listings/index.server";
import { type Ctx, hasGrant, isPerson, type PersonActor } from "~/platform/context";
import { isId } from "~/platform/ids";
import { type ReadSheet, readWorkbook } from "~/platform/xlsx/read-workbook";
import { type CheckReport, checkReportSchema, columnsSchema } from "../domain/check-report";
import { fieldOf } from "../domain/fields";
import { MOST_CHECKED, MOST_HEAD_ROWS } from "../domain/limits";
import type { Columns } from "../domain/map-columns";

/** Files that this person sent, and those sent for their organisations. */
function ownUploads(actor: PersonActor): Prisma.ImportUploadWhereInput {
  return {
    forOffice: false,
    OR: [
      { personId: actor.personId, organisationId: null },
      { organisationId: { in: actor.memberships.map((m) => m.organisationId) } },
    ],
  };
}

/** Files for many organisations: every broker of the office works with them, and nobody else. */
const officeUploads = (actor: PersonActor): Prisma.ImportUploadWhereInput =>
  hasGrant(actor, "broker") ? { forOffice: true, officeId: actor.officeId } : { id: { in: [] } };

/** An upload that this person may work with; null for others and what does not exist. */
export async function findUpload(ctx: Ctx, id: string): Promise<ImportUpload | null> {
  const { actor, db } = ctx;
  if (!isId(id) || !isPerson(actor)) return null;
  return db.importUpload.findFirst({ where: { id, OR: [ownUploads(actor), officeUploads(actor)] } });
}

/** For whom entered rows are kept: the organisation, or the person without one. */
export const ownerOf = (upload: Pick<ImportUpload, "organisationId" | "personId">): string =>
  upload.organisationId ?? upload.personId;

/** For whom mappings are kept, and who sends one file after the other: the same, or the office. */
export const keeperOf = (
  upload: Pick<ImportUpload, "organisationId" | "personId" | "officeId" | "forOffice">,
): string => (upload.forOffice ? upload.officeId : ownerOf(upload));

/** Whose kept mappings this person may use and forget. */
export const keepersOf = (actor: PersonActor, forOffice: boolean): string[] =>
  forOffice
    ? hasGrant(actor, "broker")
      ? [actor.officeId]
      : []
    : [actor.personId, ...actor.memberships.map((m) => m.organisationId)];

/** Columns as they were stored; fields that no longer exist are dropped. */
export function storedColumns(stored: unknown): Columns {
  const { columns, ...rest } = columnsSchema.parse(stored);
  return {
    ...rest,
    columns: columns.flatMap(({ at, field }) => {
      const known = fieldOf(field);
      return known ? [{ at, field: known.id }] : [];
    }),
  };
}

/** The file read again; null when it is gone. */
export async function readUpload(ctx: Ctx, upload: ImportUpload, sheet?: string): Promise<ReadSheet | null> {
  const bytes = upload.storageKey ? await ctx.files.get(upload.storageKey) : null;
  const read =
    bytes &&
    (await readWorkbook(
      bytes,
      { mostRows: MOST_CHECKED + MOST_HEAD_ROWS },
      sheet ?? storedColumns(upload.columns).sheet,
    ));
  return read?.ok ? read : null;
}

export type UploadRow = {
  id: string;
  fileName: string;
  createdAt: Date;
  state: ImportState;
  kind: ListingKind;
  entered: number;
};
export type KeptMapping = { id: string; name: string; columns: number };

/** What this person sent last, and the column mappings that are kept for them; `forOffice` what the office's brokers did for many. */
export async function importHome(
  ctx: Ctx,
  forOffice: boolean,
): Promise<{ uploads: UploadRow[]; mappings: KeptMapping[] }> {
  const { actor } = ctx;
  if (!isPerson(actor)) return { uploads: [], mappings: [] };
  const [uploads, mappings] = await Promise.all([
    ctx.db.importUpload.findMany({
      where: forOffice ? officeUploads(actor) : ownUploads(actor),
      orderBy: { createdAt: "desc" },
      take: 10,
      select: { id: true, fileName: true, createdAt: true, state: true, kind: true, entered: true },
    }),
    ctx.db.importMapping.findMany({
      where: { ownerId: { in: keepersOf(actor, forOffice) } },
      orderBy: { name: "asc" },
      select: { id: true, name: true, columns: true },
    }),
  ]);
  return {
    uploads,
    mappings: mappings.map(({ columns, ...one }) => ({ ...one, columns: storedColumns(columns).columns.length })),
  };
}

export type ImportView = {
  id: string;
  fileName: string;
  state: ImportState;
  kind: ListingKind;
  /** its rows name organisations of their own */
  forOffice: boolean;
  organisation: { id: string; name: string; verified: boolean; throughOffice: boolean } | null;
  report: CheckReport | null;
  revision: number;
  mappingName: string | null;
  entered: number;
  sent: number;
  /** complete rows that wait for the organisation's office */
  asked: number;
  /** organisations that were made for it */
  made: number;
  /** its file is still here, so that the report can be made */
  hasFile: boolean;
};

/** An upload with what its check found. Null for whoever may not see it. */
export async function viewImport(ctx: Ctx, id: string): Promise<ImportView | null> {
  const upload = await findUpload(ctx, id);
  const { actor } = ctx;
  if (!upload || !isPerson(actor)) return null;
  const membership = actor.memberships.find((m) => m.organisationId === upload.organisationId);
  const report = checkReportSchema.safeParse(upload.report);
  const many = membership ? await manyDrafts(ctx, upload) : null;
  return {
    id: upload.id,
    fileName: upload.fileName,
    state: upload.state,
    kind: upload.kind,
    forOffice: upload.forOffice,
    organisation: membership
      ? {
          id: membership.organisationId,
          name: membership.name,
          verified: membership.verified,
          throughOffice: many?.ok === true && many.value.throughOffice,
        }
      : null,
    report: report.success ? report.data : null,
    revision: upload.revision,
    mappingName: upload.mappingName,
    entered: upload.entered,
    sent: upload.sent,
    asked: upload.asked,
    made: upload.made,
    hasFile: upload.storageKey !== null,
  };
}
