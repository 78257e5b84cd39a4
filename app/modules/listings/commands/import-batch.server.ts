import { ensureImportedOrganisation, type OfficeView } from "~/modules/accounts/index.server";
import { type AuditRecord, auditAll } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emitAll } from "~/platform/outbox.server";
import { takeReferences } from "~/platform/references.server";
import { ok, type Result } from "~/platform/result";
import { fold } from "~/platform/text";
import { contentKey, type ImportedContent } from "../domain/imported-content";
import type { ImportedItem } from "../domain/imported-item";
import type { ImportedOwner } from "../domain/imported-owner";

/** A row of the file that could be read. */
export type ReadRow = { row: number; item: ImportedItem; content: ImportedContent; owner: ImportedOwner };
export type RowProblem = { row: number; id: string; code: "invalid" | "edited" | "off-shelf"; detail: string };
export type BatchDone = { created: number; updated: number; unchanged: number; problems: RowProblem[] };

const VERSION = {
  number: true,
  createdById: true,
  visibility: true,
  sectorMain: true,
  sectorCodes: true,
  sectorText: true,
  sectorGuessed: true,
  keywords: true,
  trl: true,
  trlBasis: true,
  moneyMin: true,
  moneyMax: true,
  moneyNegotiable: true,
  priceModel: true,
  moneyText: true,
  provinceCode: true,
  ipType: true,
  ipStatus: true,
  ipNumber: true,
  ipText: true,
  texts: { select: { lang: true, title: true, summary: true, description: true } },
} as const;

async function storedListings(tx: Tx, homeExchange: string, ids: string[]) {
  // nobody changes them until this transaction ends
  await tx.$queryRaw`
    SELECT id FROM listing WHERE home_exchange = ${homeExchange} AND external_id = ANY(${ids}) ORDER BY id FOR UPDATE`;
  const rows = await tx.listing.findMany({
    where: { homeExchange, externalId: { in: ids } },
    select: {
      id: true,
      externalId: true,
      kind: true,
      state: true,
      reference: true,
      sourceUrl: true,
      sourceNote: true,
      publishedVersion: { select: VERSION },
      // a person's version may wait for its review beside the published one
      versions: { orderBy: { number: "desc" }, take: 1, select: { number: true } },
      reviews: { where: { state: "open" }, select: { id: true } },
    },
  });
  return new Map(rows.map((row) => [row.externalId, row]));
}
type Stored = Awaited<ReturnType<typeof storedListings>> extends Map<unknown, infer T> ? T : never;

/**
 * Imports some rows: their owners first, in a transaction of their own (a holder without listings does no harm), then the
 * listings with audit and events, all or none.
 */
export async function importBatch(
  ctx: Ctx,
  office: OfficeView,
  homeExchange: string,
  rows: ReadRow[],
): Promise<Result<BatchDone>> {
  const known = await ctx.db.listing.findMany({
    where: { homeExchange, externalId: { in: rows.map((row) => row.item.id) } },
    select: { externalId: true },
  });
  const ids = new Set(known.map((listing) => listing.externalId));
  const owners = await ensureOwners(
    ctx,
    homeExchange,
    rows.filter((row) => !ids.has(row.item.id)),
  );
  if (!owners.ok) return owners;
  return transact(ctx, async (tx) => {
    await takeTurn(tx, homeExchange);
    const stored = await storedListings(
      tx,
      homeExchange,
      rows.map((row) => row.item.id),
    );
    const done: BatchDone = { created: 0, updated: 0, unchanged: 0, problems: [] };
    const published: AuditRecord[] = [];
    const fresh: ReadRow[] = [];
    for (const row of rows) {
      const old = stored.get(row.item.id);
      if (!old) fresh.push(row);
      else if (isUnchanged(old, row.content)) done.unchanged++;
      else {
        const problem = whyNot(old, row.item);
        if (problem) done.problems.push({ row: row.row, id: row.item.id, ...problem });
        else published.push(await publishNewVersion(tx, ctx, old, row.content));
      }
    }
    done.updated = published.length;
    published.push(...(await publishNew(tx, ctx, office, homeExchange, fresh, owners.value)));
    done.created = fresh.length;
    await auditAll(tx, ctx, published);
    await emitAll(
      tx,
      ctx,
      "listing.published",
      published.map((record) => record.subjectId),
    );
    return ok(done);
  });
}

/** Two imports of one collection take turns. */
async function takeTurn(tx: Tx, homeExchange: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`import.${homeExchange}`}, 0))`;
}

/** One holder per name within a collection; a private person is never joined with another listing's. */
function ownerKey({ owner, item }: ReadRow): string {
  const name =
    owner.name &&
    fold(owner.name)
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 150);
  return name ? `org.${name}` : `person.${item.id}`;
}

async function ensureOwners(ctx: Ctx, homeExchange: string, rows: ReadRow[]): Promise<Result<Map<string, string>>> {
  const stated = new Map(rows.filter((row) => row.owner.stated).map((row) => [ownerKey(row), row]));
  if (stated.size === 0) return ok(new Map());
  return transact(ctx, async (tx) => {
    await takeTurn(tx, homeExchange);
    const ids = new Map<string, string>();
    for (const [externalId, { owner, item }] of [...stated].sort(([a], [b]) => a.localeCompare(b))) {
      const holder = await ensureImportedOrganisation(tx, ctx, {
        name: owner.name,
        typeText: owner.typeText,
        provinceName: item.province,
        homeExchange,
        externalId,
        sourceUrl: item.url,
      });
      if (holder) ids.set(externalId, holder.id);
    }
    return ok(ids);
  });
}

function isUnchanged(old: Stored, content: ImportedContent): boolean {
  const { publishedVersion: version, sourceUrl, sourceNote } = old;
  const [text] = version?.texts ?? [];
  if (!version || !text || version.visibility !== "public") return false;
  const { texts: _texts, number: _number, createdById: _by, ...facts } = version;
  const kept = { version: facts, text, source: { sourceUrl, sourceNote } } as ImportedContent;
  return contentKey(kept) === contentKey(content);
}

/** Why a changed row must not become a new version here; null = it may. */
function whyNot(old: Stored, item: ImportedItem): Pick<RowProblem, "code" | "detail"> | null {
  if (old.state !== "published") return { code: "off-shelf", detail: `the listing is ${old.state} here` };
  if (old.kind !== item.kind) return { code: "invalid", detail: `the listing is known as a ${old.kind}` };
  if (old.reviews.length > 0) return { code: "edited", detail: "a person here has sent a later version for review" };
  if (old.publishedVersion?.createdById) return { code: "edited", detail: "a person here published a later version" };
  return null;
}

async function publishNew(
  tx: Tx,
  ctx: Ctx,
  office: OfficeView,
  homeExchange: string,
  rows: ReadRow[],
  owners: Map<string, string>,
): Promise<AuditRecord[]> {
  if (rows.length === 0) return [];
  const now = ctx.clock.now();
  const count = (kind: ImportedItem["kind"]) => rows.filter((row) => row.item.kind === kind).length;
  // needs before offerings, like every other publisher, so that nobody waits in a circle
  const references = {
    need: await takeReferences(tx, "need", office.provinceCode, now, count("need")),
    offering: await takeReferences(tx, "offering", office.provinceCode, now, count("offering")),
  };
  const made = rows.map((row) => ({
    id: newId(),
    versionId: newId(),
    item: row.item,
    content: row.content,
    reference: references[row.item.kind].shift() ?? null,
    organisationId: owners.get(ownerKey(row)) ?? null,
  }));
  // a published row must point at its version, which must point at its row: both first, then published together
  await tx.listing.createMany({
    data: made.map(({ id, item, content, reference, organisationId }) => ({
      id,
      officeId: office.id,
      kind: item.kind,
      reference,
      organisationId,
      state: "draft",
      origin: "imported",
      homeExchange,
      externalId: item.id,
      ...content.source,
      ...shelfFacts(content),
      publishedAt: now,
      rowVersion: 1n,
      createdAt: now,
      updatedAt: now,
    })),
  });
  await insertVersions(
    tx,
    ctx,
    made.map((one) => ({ ...one, listingId: one.id, number: 1 })),
  );
  await tx.$executeRaw`
    UPDATE listing SET state = 'published', published_version_id = v.id FROM listing_version v
    WHERE v.listing_id = listing.id AND v.id = ANY(${made.map((one) => one.versionId)}::uuid[])`;
  return made.map(({ id, item, reference }) =>
    auditOf(id, { reference, version: 1, homeExchange, externalId: item.id }),
  );
}

async function publishNewVersion(tx: Tx, ctx: Ctx, old: Stored, content: ImportedContent): Promise<AuditRecord> {
  const number = (old.versions[0]?.number ?? 0) + 1;
  const versionId = newId();
  await insertVersions(tx, ctx, [{ versionId, listingId: old.id, number, content }]);
  await tx.listing.update({
    where: { id: old.id },
    data: {
      ...shelfFacts(content),
      ...content.source,
      publishedVersionId: versionId,
      rowVersion: { increment: 1 },
      updatedAt: ctx.clock.now(),
    },
  });
  return auditOf(old.id, { reference: old.reference, version: number, externalId: old.externalId });
}

function shelfFacts({ version }: ImportedContent) {
  const { visibility, sectorMain, sectorCodes, provinceCode } = version;
  return { visibility, sectorMain, sectorCodes, provinceCode };
}

type NewVersion = { versionId: string; listingId: string; number: number; content: ImportedContent };

async function insertVersions(tx: Tx, ctx: Ctx, versions: NewVersion[]): Promise<void> {
  const createdAt = ctx.clock.now();
  await tx.listingVersion.createMany({
    data: versions.map(({ versionId, listingId, number, content }) => ({
      id: versionId,
      listingId,
      number,
      createdAt,
      ...content.version,
    })),
  });
  await tx.listingText.createMany({
    data: versions.map(({ versionId, content }) => ({ id: newId(), versionId, ...content.text })),
  });
}

function auditOf(id: string, after: Record<string, string | number | null>): AuditRecord {
  return {
    action: "listing.published",
    subjectKind: "listing",
    subjectId: id,
    after: { origin: "imported", ...after },
  };
}
